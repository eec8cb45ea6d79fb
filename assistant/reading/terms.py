"""The words a question is about, with how telling each is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.figures import Figure, extract_figures
from assistant.reading.periods import period_spans
from assistant.reading.question import Question
from assistant.reading.segments import inside_quotes
from assistant.reading.thresholds import spans_of_bounds
from retrieval import MEASURES

# Words that make up the asking, not the thing asked about.
_ASKING = re.compile(
    r"加起来|合起来|算下来|来着|合共|拢共|总共|请问|请告诉我|告诉我|想问一?下|想知道|我想了解|我想问|我问的?是|帮我查一?下|查一?下|帮我看看|麻烦|能否|到底|究竟|大概|大约|差不多|一共|总共|共计|合计|总计|"
    r"多少|多长时间|多长|多大|什么时候|啥时候|何[年月日时处地人](?!代)|什么|是啥|干啥|叫啥|哪些|哪家|哪所|哪支|哪份|哪个|哪一|哪几|哪里|哪儿|哪位|哪|谁|如何|怎么样|怎么|怎样|为什么|为何|为啥|是否|有没有|是不是|算不算|"
    r"多久|几|了没|吗|呢|吧|啊|呀|嘛|分别|各自|各是|具体|主要|情况|关于|其中|这个|那个|这些|那些|它们|他们|她们|它|他|她|这|那|叫|说的|指的|意思|一下|还有|以及|(?<![申聘邀宴])请(?![来求示])|"
    "(?<![乡以之年线旗当底地属拿摘撤租定包留放拆砍接剩])下(?![来去岗沉派降乡属调水达拨发放移划辖游滑跌午半级限浮雨单铺])|"
    r"里头|里面|(?<![邻公英故])里(?!程)"
)
_LEVEL = re.compile(
    "(?:中央|国务院|国家|全国)(?:(?!的|平均)[一-鿿]){1,10}?(?:部|委|(?<![公民举主承兴创督])办|局|会议|(?<![社机])会|院)|全国|国家级|省级|世界|国际"
)
# Countries and blocs, which no other one stands for.
_ABROAD = re.compile(
    "美国|英国|日本|韩国|德国|法国|俄罗斯|印度(?!尼)|欧盟|东盟|意大利|西班牙|加拿大|澳大利亚|新西兰|巴西|越南|泰国|老挝|缅甸|柬埔寨"
    "|马来西亚|新加坡|印度尼西亚|印尼|菲律宾|蒙古国|哈萨克斯坦|巴基斯坦|沙特|阿联酋|伊朗|埃及|南非|墨西哥|瑞士|荷兰|比利时|波兰|乌克兰|非洲|欧洲|北美|拉美|中亚|中东"
)
_SHARE_WORDS = frozenset({"比例", "占比", "比重", "占"})
_COUNTED = re.compile(
    r"(?:(?<![拥持占含富设建共只还没])[有是])?(?:(?:多少|几)[十百千万亿]*(?:平方公里|平方米|立方米|千瓦时|个百分点|百分点|毫米|厘米|公里|千米|公斤|千克|公顷|小时|分钟|个月|场次|人次|班次|美元|元|块钱|钱(?![款财粮]))|(?:多少|几)[十百千万亿]*(?:"
    + "|".join(sorted((re.escape(m) for m in MEASURES if len(m) == 1), reverse=True))
    + r")?(?=[^\d])|(?:多少|几)$)"
)
# 哪两份, 哪四条, 哪几个方面, 几时: how many or when it is belongs to the asking.
_WHICH = re.compile(
    r"几时|哪几?[一两二三四五六七八九十]*(?:"
    + "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True))
    + r"|样|层|块|句|步|点|方面|大类|类|种|些)"
)
# Nouns that say what sort of thing is asked for: the answer is one, so it need not say so.
_SORT = re.compile(
    "(?:什么|啥|哪[一几]?[个家份支项种类些张条处所]?|何种?)样?的?"
    "(?P<sort>单位|部门|机构|组织|地方|方位|位置|地点|刊物|媒体|平台|文件|东西|方面|方式|办法|做法|举措|措施|方法|途径|手段|人物|名称|名字|考虑|目的|用场|用处|用途|房间|原因|因素|称号|荣誉|岗位|职务|身份)"
    "|(?P<last>门牌号|地点|位置|地址|方位|文号|模式|载体|抓手)[?？。]?$"
)
# How much a word tells by its part of speech (jieba's tags): what is asked about is named by nouns, while
# verbs and adverbs are what people put in other words.
_BY_TAG = {"n": 1.0, "v": 0.5, "a": 0.4, "d": 0.2, "r": 0.15, "m": 0.3, "q": 0.3, "p": 0.1, "c": 0.1, "u": 0.1, "t": 0.4, "f": 0.3, "y": 0.1, "b": 0.6, "s": 0.5, "z": 0.3, "o": 0.1, "i": 0.7, "l": 0.6, "j": 0.9, "e": 0.1, "k": 0.2, "g": 0.4}  # fmt: skip
_COUNT_NOUN = re.compile(
    "(?:"
    + "|".join(map(re.escape, MEASURES))
    + ")次?数|金额|数额|总额|额|款额|个村|家市|一个|每个|多长|多大|几万块"
)
COUNT_OF = "(?:的?(?:总?人次?数|总?数量|总数|总量|总额|金额|面积)|数(?![字据目年码十百千万]))"
_LARGE = 10_000
_MOST_TERMS = 16  # questions of one sentence have fewer
# Each place where one begins, also within another: 总数 in 的总数.
_COUNT_OF = re.compile(f"(?={COUNT_OF})")
_DIRECTED = re.compile(".(?:起来|出来|下来|上来|下去|上去|过来|进来|出去|回来)$|^.[了过着]$")
_LOOSE = re.compile(
    "[的了着过来去上下里中一是有在能会给说把被让到得掉成起出进完那这都也就才再又最要归从保向跟和与同为以对人家们村县市省镇乡区边前后内外间底时候不次先]"
)
_PARTICLE = re.compile(
    "[的了着过来去上下里中一是有在能会给说把被让到得掉成起出进完那这都也就才再又最跟和与对们不次先]"
)
# What a change is measured against: no part of what changed.
_AGAINST = re.compile(
    "(?:[比较]|[跟和同与])(?:头|前|上)(?:一)?(?:个)?(?:年|月|季度)(?:度)?(?:同期)?(?:相比|比)?|(?:[比较跟和同与])?(?:去年|上年|前年|上一年)?同期(?:相比|比)?"
)
_STOP = frozenset(
    (
        "现任 在任 出面 老百姓 大伙儿 大家 人们 水平 规模 统计 记录 已经 最后 为止 后来 程度 全称 全名 名字 字样 稿子 报道 那篇 篇 文章 日期 哪天 老几 全省 全市 全县 全区 我省 我市 我县 "
        "下来 下去 全部 所有 上年 上一年 去年 今年 底 末 年底 百分之 百分比 百分数 起来 一起 一块儿 一下子 那种 "
        "那次 那些 份数 场次数 栋数 户数 家数 支数 件数 增幅 的 了 和 与 及 在 是 有 为 被 把 对 从 "
        "到 由 于 等 中 上 下 里 内 外 其 之 以 并 而 或 也 都 还 就 又 再 每 各 该 本 某 我 你 您 "
        "我们 你们 个 名 位 家 项 件 条 次 场 支 给 让 将 向 跟 同 比 较 个人 人 一 占 达 达到 共 "
        "共有 累计 全 要 能 会 可以 进行 实现 做 搞 弄 去 来 过 着 得 地 不 没 没有 目前 现在 时候 "
        "时间 年 月 日 号 叫做 名字 名称 第 率 数 共计 大 小 多 少 高 低 截至 其他 成 说 看 用 呀 些 "
        "样 出 起 只 块 总 总数 总量 数量 人数 数目 个数 有关 相关 包括 包含 属于 位于 之前 以来 期间 合计 "
        "方面 自己 一档 这档 档次 分档 之间 就是 为了 之后 以后 之外 除外 以外 前后 类 按 照 连 才 边 那边 这边 当地 本地 要花 东西 意思 办法"
    ).split()
)


_THESE = re.compile("(?:等)?(?:这些|这类|这一类|这样的|之类的?)(?=[一-鿿]{2,})")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question.

    Attributes:
        weight: How telling it is, about 0.2 (everyday word) to 1.5 (quoted name or code).
        carries: True for nouns and names, which hold on across clauses; a verb belongs to its own clause.
        kind: `word`, `place`, `name` (quoted), `code`, or `figure` (an amount that narrows the question).
        sort: True if it only says what sort of thing is asked for (哪个单位), which the answer need not say.
        wholes: Expressions of the question that it is part of: 白天照看老人的地方 for 白天.
    """

    text: str
    weight: float
    kind: str = "word"
    carries: bool = True
    sort: bool = False
    wholes: tuple[str, ...] = ()


