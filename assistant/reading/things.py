"""Things asked for by their sort: «什么品牌», «哪支队伍», «…行动名称»; and the names in a sentence that are of that sort."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from retrieval import MEASURES

_MEASURE = "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True))
_WHAT = re.compile(
    rf"(?:什么|啥|何种|哪(?!里|儿)(?:[一两几三四五六]?(?:{_MEASURE}|些|块|样|类|种|套)|一)?)(?:样的|新)?(?P<noun>(?![个些里儿块样类种家])[一-鿿]{{1,12}})"
)
_CALLED = re.compile(
    r"(?P<noun>[一-鿿]{1,12}?)[”’]?[ ,，]?(?:的|又|都|被|具体)?(?:是什么$|是啥$|是哪个$|名称|名字|全称|叫什么|叫啥|叫做什么|叫做啥|取名|命名)"
)
# Nouns that ask for a name where they end keywords; others end keywords that ask for a number.
_TERSE = re.compile(
    "(?P<noun>品牌|载体|抓手|文号|目录|平台|体系|模式|工作法|格局|机制|原则|理念|口号|称号|方案|文件|主题|栏目|热线|思路|架构|标准|制度|小区|社区|街道)(?:名|名称|名字)?$"
)
# A place's rank of one character, which the segmenter may join to what follows: 哪个镇|有.
_LOCAL = re.compile("([省市县区镇乡村站路河])(?:[有的在被是能会把最里上办搞设建开出成]|$)")
# What follows 什么 without naming a sort, and sorts that other kinds of answers see to.
_NO_SORT = re.compile(
    "^(?:时候|时间|意思|样|人|关系|原因|做法|办法|措施|举措|方式|东西|内容|情况|问题|事|地方|日子|特点|作用|目的|变化|成效|成果|成绩|"
    "效果|好处|难点|要求|任务|条件|标准|单位|部门|机构|职务|职责|用|也|都|是|有|在|的|了|吗|呢|叫|名|月|年|天|日)"
)
_QUOTED = re.compile(r"“[^“”]{2,30}”|《[^《》]{2,40}》(?:[(（][^()（）]{1,20}[)）])?")
_BRACKET = re.compile("[(（][^()（）]{1,20}[)）](?=[》”]?$)")  # …计划(2023—2025年)
_COUNTED = re.compile(r"\d\s*[余多]?(?:个|家|名|所|项|支|人|条|座|种|类|批)")
_ENDS = re.compile("[的来是呢啊吗在被把会能要已曾去过等让给]")
_IS = re.compile("(?<![以认成作因称])[是为](?!了|民|主|众|农|政)")
_WITHIN = frozenset({
    "志愿",
    "服务",
    "工作",
    "治理",
    "研究",
    "管理",
    "建设",
    "联动",
    "协商",
    "培训",
    "社会",
    "行动",
})
_NEAR = 8  # characters between a name and its sort
_DOCUMENTS = frozenset({"文件", "公文", "规定", "材料", "文书"})
_ENDING = {
    "队伍": "队",
    "团队": "队",
    "行业": "业",
    "牌子": "品牌",
    "招牌": "品牌",
    "报纸": "报",
    "医院": "院",
}
_BREAKS = frozenset("在于和与及、的为是到了向从把将由对等以用给有各某这那该本每个种条座被")
_REACH = 8  # characters of a name before its sort
_GENERAL = re.compile("主要|重点|有关|相关|全部|其他|多个|优势|传统|新兴|现有|所在|所属|部分")
_MARK = re.compile("[,，。;；:：!！?？、《》“”]")
_CODE = re.compile(
    r"(?<![0-9A-Za-z.])(?:[0-9A-Z]+(?:\+[0-9A-Z]+)+|[0-9]{3,})(?![0-9.年%余多万亿个名支家场人元件项条次户公平米亩吨张台辆座所栋])",
    re.IGNORECASE,
)

Words = Callable[[str], Sequence[str]]


def asked_thing(text: str, words: Words, is_noun: Callable[[str], bool], *, terse: bool = False) -> str:
    """Returns the noun for the sort of thing whose name is asked for, "" if none is.

    Args:
        text: A normalised question.
        words: Cuts a text into words.
        is_noun: Whether a word is a noun.
        terse: Whether the question is keywords alone, the last of which may say what is asked for.
    """
    if re.search("哪些|哪几", text):
        return ""  # more than one: a sentence lists them
    if (called := _CALLED.search(text)) and (noun := _last_noun(called["noun"], words, is_noun)):
        return noun
    for match in _WHAT.finditer(text):
        if local := _LOCAL.match(match["noun"]):
            return local[1]
        if not _NO_SORT.match(match["noun"]):
            return _first_nouns(match["noun"], words, is_noun)
    last = _TERSE.search(text.strip(" ?？。")) if terse else None
    return last["noun"] if last else ""


def _first_nouns(text: str, words: Words, is_noun: Callable[[str], bool]) -> str:
    run: list[str] = []
    text = _IS.split(text)[0] or text
    for word in words(text):
        if word == "的" and len(run) == 2 and not is_noun(run[0]) and (rest := text.partition("的")[2]):
            return _first_nouns(rest, words, is_noun)  # 缺少水的村庄
        if _ENDS.match(word) or (run and not is_noun(word) and word not in _WITHIN):
            break
        run.append(word)
    while len(run) > 1 and not is_noun(run[-1]) and run[-1] in _WITHIN:
        run.pop()
    return "".join(run[-2:] if run and len(run[-1]) == 1 else run[-1:])


def _last_noun(text: str, words: Words, is_noun: Callable[[str], bool]) -> str:
    found = [w for w in words(text) if w not in {"名", "人", "者", "时", "的"}]
    nouns = [w for w in found if is_noun(w)]
    if found and len(found[-1]) == 1 and len(found) > 1:
        return "".join(found[-2:])  # 工作法, 示范县
    return (nouns or found or [""])[-1]


def things_in(text: str, sorts: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yields the names in a sentence that are of a sort, called by any of its words, as (start, end, name).

    >>> list(things_in("打造志愿服务品牌“邻里帮”,印发《骑手办法》。", ["品牌"]))
    [(8, 13, '“邻里帮”')]
    """
    titles = titles_in(text)
    for match in (*_QUOTED.finditer(text), *_CODE.finditer(text)):
        start, end = match.span()
        if within(start, end, titles):
            continue  # 《“十四五”时期…方案》: part of a title
        inner = _BRACKET.sub("", match[0]).strip("“”《》")
        after = _MARK.split(text[end : end + _NEAR])[0]
        before = _MARK.split(text[max(0, start - _NEAR) : start])[-1]
        if match[0][0] == "《":  # a title is of the sort that it ends with, or the one said right beside it
            fits = not _DOCUMENTS.isdisjoint(sorts) or any(
                inner.endswith(s) or after.startswith(s) or before.endswith(s) for s in sorts
            )
        else:
            fits = any(_of_sort(sort, inner, before, after) for sort in sorts)
        if fits:
            yield start, end, match[0]


