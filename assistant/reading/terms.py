"""The words a question is about, with how telling each is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.figures import Figure, extract_figures
from assistant.reading.question import Question

# Words that make up the asking, not the thing asked about.
_ASKING = re.compile(
    r"请问|请告诉我|告诉我|想问一?下|想知道|我想了解|我想问|我问的?是|帮我查一?下|查一?下|帮我看看|麻烦|能否|到底|究竟|大概|大约|差不多|一共|总共|共计|合计|总计|"
    r"多少|什么时候|啥时候|什么|是啥|干啥|哪些|哪个|哪一|哪几|哪里|哪儿|哪位|哪|谁|如何|怎么样|怎么|怎样|为什么|为何|为啥|是否|有没有|是不是|算不算|"
    r"多久|几|了没|吗|呢|吧|啊|呀|嘛|分别|各自|各是|具体|主要|情况|关于|其中|这个|那个|这些|那些|它们|他们|她们|它|他|她|这|那|叫|说的|指的|意思|一下|还有|以及|请|下|里头|里面|里"
)
_STOP = frozenset(
    "的 了 和 与 及 在 是 有 为 被 把 对 从 到 由 于 等 中 上 下 里 内 外 其 之 以 并 而 或 也 都 还 就 又 再 每 各 该 本 某 我 你 您 我们 你们 个 名 位 家 项 件 条 次 场 支 "
    "给 让 将 向 跟 同 比 较 个人 人 一 占 达 达到 共 共有 累计 全 要 能 会 可以 进行 实现 做 搞 弄 去 来 过 着 得 地 不 没 没有 目前 现在 时候 时间 年 月 日 号 叫做 名字 名称 "
    "第 率 数 共计 大 小 多 少 高 低 截至 其他 成 说 看 用 呀 些 样 出 起 只 块 总 总数 数量 人数 数目 个数 有关 相关 包括 包含 属于 位于 之前 以来 期间 合计 方面".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question.

    Attributes:
        weight: How telling it is, about 0.2 (everyday word) to 1.5 (quoted name or code).
        kind: `word`, `place`, `name` (quoted) or `code`.
    """

    text: str
    weight: float
    kind: str = "word"


def term_weight(frequency: int, total: int) -> float:
    """Returns a word's weight from its corpus frequency: rare words tell more (0.2 to 1)."""
    information = math.log((total + 1) / (frequency + 1))
    return min(1.0, max(0.2, (information - 4.5) / 9.0))


def question_terms(
    question: Question,
    words: Callable[[str], Iterable[str]],
    frequency: Callable[[str], int],
    total: int,
    places: Iterable[str] = (),
) -> tuple[Term, ...]:
    """Returns the terms of a question, in order, without repeats.

    Args:
        words: Segmenter of simplified lower-case text.
        frequency: Corpus frequency of a word (0 if unknown); `total` is the corpus size.
        places: Place names found in the question, which become terms of kind `place`.
    """
    text = question.text.lower()
    found: dict[str, Term] = {}
    for name in question.quoted:
        found[name.lower()] = Term(name.lower(), 1.4, "name")
    for place in places:
        found[place.lower()] = Term(place.lower(), 1.0, "place")
        text = text.replace(place.lower(), " ")
    figures = extract_figures(text)
    for figure in figures:
        if figure.kind == "code":
            found[figure.text] = Term(figure.text, 1.5, "code")
        elif figure.kind == "number" and not figure.unit and figure.text.isdigit():
            found[figure.text] = Term(figure.text, 1.5 if len(figure.text) > 2 else 0.8, "code")
    text = _without(text, [f for f in figures if f.kind in {"code", "date", "period", "time"}])
    for word in words(_ASKING.sub(" ", text)):
        word = word.strip()
        if not word or word in _STOP or word in found or not re.search(r"[\w一-鿿]", word):
            continue
        weight = term_weight(frequency(word), total)
        if len(word) == 1 and not word.isdigit():
            weight *= 0.4
        found[word] = Term(word, weight, "word")
    return tuple(found.values())


def _without(text: str, figures: Iterable[Figure]) -> str:
    for figure in sorted(figures, key=lambda f: -f.start):
        text = text[: figure.start] + " " + text[figure.end :]
    return text
