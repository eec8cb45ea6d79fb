"""Spans of evidence sentences that could be the bare answer, by what kind of answer is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.figures import Figure, extract_figures
from assistant.reading.periods import find_periods
from assistant.reading.question import Question
from assistant.reading.segments import Segment, clause_spans, segment_of
from assistant.reading.times import TimeMention, governing_time, time_behind, time_mentions
from retrieval import MEASURES

_MEASURE = re.compile("|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True)))
MONEY = frozenset({"元", "美元", "欧元", "港元", "块", "块钱"})
_CLASS = re.compile("约?(?:百|千)?[万亿]+元(?:以[上下内])?|[百千万亿]{3,}")
_DURATION_UNITS = frozenset({"年", "个月", "月", "天", "日", "小时", "分钟", "周", "秒", "岁", "代"})
_LENGTH_UNITS = frozenset({"米", "公里", "千米", "里", "厘米", "毫米"})  # «围网有多长»
DOCUMENT = re.compile(r"《[^《》]+》(?:[(（][^()（）]{1,20}[)）])?(?:[(（][^()（）]{1,30}号[)）])?")
_QUOTED = re.compile(
    r"“[^“”]{2,24}”(?:[一-鿿]{2,8}?(?:体系|机制|模式|工作法|品牌|工程|格局|行动|平台|计划))?"
)
ORGANISATION = re.compile(
    r"[一-鿿A-Za-z0-9·“”]{1,20}?(?:工作委员会|委员会|领导小组|协调小组|联席会议|委社会工作部|社会工作部|组织部|宣传部|办公室|信访局|教育局|民政局|科技局|管理局|大学|学院|学校|党校|中心|商会|协会|联合会|公司|集团|医院|"
    r"基金会|总工会|团省委|团市委|妇联|法院|检察院|公安|局|部|委|办|厅|院|队|社|所|4S店)(?!长)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A possible bare answer within a sentence; offsets are on the sentence's text.

    Attributes:
        type: `figure`, `date`, `document`, `organisation`, `person`, `place`, `name` or `sentence`.
        figure: The figure, for types `figure` and `date`.
        segment: What belongs to it.
        time: The time that governs it, or None.
    """

    start: int
    end: int
    text: str
    type: str
    segment: Segment
    figure: Figure | None = None
    time: TimeMention | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """An evidence sentence taken apart once: normalised text, figures, clauses and times."""

    evidence: Evidence
    text: str
    figures: tuple[Figure, ...]
    clauses: tuple[tuple[int, int], ...]
    times: tuple[TimeMention, ...]


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What parsing finds in a text, whatever article it stands in; see `Parsed`."""

    text: str
    figures: tuple[Figure, ...]
    clauses: tuple[tuple[int, int], ...]
    times: tuple[TimeMention, ...]


def take_apart(
    text: str, published: str, figures_of: Callable[[str], Sequence[Figure]] = extract_figures
) -> Anatomy:
    """Returns a normalised sentence taken apart; `published` is its article's date or ""."""
    figures = figures_of(text)
    clauses = clause_spans(text, figures)
    return Anatomy(text, tuple(figures), tuple(clauses), tuple(time_mentions(text, published, figures)))


def parse(
    evidence: Evidence,
    normalise: Callable[[str], str],
    dissect: Callable[[str, str], Anatomy] = take_apart,
) -> Parsed:
    """Returns the sentence taken apart; `normalise` keeps the length, `dissect` may remember what it did."""
    known = dissect(normalise(evidence.text), evidence.article.published)
    return Parsed(evidence, known.text, known.figures, known.clauses, known.times)


def _fits(figure: Figure, question: Question) -> bool:
    """Returns whether a figure is of the sort the question asks for."""
    kind = question.kind
    if kind == "change" and re.search("百分|幅|增速|率", question.text):
        return figure.kind == "percent" or figure.unit in {"成", "倍", "个百分点", "百分点"}
    if kind == "change" and re.search("多少钱|多少元|几块钱", question.text):
        return figure.unit in MONEY
    if kind == "share":
        return figure.kind == "percent" or figure.unit in {"成", "倍"} or figure.text.count("分之") > 0
    if kind == "money":
        return figure.kind == "number" and figure.unit in {*MONEY, ""}
    if kind == "duration":
        units = (
            _DURATION_UNITS if re.search("多久|时间|时长", question.text) else _DURATION_UNITS | _LENGTH_UNITS
        )
        return figure.kind == "number" and figure.unit in units
    if kind == "rank":
        return figure.is_quantity or figure.kind == "ordinal"
    if kind == "count":
        return figure.kind == "number" and figure.unit not in {"个百分点", "百分点"}
    return figure.is_quantity