def tells_of(term: Term) -> float:
    """Returns how much the absence of a term tells: people put verbs in other words, seldom nouns."""
    return term.weight if term.carries else 0.4 * term.weight


def term_weight(frequency: int, total: int) -> float:
    """Returns a word's weight from its corpus frequency: rare words tell more (0.2 to 1)."""
    information = math.log((total + 1) / (frequency + 1))
    return min(1.0, max(0.2, (information - 4.5) / 9.0))


def question_terms(
    question: Question,
    words: Callable[[str], Iterable[str]],
    weigh: Callable[[str], tuple[float, bool]],
    places: Iterable[str] = (),
) -> tuple[Term, ...]:
    """Returns the terms of a question, in order, without repeats; of a very long one the most telling.

    Args:
        question: The question as understood.
        words: Segmenter of simplified lower-case text.
        weigh: Word → how telling it is, and whether it is a noun (see `word_weight`).
        places: Place names found in the question, which become terms of kind `place`.
    """
    text = question.text.lower()
    found = {name.lower(): Term(name.lower(), 1.4, "name") for name in question.quoted}
    for place in map(str.lower, places):
        found[place] = Term(place, 1.0, "place")
        keep = place[-1] if place[-1] in "省市区县" and re.search(f"{place}[委属级直管本长]", text) else ""
        text = text.replace(place, " " + keep)  # 海南省委: the place goes, 省委 stays
    parts_of_year = period_spans(text)  # 前7个月 says when, no amount
    figures = [f for f in extract_figures(text) if not any(a <= f.start < b for a, b, _ in parts_of_year)]
    for a, b, _ in reversed(parts_of_year):
        text = text[:a] + "，" * (b - a) + text[b:]
    found |= {country: Term(country, 0.5, "level") for country in _ABROAD.findall(text)}
    found |= {t.text: t for t in _conditions(figures, text)}
    text = _without(text, [f for f in figures if re.search(r"\d", f.text) or f.kind != "number" or _large(f)])
    found |= {level: Term(level, 1.0, "level") for level in _LEVEL.findall(text)}
    sorts = {m["sort"] or m["last"] for m in _SORT.finditer(text)}
    if not question.wants_figure:
        text = _without_examples(text, words, weigh)
    if question.kind == "change":
        text = _AGAINST.sub(" ", text)
    counts = [match.start() for match in _COUNT_OF.finditer(text)]
    for word in words(_ASKING.sub(" ", _COUNTED.sub(" ", _WHICH.sub(" ", text)))):
        word = word.strip()
        if word not in found and _is_content(word, question):
            weight, noun = weigh(word)
            if any(text.endswith(word, 0, at) for at in counts):  # 报考人数: what they did is what is counted
                weight, noun = max(weight, 0.7), True
            found[word] = Term(word, weight, "word", noun, word in sorts)
    return _most_telling(list(found.values()))


