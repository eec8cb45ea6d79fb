"""What an article's text says about itself, where its file does not.

Everything here is read, nothing concluded from outside knowledge: a field that the text leaves open, or on
which it speaks with two voices, stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any

from retrieval.dates import DateSpan, find_dates, parse_date
from retrieval.headings import is_credit, title_rows
from retrieval.lines import Line, logical_lines
from retrieval.models import ArticleMeta
from retrieval.places import ancestors, find_places

_HEAD_LINES, _TAIL_LINES = 6, 5
_OPENING, _STAMP_REACH, _REGION_REACH = 400, 200, 20_000
_WEIGHT_TITLE, _WEIGHT_OPENING = 3, 2
_MANY, _MOST_SHARE = 8, 0.7
_LEAST_WEIGHT = 4
_PROVINCE_SHARE, _PREFECTURE_SHARE, _COUNTY_SHARE = 0.6, 0.5, 0.6

_PROVINCE = re.compile(r"(?:省|自治区|特别行政区|北京市|上海市|天津市|重庆市)$")
_NAMED_TITLE = re.compile(r"[\s【\[]*(?:原?标题|题目|题为)[】\]]?\s*[：:]\s*(?P<title>\S.{2,80}?)\s*")
_ORGANISATION = re.compile(
    r"(?!.*[，,：:！？“])[\u4e00-\u9fff·（）()]{4,30}"
    r"(?:办公室|委员会|研究院|研究所|研究中心|研究室|编辑部|课题组|调研组|部|局|厅|委|院|政府|协会|联合会|学会|党校|大学)"
)
# A document names its body and its day on one line, below its title or at its end.
_SIGNED = re.compile(
    rf"[\s（(]*(?P<name>{_ORGANISATION.pattern})\s+(?P<date>(?:19|20)\d{{2}}年\d{{1,2}}月\d{{1,2}}日)[\s）)]*"
)
_ROLE = r"(?:全媒体|融媒体|首席|见习|特约|资深|实习|驻[\u4e00-\u9fff]{2,3})*"
_MEDIUM = (
    r"[\u4e00-\u9fff]{0,6}?(?:日报|晚报|时报|早报|晨报|商报|都市报|快报|周报|导报|青年报|法治报|法制报|学报|[\u4e00-\u9fff]报"
    r"|新华社|中新社|通讯社|新闻社|新华网|人民网|中新网|新闻网|[\u4e00-\u9fff]{2}网|电视台|广播电台|央视新闻|传媒|融媒体中心"
    r"|融媒|客户端|[\u4e00-\u9fff]{2}新闻|周刊|杂志社?)"
)
# 本报 names no paper, 据新华社 only quotes one, and 举报 is none.
_NO_NAME = re.compile(
    r"(?:本|我|该|各|多家|一家)(?:报|刊|网|社|台)|(?:海|简|举|汇|情|通|预|申|填|上)报$"
    r"|[据向告被在的了说称]|^(?:互联)?网络|^综合|^作者|^原创|^记者|^原标题"
)
_SOURCE = re.compile(
    rf"(?:^|[\s（(丨|])(?:信息|文章|稿件|新闻|内容)?来源\s*[：:]\s*[《“]?"
    rf"(?P<name>{_MEDIUM}|[^\s，。；;）)|丨》”、：:]{{2,16}})(?=[\s，。；;）)|丨》”、]|$)"
)
_BYLINE = re.compile(rf"(?:^|[\s（(■●◆□▲【\[—丨|：:])(?P<name>{_MEDIUM}){_ROLE}(?:记者|通讯员|评论员|编辑)")
_DATELINE = re.compile(
    rf"(?:^|[\s（(【\[：:])(?P<name>{_MEDIUM}|本报|本刊|本网|本台)?(?P<place>[\u4e00-\u9fff、]{{0,12}}?)"
    r"(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:讯|电)"
)
_DATE_LINE = re.compile(
    r"[\s（(\[【]*(?:(?:(?:发布|发表|刊发|更新|成文|印发)(?:时间|日期)|日期)\s*[：:])?\s*"
    r"(?P<date>[\d〇零○一二][\d〇零○一二三四五六七八九十年月日./\-]{5,11}[\d月日])"
    r"(?:\s*\d{1,2}[：:]\d{2}(?:[：:]\d{2})?)?(?P<rest>[\s）)\]】|丨]*(?:来源|作者|责编|浏览|字号|阅读|信息).{0,60})?[\s）)\]】]*"
)
_KEYWORD = r"(?:关键词|关键字|主题词|标签)"
_KEYWORDS = re.compile(
    rf"\s*(?:[【\[〔]\s*{_KEYWORD}\s*[】\]〕]\s*[：:]?|{_KEYWORD}\s*[：:])\s*(?P<words>\S.{{1,120}})"
)
# A time of publication at the top of a page: labelled, or with the clock.
_STAMP = re.compile(
    r"(?:发布|发表|刊发|更新|发文|成文|印发)(?:时间|日期|于)\s*[：:]?\s*(?P<labelled>20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)"
    r"|(?P<clocked>20\d{2}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2})\s+\d{1,2}:\d{2}"
)
# 2025年…较去年: the year is the writer's own. 上年 would only be the year before the one named.
_PRESENT = re.compile(
    r"(?P<year>20\d{2})年(?:(?!20\d{2}年)[^。；;\n]){0,40}?[较比同]去年|今年[（(](?P<stated>20\d{2})年?[）)]"
)
_PAST = re.compile(r"去年[（(](?P<year>20\d{2})年?[）)]")


def complete_meta(meta: ArticleMeta, text: str, *, table: bool = False) -> ArticleMeta:
    """Returns the metadata with empty fields read from the text where it states them; never invented.

    Of a table only the lines above the rows speak of the table itself.
    """
    lines = logical_lines(text)
    own = list(takewhile(lambda line: not line.flat.endswith("。"), lines)) if table else lines
    found: dict[str, Any] = {}
    if not meta.title:
        found["title"] = "" if table else _find_title(lines)
    if not meta.publisher:
        found["publisher"] = _find_publisher(own)
    if not meta.published:
        found["published"] = _find_published(own, text[: own[-1].end] if own else "")
    if not meta.topics:
        found["topics"] = _find_topics(own)
    if not meta.region:
        found["region"] = _find_region(lines, meta.title or found["title"])
    return meta.model_copy(update=found)


def _find_title(lines: Sequence[Line]) -> str:
    for line in lines[:_HEAD_LINES]:
        if match := _NAMED_TITLE.fullmatch(line.flat):
            return match["title"]
    return max((_best_row(rows) for rows in title_rows(lines)), key=_title_score, default="")


def _best_row(rows: Sequence[str]) -> str:
    """Returns the row that is the title; all of them where none stands out (a title broken in two)."""
    own = (r for r in rows if not _SIGNED.fullmatch(r))
    able = [r for r in own if 4 <= len(r) <= 80 and not r.startswith(("—", "-")) and not _is_organisation(r)]
    scores = {_title_score(row) for row in able}
    return " ".join(able) if len(scores) == 1 else max(able, key=_title_score, default="")


def _title_score(title: str) -> int:
    """Returns how much a row is a title: a kicker is a pair of slogans; the title names who or where."""
    if not title:
        return -2
    names = bool(find_places(title)) or re.search("[省市县区镇乡州][委政]|部[：:]|社区|集团|公司|大学", title)
    return 2 * bool(names) + bool(re.search("[：:]", title)) - bool(re.search("[，,]", title))


def _is_organisation(line: str) -> bool:
    return _ORGANISATION.fullmatch(line) is not None and bool(line.startswith("中共") or find_places(line))


def _find_publisher(lines: Sequence[Line]) -> str:
    edges = [line.flat for line in _edges(lines)]
    credits = [line.flat for line in lines if is_credit(line.flat)]
    for pattern, places in (
        (_SOURCE, [*credits, *edges]),
        (_BYLINE, credits),
        (_BYLINE, edges),
        (_DATELINE, edges),
    ):
        names = [m["name"] for line in places for m in pattern.finditer(line[:300]) if _is_name(m["name"])]
        if names:
            return str(names[0])
    if signed := _signature(lines):
        return str(signed["name"])
    first = lines[0].flat if lines else ""
    return first if len(lines) > 1 and _is_organisation(first) else _signed_by(lines)


def _signature(lines: Sequence[Line]) -> re.Match[str] | None:
    """Returns the line at an edge that names a body and a day and nothing else."""
    matches = (_SIGNED.fullmatch(line.flat) for line in _edges(lines))
    return next((match for match in matches if match and parse_date(match["date"])), None)


def _signed_by(lines: Sequence[Line]) -> str:
    """Returns the organisation that signs a document: the line right above its date at the end."""
    tail = [line.flat for line in lines[-_TAIL_LINES:]]
    for above, below in pairwise(tail):
        match = _DATE_LINE.fullmatch(below)
        if match and not match["rest"] and parse_date(match["date"]) and _ORGANISATION.fullmatch(above):
            return above
    return ""


def _find_topics(lines: Sequence[Line]) -> tuple[str, ...]:
    """Returns the keywords that an article names on a line of its own near its top or bottom."""
    for line in _edges(lines):
        if match := _KEYWORDS.fullmatch(line.flat):
            words = re.split(r"[;；,，、\s\u3000]+", match["words"].rstrip("。"))
            return tuple(dict.fromkeys(word for word in words if 1 < len(word) <= 20))
    return ()


def _is_name(name: str | None) -> bool:
    return bool(name) and not _NO_NAME.search(str(name))


def _edges(lines: Sequence[Line]) -> list[Line]:
    """Returns the lines at the top and the bottom, where an article speaks of itself."""
    return (
        list(lines)
        if len(lines) <= _HEAD_LINES + _TAIL_LINES
        else [*lines[:_HEAD_LINES], *lines[-_TAIL_LINES:]]
    )


def _find_published(lines: Sequence[Line], text: str) -> str:
    for line in _edges(lines):
        match = _DATE_LINE.fullmatch(line.flat)
        if match and (value := parse_date(match["date"])):
            return value
    if signed := _signature(lines):
        return parse_date(signed["date"])
    if (match := _STAMP.search(text[:_STAMP_REACH])) and (
        value := parse_date(match["labelled"] or match["clocked"])
    ):
        return value
    datelines = [line.flat for line in _edges(lines)] + [line.flat for line in lines if is_credit(line.flat)]
    dates = {m["date"] for line in datelines for m in _DATELINE.finditer(line[:300])}
    if len(dates) != 1:
        return ""
    (spoken,) = dates
    return parse_date(spoken) or _with_year(spoken, text)


def _with_year(spoken: str, text: str) -> str:
    """Returns a month and day in the year of writing, "" unless the text makes that year certain."""
    years = {int(m["year"] or m["stated"]) for m in _PRESENT.finditer(text)}
    years |= {int(m["year"]) + 1 for m in _PAST.finditer(text)}
    if len(years) != 1:
        return ""
    value = parse_date(f"{years.pop()}年{spoken}")
    later = [d for d in find_dates(text) if _is_later(d, value)]
    return "" if later else value


def _is_later(found: DateSpan, value: str) -> bool:
    return found.kind == "date" and len(found.value) == len("2024-12-31") and found.value > value


def _find_region(lines: Sequence[Line], title: str) -> str:
    """Returns the province, prefecture and county that most of the places named lie in, as far as they agree.

    The first place named must agree too: a notice of one province may speak mostly of another.
    """
    weights: Counter[tuple[str, ...]] = Counter()
    for span in find_places(title):
        weights[*span.parents, span.name] += _WEIGHT_TITLE
    read = 0
    for line in lines:
        if read > _REGION_REACH:
            break
        if is_credit(line.flat):
            continue
        near = {name for chain in weights for name in chain}
        for span in find_places(_DATELINE.sub("", line.flat), near=near):
            if span.parents or _is_province(span.name):
                weights[*span.parents, span.name] += _WEIGHT_OPENING if read + span.start < _OPENING else 1
        read += len(line.flat)
    region = _dominant(weights)
    first = next(iter(weights), ())
    if first[: len(region)] == region[: len(first)]:
        return "".join(region)
    # A neighbour named first (where a storm landed) does not outweigh a whole article about a place.
    return "".join(region) if _speaks_of(weights, region) else ""


def _speaks_of(weights: Counter[tuple[str, ...]], region: tuple[str, ...]) -> bool:
    """Returns whether most of many places named lie in a region."""
    inside = sum(weight for chain, weight in weights.items() if chain[: len(region)] == region)
    return inside >= _MANY and inside >= _MOST_SHARE * sum(weights.values())


def _is_province(name: str) -> bool:
    """Returns whether a name without divisions above it is a province, not a district's ambiguous name."""
    return not ancestors(name) and _PROVINCE.search(name) is not None


def _dominant(weights: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    total = sum(weights.values())
    if total < _LEAST_WEIGHT:
        return ()
    region: tuple[str, ...] = ()
    for share in (_PROVINCE_SHARE, _PREFECTURE_SHARE, _COUNTY_SHARE):
        within = Counter[tuple[str, ...]]()
        for chain, weight in weights.items():
            if chain[: len(region)] == region and len(chain) > len(region):
                within[chain[: len(region) + 1]] += weight
        if not within:
            break
        best, weight = within.most_common(1)[0]
        if weight < share * total:
            break
        region, total = best, weight
    return region