_COUNTS_A_NOUN = re.compile("(?![的用左以及和与到至余多资现善款]|投入)[一-鿿]")
_OUT_OF_HOW_MANY = re.compile("每(?:几|多少)|(?:几|多少)个?[人户家名](?:里|中|当中|之中|就有|才有|有一)")


def _follows_each(text: str, figure: Figure) -> bool:
    return text[: figure.start].endswith("每")


def figure_spans(parsed: Parsed, question: Question) -> Iterator[Span]:
    """Yields the quantities of a sentence that fit the question."""
    out_of = bool(_OUT_OF_HOW_MANY.search(question.text))
    one_in = out_of and any(_follows_each(parsed.text, f) for f in parsed.figures)
    for figure in parsed.figures:
        if one_in and not _follows_each(parsed.text, figure):
            continue  # «每8人里有1名»: the 8 is asked for
        if _CLASS.fullmatch(parsed.text[figure.start : figure.end]):
            continue  # 亿元以上项目, 百千万工程: a class of things or a name, no amount
        if _follows_each(parsed.text, figure) and not out_of:
            continue  # 每万人: what is counted by, no amount
        if any(m.start <= figure.start < m.end and find_periods(m.text) for m in parsed.times):
            continue  # 前7个月
        if question.kind == "money" and not figure.unit and _COUNTS_A_NOUN.match(parsed.text, figure.end):
            continue  # 290万适龄妇女: people, no money
        if (figure.is_quantity or question.kind == "rank") and _fits(figure, question):
            segment = segment_of(figure, parsed.figures, parsed.clauses, parsed.text)
            end = figure.end
            if figure.kind == "ordinal" and (measure := _MEASURE.match(parsed.text, end)):
                end = measure.end()
            text = parsed.evidence.text[figure.start : end]
            time = governing_time(parsed.times, figure.start) or time_behind(
                parsed.times, end, segment.right[1]
            )
            yield Span(figure.start, end, text, "figure", segment, figure, time)


def name_spans(parsed: Parsed) -> Iterator[Span]:
    """Yields names in quotation marks and codes, which answer 叫什么."""
    yield from pattern_spans(parsed, _QUOTED, "name")
    for figure in parsed.figures:
        if figure.kind == "code":
            text = parsed.evidence.text[figure.start : figure.end]
            yield Span(figure.start, figure.end, text, "name", around(parsed, figure.start, figure.end))


def pattern_spans(parsed: Parsed, pattern: re.Pattern[str], kind: str) -> Iterator[Span]:
    """Yields what a pattern finds in a sentence."""
    for match in pattern.finditer(parsed.text):
        text = parsed.evidence.text[match.start() : match.end()]
        yield Span(match.start(), match.end(), text, kind, around(parsed, match.start(), match.end()))


def named_spans(parsed: Parsed, found: Sequence[tuple[int, int, str]], kind: str) -> Iterator[Span]:
    """Yields spans that a finder of names or places gave as (start, end, text), as they are written."""
    for start, end, _ in found:
        yield Span(start, end, parsed.evidence.text[start:end], kind, around(parsed, start, end))


def sentence_span(parsed: Parsed) -> Span:
    """Returns the whole sentence as a span."""
    length = len(parsed.text)
    return Span(
        0, length, parsed.evidence.text, "sentence", Segment((0, length), (length, length), (0, length))
    )


def around(parsed: Parsed, start: int, end: int) -> Segment:
    """Returns what stands to the left and right of a span in its clause, and the clause."""
    clause = next(((a, b) for a, b in parsed.clauses if a <= start < b), (0, len(parsed.text)))
    return Segment((clause[0], start), (end, max(end, clause[1])), (clause[0], max(end, clause[1])))
