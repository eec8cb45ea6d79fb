"""An article into the rows of the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, whole_article
from assistant.figures import Figure
from assistant.ledger.places import figure_place
from assistant.ledger.row import LedgerRow
from assistant.ledger.subjects import Counted, counted
from assistant.reading.candidates import Parsed, parse
from assistant.reading.segments import segment_of
from assistant.reading.times import TimeMention, governing_time, time_mentions
from retrieval import Article, Sentence, find_places

_NAMES = re.compile(r"《[^《》]*》|“[^“”]{1,16}”|「[^「」]{1,16}」|『[^『』]{1,16}』")
_NUMBER_OF_A_THING = re.compile(r"\s*(?:号|路(?!网)|线(?!索|上|下)|室|版|路公交)")
_ORDERED = re.compile(r"[一二三四五六七八九十]+(?:届|期|级|个一(?![一-鿿]?[名人家]))")
_LEADING = re.compile(
    r"^(?:截至|截止|到|自|从)?(?:目前|今年以来|今年|去年|前年|近年来|当前|现在|如今|上半年|下半年|[一二三四]季度|年初|年底|全年|以来|期间|\d+年|\d+月(?:底|末|初)?|\d+日|[、,，\s])+"
)
_PERIOD = re.compile(r"[一二三四]季度|[上下]半年|前[一二三四五六七八九十]个?月|[一二三四]月|期间|疫情|时期")
_WHOLE = re.compile(r"^(?:我|全|本)[省市县区镇乡州](?:的|已|共|内)?")


@dataclass(frozen=True, slots=True)
class LedgerReader:
    """Makes rows of articles; holds nothing but what is handed in.

    Attributes:
        normalise: Text → simplified, half width, lower case, same length.
        cut: Segmenter of normalised text.
    """

    normalise: Callable[[str], str]
    cut: Callable[[str], Sequence[str]]

    def rows(self, article: Article, sentences: tuple[Sentence, ...]) -> tuple[LedgerRow, ...]:
        """Returns every figure of an article in order of the text."""
        return tuple(row for evidence in whole_article(article, sentences) for row in self.rows_of(evidence))

    def rows_of(self, evidence: Evidence, *, named: bool = False) -> list[LedgerRow]:
        """Returns the figures of one sentence in order, with `named` those too that are part of a name."""
        if not re.search(r"[\d０-９一二三四五六七八九十百千万亿两]", evidence.text):
            return []
        parsed = parse(evidence, self.normalise)
        names = [m.span() for m in _NAMES.finditer(evidence.text)]
        rows: list[LedgerRow] = []
        earlier: list[Counted] = []
        for figure in parsed.figures:
            if not figure.is_quantity:
                continue
            what = counted(parsed, figure, self.cut, _dropped, earlier)
            earlier.append(what)
            if named or not _is_named(parsed, figure, names):
                rows.append(_row(parsed, figure, what))
        return rows


def _is_named(parsed: Parsed, figure: Figure, names: Sequence[tuple[int, int]]) -> bool:
    """Returns whether a number is part of a name, a year, a number of a house or a list's numbering."""
    text = parsed.text
    if any(a <= figure.start < b for a, b in names) or _ORDERED.match(text, figure.start):
        return True
    if text[: figure.start].endswith("每"):
        return True  # 每万名居民: what is counted by, no amount
    if figure.unit or figure.kind == "percent":
        return False
    bare = text[slice(*figure.number)]
    return bool(
        _NUMBER_OF_A_THING.match(text, figure.end)
        or re.fullmatch(r"(?:19|20)\d\d|\d{7,}|0\d+", bare)
        or (figure.start == 0 and re.match(r"[.、．)）:]", text[figure.end : figure.end + 1]))
        or re.search(r"[A-Za-z〔\[]$|(?:No|NO|no)\.?$", text[: figure.start])
    )


def _dropped(text: str) -> str:
    """Returns a noun phrase without the times and places that it starts with."""
    before = None
    while before != text:
        before = text
        text = _WHOLE.sub("", _LEADING.sub("", text)).removeprefix("的")
        spans = find_places(text)
        if spans and spans[0].start == 0 and not text[spans[0].end :].startswith(("大学", "学院", "商会")):
            text = text[spans[0].end :].removeprefix("的")
    return text


def _row(parsed: Parsed, figure: Figure, what: Counted) -> LedgerRow:
    evidence, meta = parsed.evidence, parsed.evidence.article
    original = evidence.text
    clause = segment_of(figure, parsed.figures, parsed.clauses, parsed.text).clause
    rest = original[figure.end : max(figure.end, clause[1])]
    place, level = figure_place(
        meta.region,
        (original[: figure.start], rest, evidence.sentence.section, evidence.before),
    )
    time = _time(parsed, figure)
    subject = (
        original[slice(*_find(parsed.text, what.subject))] if what.subject in parsed.text else what.subject
    )
    return LedgerRow.model_construct(
        article_id=meta.article_id,
        title=meta.title,
        publisher=meta.publisher,
        published=meta.published,
        region=meta.region,
        section=evidence.sentence.section,
        subject=subject,
        role=what.role,
        text=original[figure.start : figure.end],
        value=figure.value,
        high=figure.high,
        unit=figure.unit,
        qualifier=figure.qualifier,
        per=what.per,
        place=place,
        level=level,
        as_of=time.iso if time else "",
        time=time.text if time else "",
        sentence=original,
        sentence_start=evidence.start,
        start=evidence.start + figure.start,
        end=evidence.start + figure.end,
        digest=meta.digest,
    )


def _find(text: str, part: str) -> tuple[int, int]:
    at = text.find(part)
    return at, at + len(part)


def _time(parsed: Parsed, figure: Figure) -> TimeMention | None:
    """Returns the time of a figure: its own, else the one that the sentences before carry."""
    if time := governing_time(parsed.times, figure.start):
        return time
    if _PERIOD.search(parsed.text[: figure.start]):
        return None  # 一季度, 上半年: of a year that the sentence leaves to the reader
    before = time_mentions(parsed.evidence.before, parsed.evidence.article.published)
    carried = {m.iso: m for m in before if not m.compared}
    return next(iter(carried.values())) if len(carried) == 1 else None
