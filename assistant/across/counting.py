"""No total in the text: the items that a sentence lists are counted, shown, and said to be counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.across.lines import Line, LineFigure, Part
from assistant.across.reading import Reading
from assistant.across.result import Result
from assistant.evidence import Evidence
from assistant.figures import extract_figures
from assistant.reading.segments import inside_quotes

_ASKED = re.compile(r"(?:多少|几)(?P<unit>[所家个份项支种类条部场位名座])(?P<noun>[一-鿿]{2,6})")
_PIECE = re.compile(r"[^,，、;；。:：（）()与和同跟由是则还]+")
_LEAD = re.compile(r"^(?:会同|联合|以及|依托|携手|及|包括|有|邀请|来自|该[部市县区局]|并|又|也)+")
_AFTER = r"(?=$|合作|共建|联合|签约|参加|参与|组成|共同|以|共|等|的|”)"
_MADE = re.compile(r"^(?:合作)?(?:建立|成立|组建|共建|设立|打造|挂牌|创办|建设|建成|新建)")
# What a thing asked for by its general name is called in full; the criterion that is told with the count.
_SUFFIXES: dict[str, str] = {
    "高校": "大学|学院|学校", "大学": "大学|学院", "院校": "大学|学院|学校", "学校": "大学|学院|学校|中学|小学",
    "部门": "部|局|委|办|厅|办公室|妇联|团委|总工会|法院|检察院", "单位": "部|局|委|办|厅|院|中心|妇联|团委|总工会|公司",
    "商会": "商会", "协会": "协会", "企业": "公司|集团|企业|厂", "公司": "公司|集团", "医院": "医院|卫生院",
    "社区": "社区", "村": "村", "县": "县", "区": "区", "市": "市", "镇": "镇", "街道": "街道",
}  # fmt: skip
_DOCUMENTS = frozenset({"文件", "制度", "办法", "方案", "意见", "规定", "条例"})
_QUOTED = frozenset({
    "品牌",
    "活动",
    "模式",
    "工作法",
    "平台",
    "行动",
    "体系",
    "机制",
    "工程",
    "称号",
    "项目",
})
_OPEN = re.compile(r"等(?!级|于|待|候|额)")
_LEAST_MET = 0.5
_MET = 0.7


def asks_to_count(question: str) -> str:
    """Returns the thing that a question asks the number of, "" if it asks for none that can be listed.

    >>> asks_to_count("青禾市和几所高校共建了学院?"), asks_to_count("有多少志愿者?")
    ('高校', '')
    """
    match = _ASKED.search(question)
    if match is None:
        return ""
    if match["unit"] == "场":
        return ""  # how often something was held is not how many names it has
    known = (*_SUFFIXES, *_DOCUMENTS, *_QUOTED)
    return max(
        (n for n in known if match["noun"].startswith(n) or match["noun"].endswith(n)), key=len, default=""
    )


def count_listed(
    reading: Reading, noun: str, question: str, match: Callable[[str, str], float]
) -> Result | None:
    """Returns the number of things that the best sentence and those that go on from it list, None if none lists two.

    Args:
        reading: The question read without the thing that is counted.
        noun: What is counted, as `asks_to_count` gives it.
        question: The question as asked.
        match: Term, text → how well the text meets the term.
    """
    terms = [t.text for t in reading.asked.terms if t.kind == "word" and len(t.text) > 1]

    def goes_on(text: str) -> bool:
        return any(match(term, text) >= _MET for term in terms)

    unit = _ASKED.search(question)
    best: list[tuple[Evidence, tuple[str, ...]]] = []
    for candidate in [c for c in reading.candidates if c.span.type == "sentence"][:8]:
        if candidate.coverage.lacking > _LEAST_MET or candidate.place_match < 0:
            continue
        run = _run(candidate.evidence, [e for e in reading.evidence if goes_on(e.text)], noun)
        if _number(run) > max(1, _number(best)):
            best = run
    return _result(best, noun, unit["unit"], question) if best and unit else None


def _number(run: Sequence[tuple[Evidence, tuple[str, ...]]]) -> int:
    return len({item for _, items in run for item in items})


def _run(start: Evidence, around: Sequence[Evidence], noun: str) -> list[tuple[Evidence, tuple[str, ...]]]:
    """Returns a sentence and those right beside it in its section that go on listing, in order."""
    near = {
        e.sentence.index: e
        for e in around
        if e.article.article_id == start.article.article_id and e.sentence.section == start.sentence.section
    }
    run = [(start, _items(start.text, noun))]
    if not run[0][1]:
        return []
    for step in (1, -1):
        index = start.sentence.index + step
        while index in near and (items := _items(near[index].text, noun)):
            run.insert(len(run) if step > 0 else 0, (near[index], items))
            index += step
    return run


def _items(text: str, noun: str) -> tuple[str, ...]:
    if noun in _DOCUMENTS:
        found: Iterable[str] = re.findall(r"《[^《》]+》", text)
    elif noun in _QUOTED:
        found = re.findall(r"“[^“”]{2,16}”", text)
    else:
        found = _names(text.replace("以及", "、、"), _SUFFIXES[noun])
    return tuple(dict.fromkeys(found))


def _criterion(noun: str) -> str:
    if noun in _DOCUMENTS:
        return "书名号中的文件名"
    if noun in _QUOTED:
        return "引号中的名称"
    return "名称以“" + "”“".join(_SUFFIXES[noun].split("|")) + "”结尾的各项"


def _names(text: str, suffixes: str) -> Iterator[str]:
    """Yields the names with such an ending that a sentence lists; what was newly set up is none of them."""
    pattern = re.compile(rf"[一-鿿A-Za-z0-9·]{{1,14}}?(?:{suffixes}){_AFTER}")
    for piece in _PIECE.finditer(text):
        lead = _LEAD.match(piece[0])
        start = piece.start() + (lead.end() if lead else 0)
        match = pattern.match(text, start, piece.end())
        if match and not inside_quotes(text, start, ("“”",)) and not _MADE.match(match[0]):
            yield match[0]


def _result(run: Sequence[tuple[Evidence, tuple[str, ...]]], noun: str, unit: str, question: str) -> Result:
    owner = {item: evidence for evidence, items in reversed(run) for item in items}
    items = list(dict.fromkeys(item for _, listed in run for item in listed))
    cites = tuple(evidence for evidence, _ in run)
    open_ended = any(_OPEN.search(e.text) for e in cites)
    least = "至少" if open_ended else ""
    number = str(len(items))
    count = f"{least}{number}{unit}"
    note = f"原文没有写总数，以上按{_criterion(noun)}逐个计数"
    if open_ended:
        note += "；原文用了“等”字，列举未必完整"
    parts = tuple(Part(item, (owner[item],)) for item in items)
    figure = LineFigure(count, number, unit, least, "", cites[0], cites)
    text = f"据列举计数：{count}（{'、'.join(items)}）"
    line = Line(text, cites, parts, (figure,), counts=(count,), note=note)
    sources = (Line(e.text, (e,), (Part(e.text, (e,)),), quoted_figures(e)) for e in cites)
    return Result((line, *sources), f"{count}（据列举计数）", understood=f"问数量，按列举计数：{question}")


def names_it(noun: str, text: str) -> bool:
    """Returns whether a text names the thing asked about, by its general name or an ending of its full one."""
    return noun in text or any(ending in text for ending in _SUFFIXES.get(noun, noun).split("|"))


def quoted_figures(evidence: Evidence) -> tuple[LineFigure, ...]:
    """Returns the amounts of a sentence that is shown whole."""
    return tuple(
        LineFigure(f.text, f.value, f.unit, f.qualifier, "", evidence)
        for f in extract_figures(evidence.text)
        if f.is_quantity
    )
