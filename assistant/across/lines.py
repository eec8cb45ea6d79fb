"""Lines of an answer over several figures, each made of parts that the one checker passes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.across.arithmetic import Derived, verified
from assistant.checking.checker import Checker
from assistant.draft import support
from assistant.evidence import Evidence
from assistant.figures import extract_figures
from assistant.ledger.row import LedgerRow

# What the product itself says in such lines; everything else must be borne out by what is cited.
_FRAME = re.compile(
    r"(?:口径不同|时间不同|单位不同|层级不同|数的对象名称不同|性质不同|有数字可查的|各篇说法不一|作|原文数据不一致|按|和|计算|增长|下降|原文写作|处中|合计|相差|更高|更多|更大|更低|更少|更早|更晚|最高|最多|最低|最少|平均每|平均|余下|占比|相同|两者|原文未注明时间|原文未写明|据列举计数|全国级?|省级|市级|县（区）级|乡镇级|村级|未写明层级|数量|增减幅度|的|是|比|高|多|少|低|约|天|[；，。：、（）“”\s])*"
)


_OF_LABELS = frozenset({"place", "date", "name", "figure", "time"})
_OF_CLAUSES = frozenset({"modality", "negation", "direction", "scope", "frequency"})


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line with what it rests on."""

    text: str
    cites: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class LineFigure:
    """A figure shown in a line: cited, or derived from cited ones."""

    text: str
    value: str
    unit: str
    qualifier: str
    as_of: str
    evidence: Evidence
    derived_from: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of an answer.

    Attributes:
        text: Markdown without markers.
        parts: Its pieces, each checked against its own evidence alone.
        derived: Results of arithmetic that it shows.
        counts: Numbers that follow by counting, verified where they were made.
        labels: Places, years and names that its pieces are called by.
        sources: Titles and dates of cited articles as the library holds them, no words of their sentences.
        cells: The cells of a row of a table.
        whole: True if `text` itself is checked as one statement.
        note: What the product adds beside it, no claim of the article's: a year that is left open.
    """

    text: str
    cites: tuple[Evidence, ...]
    parts: tuple[Part, ...] = ()
    figures: tuple[LineFigure, ...] = ()
    derived: tuple[Derived, ...] = ()
    counts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    whole: bool = False
    note: str = ""


def stands(checker: Checker, line: Line) -> bool:
    """Returns whether a line is borne out.

    Each part passes the checker against its own evidence alone; arithmetic is computed anew; and nothing
    else is said but the labels of the sides and the words of a closed list.
    """
    if not line.cites or not all(verified(d) for d in line.derived):
        return False
    if line.whole:
        return not checker.check(line.text, [support(e) for e in line.cites])
    if any(_faults(checker, part) for part in line.parts):
        return False
    labels = [label for label in line.labels if label and label in line.text]
    if not all(any(_is_called(checker, label, e) for e in line.cites) for label in labels):
        return False
    return _FRAME.fullmatch(_residue(line, labels)) is not None


def _is_called(checker: Checker, label: str, evidence: Evidence) -> bool:
    """Returns whether a sentence, or its place in the article, bears out what a side is called."""
    return not any(f.kind in _OF_LABELS for f in checker.check(label, [support(evidence)]))


def _faults(checker: Checker, part: Part) -> bool:
    """Returns whether a piece is not borne out; a name or a time alone says nothing of what was planned or denied."""
    findings = checker.check(part.text, [support(e) for e in part.cites])
    if any(f.is_quantity for f in extract_figures(part.text)):
        return bool(findings)
    return any(f.kind not in _OF_CLAUSES for f in findings)


def _residue(line: Line, labels: Sequence[str]) -> str:
    """Returns what is left of a line's text without its parts, labels and results."""
    pieces = [p.text for p in line.parts] + [*labels, *line.counts, *line.sources]
    pieces += [x for d in line.derived for x in (d.formula, d.text)]
    text = line.text
    for piece in sorted(filter(None, pieces), key=len, reverse=True):
        text = text.replace(piece, "；")
    return text


def row_figure(row: LedgerRow, evidence: Evidence) -> LineFigure:
    """Returns a row of the ledger as a figure of a line."""
    as_of = row.as_of if "/" not in row.as_of else ""
    return LineFigure(row.text, row.value, row.unit, row.qualifier, as_of, evidence)


def derived_figure(derived: Derived, cites: Sequence[Evidence]) -> LineFigure:
    """Returns a result of arithmetic as a figure of a line."""
    qualifier = "" if derived.exact else "约"
    return LineFigure(derived.text, derived.value, derived.unit, qualifier, "", cites[0], tuple(cites))