def _without_examples(
    text: str, words: Callable[[str], Iterable[str]], weigh: Callable[[str], tuple[float, bool]]
) -> str:
    """Returns a question without the examples of a class named after them: «骑手、司机这些新就业群体» asks about the class."""
    match = _THESE.search(text)
    if match is None:
        return text
    kept = list(words(text[: match.start()]))
    while kept and (kept[-1] == "、" or (len(kept[-1]) > 1 and weigh(kept[-1])[1])):
        kept.pop()
    return "".join(kept) + " " + text[match.end() :]


def _most_telling(terms: list[Term]) -> tuple[Term, ...]:
    """Returns the terms in order, of a long question the most telling ones: reading takes time for each."""
    best = sorted(range(len(terms)), key=lambda i: (-terms[i].weight, i))[:_MOST_TERMS]
    return tuple(terms[i] for i in sorted(best))


def unasked(text: str) -> str:
    """Returns a question without the asking for an amount, so that verb and object meet: 种了多少棵树 → 种树."""
    return _COUNTED.sub("", text).replace("了", "")


def _conditions(figures: Sequence[Figure], text: str) -> list[Term]:
    """Returns the figures that narrow a question: codes, ordinals, and amounts that no name holds."""
    terms = [
        Term(text[f.start : _end_of(f, text)], 1.2 if f.kind == "ordinal" else 1.5, "code")
        for f in figures
        if f.kind in {"ordinal", "code"}
    ]
    amounts = [f for f in figures if f.is_quantity and _narrows(f, text)]
    for start, end in spans_of_bounds(text, amounts):
        amount = text[start:end]
        if re.fullmatch(r"(?:19|20)\d\d", amount):
            continue  # a bare year
        bare = amount.isdigit()
        terms.append(Term(amount, 1.5 if bare and len(amount) > 2 else 0.8, "code" if bare else "figure"))
    return terms


