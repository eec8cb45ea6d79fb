"""A result into checked statements and the Answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant import phrases
from assistant.across.lines import Line, LineFigure, stands
from assistant.across.result import Dispute, Result
from assistant.checking.checker import Checker
from assistant.figures import extract_figures, same_amount
from assistant.finish import Citations, incomplete_notices, nearest, statement_line
from assistant.models import Answer, AnswerEvent, AnswerFigure, Conflict, ConflictVersion, Notice, Statement
from retrieval import ArticleMeta


@dataclass(slots=True)
class _Page:
    """What has been written so far."""

    citations: Citations = field(default_factory=Citations)
    statements: list[Statement] = field(default_factory=list)
    figures: list[AnswerFigure] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    table: list[str] = field(default_factory=list)
    articles: list[ArticleMeta] = field(default_factory=list)


def write(result: Result, checker: Checker, question: str, standalone: str) -> Iterator[AnswerEvent]:
    """Yields the checked statements of a result, then the Answer."""
    page = _Page()
    understood = f"{standalone}（{result.understood}）"
    yield AnswerEvent(kind="understood", text=understood)
    dropped = False
    for line in result.lines:
        if not stands(checker, line):
            dropped = True
            continue
        numbers, fresh = page.citations.cite(line.cites)
        note = f"（注：{line.note}）" if line.note else ""
        statement = Statement(text=line.text + note, citations=numbers)
        if any(s.text == statement.text for s in page.statements):
            continue
        page.statements.append(statement)
        page.articles += [e.article for e in line.cites]
        page.figures += [answer_figure(f, page.citations) for f in (*line.figures, *_other_figures(line))]
        _lay_out(page, line, statement, result.heading)
        yield AnswerEvent(kind="statement", statement=statement, citations=fresh)
    if dropped:
        page.notices.append(Notice(kind="dropped", text=phrases.DROPPED))
        yield AnswerEvent(kind="notice", notice=page.notices[-1])
    _end_table(page, result.heading)
    yield AnswerEvent(kind="final", answer=_answer(result, page, question, standalone, understood, dropped))


def _other_figures(line: Line) -> list[LineFigure]:
    """Returns the amounts that a line's words hold beside its own figures (每万人), where a cited sentence has them."""
    listed = {f.value for f in line.figures}
    return [
        LineFigure(f.text, f.value, f.unit, f.qualifier, "", evidence)
        for f in extract_figures(line.text)
        if f.is_quantity and f.value not in listed
        for evidence in line.cites
        if any(same_amount(f, held) for held in extract_figures(evidence.text))
    ]


def _lay_out(page: _Page, line: Line, statement: Statement, heading: Sequence[str]) -> None:
    """Puts a statement on the page: into the table if it is a row of one, else as a paragraph of its own."""
    if line.cells and heading:
        marks = "".join(f"[{n}]" for n in statement.citations)
        page.table.append("| " + " | ".join((*map(_cell, line.cells), marks)) + " |")
        return
    _end_table(page, heading)
    page.blocks.append(statement_line(statement))


def _end_table(page: _Page, heading: Sequence[str]) -> None:
    if page.table:
        head = ["| " + " | ".join((*heading, "出处")) + " |", "|" + " --- |" * (len(heading) + 1)]
        page.blocks.append("\n".join([*head, *page.table]))
        page.table = []


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "／").split())


def answer_figure(figure: LineFigure, citations: Citations) -> AnswerFigure:
    """Returns a figure of a line as the answer lists it."""
    numbers, _ = citations.cite([figure.evidence])
    derived, _ = citations.cite(figure.derived_from) if figure.derived_from else ((), ())
    return AnswerFigure(
        text=figure.text,
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        as_of=figure.as_of,
        citation=numbers[0],
        derived_from=derived,
    )


def _answer(
    result: Result, page: _Page, question: str, standalone: str, understood: str, dropped: bool
) -> Answer:
    blocks = page.blocks
    if not page.statements:
        what = standalone.strip(" ?？。")
        blocks = [f"文章没有提到：“{what}”。库中文章没有给出能够回答它的内容；下面列出最接近的原文供参考。"]
    elif result.said:
        blocks = [*blocks, result.said] if result.heading else [result.said, *blocks]
    complete = not result.missing and not dropped
    status = "abstained" if not page.statements else "grounded" if complete else "partial"
    return Answer(
        question=question,
        standalone_question=standalone,
        understood=understood,
        status=status,
        short_answer=result.short if page.statements and _short_holds(result, page, dropped) else "",
        text="\n\n".join(blocks),
        statements=tuple(page.statements),
        citations=tuple(page.citations.all),
        figures=tuple(page.figures),
        notices=(*page.notices, *incomplete_notices(page.articles)),
        conflicts=tuple(conflict(d, page.citations) for d in result.disputes) if page.statements else (),
        nearest=nearest(result.nearest) if status != "grounded" else (),
    )


def _short_holds(result: Result, page: _Page, dropped: bool) -> bool:
    """Returns whether the bare result rests on statements that passed the check."""
    return not dropped or len(page.statements) == len({line.text for line in result.lines})


def conflict(dispute: Dispute, citations: Citations) -> Conflict:
    """Returns a dispute as the answer lists it."""
    versions = []
    for version in dispute.versions:
        numbers, _ = citations.cite([version.evidence])
        versions.append(ConflictVersion(text=version.text, as_of=version.as_of, citation=numbers[0]))
    return Conflict(about=dispute.about, versions=tuple(versions))