def within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Returns whether a span lies within one of others and is not that one."""
    return any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans)


def titles_in(text: str) -> list[tuple[int, int]]:
    """Returns where titles in 《》 stand in a text."""
    return [m.span() for m in _QUOTED.finditer(text) if m[0][0] == "《"]


def sorts_of(thing: str) -> tuple[str, ...]:
    """Returns a sort of thing with the word that names of the sort end with: 队伍 and 队."""
    return (thing, _ENDING[thing]) if thing in _ENDING else (thing,)


def compounds(text: str, thing: str) -> Iterator[tuple[int, int, str]]:
    """Yields the words that run up to a sort without a break, as (start, end, name): 海月广场 for 广场."""
    for match in re.finditer(re.escape(thing), text):
        start = match.start()
        while start > 0 and match.start() - start < _REACH and re.match("[一-鿿A-Za-z0-9]", text[start - 1]):
            if text[start - 1] in _BREAKS:
                break
            start -= 1
        name = text[start : match.end()]
        if len(name) >= len(thing) + 2 and is_name(name):
            yield start, match.end(), name


def is_name(text: str) -> bool:
    """Returns whether a run of nouns may be a name: 主要行业 and 5个项目 are none."""
    return not _GENERAL.match(text) and not _COUNTED.search(text)


def _of_sort(sort: str, inner: str, before: str, after: str) -> bool:
    """Returns whether a name ends with the sort, or the sort stands beside it (one character: right beside it)."""
    if inner.endswith(sort) and len(inner) > len(sort):
        return True
    return (
        after.startswith(sort)
        or before.endswith(sort)
        or (len(sort) > 1 and (sort in after or sort in before))
    )