def _end_of(figure: Figure, text: str) -> int:
    """Returns where a figure ends, an ordinal with its measure word: 第三批."""
    measured = figure.kind == "ordinal" and text[figure.end : figure.end + 1] in MEASURES
    return figure.end + 1 if measured else figure.end


def _narrows(figure: Figure, text: str) -> bool:
    if (
        inside_quotes(text, figure.start)
        or "几" in figure.text
        or (
            re.search("(?:多少|几)$", text[: figure.start])
            and not figure.qualifier  # 多少亿元, not 多少亿元以上项目
        )
    ):
        return False
    return bool(re.search(r"\d", figure.text)) or (
        _large(figure) and not re.search("每一?$", text[: figure.start])
    )


def _large(figure: Figure) -> bool:
    """Returns whether it is an amount in words too large to be part of a name (三千万, 一百万)."""
    return (
        figure.kind == "number"
        and bool(re.search("[千万亿]", figure.text))
        and Decimal(figure.value) >= _LARGE
    )


def _is_content(word: str, question: Question) -> bool:
    if not word or word in _STOP or _COUNT_NOUN.fullmatch(word) or not re.search(r"[\w一-鿿]", word):
        return False
    return not (question.kind == "share" and word in _SHARE_WORDS)


def word_weight(word: str, tag: str, frequency: int, total: int) -> tuple[float, bool]:
    """Returns how telling a word is, and whether it is a noun or a name.

    Args:
        word: The word.
        tag: Its part of speech by jieba's tags, "" if unknown.
        frequency: How often it occurs in a corpus of `total` words.
        total: The corpus size.
    """
    weight = term_weight(frequency, total) * _BY_TAG.get(tag[:1], 0.8)
    if tag == "vn":
        weight *= 1.5
    if _DIRECTED.search(word):
        return (
            0.15,
            False,
        )  # 扶起来, 建了: a verb with its direction or aspect, put in other words by everybody
    if not tag:  # not a word but a cut through everyday ones: 来能, 收上来, 获捐; longer ones may be names
        weight *= 0.15 if _is_cut(word) else 0.5 if len(word) == 2 else 1.0
    if word == "首批":
        return 0.8, True  # no later one stands for it
    if word in "男女":
        return 0.8, True
    if len(word) == 1 and not word.isdigit():
        weight *= 0.4
    return weight, not tag or tag[0] in "njbslig" or tag == "vn"


def _is_cut(word: str) -> bool:
    """Returns whether a word without a tag is a cut through everyday ones; names are longer, or begin like one."""
    return bool(_LOOSE.search(word) if len(word) < 3 else len(word) == 3 and _PARTICLE.search(word))


def _without(text: str, figures: Iterable[Figure]) -> str:
    for figure in sorted(figures, key=lambda f: -f.start):
        text = text[: figure.start] + " " + text[_end_of(figure, text) :]
    return text
