"""Verdicts and extracts into one Answer: citations numbered once, figures listed with where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.digest.table import TableRow, as_markdown
from assistant.evidence import Evidence
from assistant.figures import Figure, extract_figures, same_amount
from assistant.finish import listed_figure, passage_fields, statement_line
from assistant.ledger.row import LedgerRow
from assistant.llm.gate import Verdict
from assistant.models import Answer, AnswerEvent, AnswerFigure, Citation, Notice, NoticeKind, Statement
from assistant.reading.times import time_mentions


class Assembly:
    """The answer under way. Gives an event for everything it takes in.

    Args:
        extract: The answer without a model, checked like any.
    """

    def __init__(self, extract: Answer) -> None:
        self._extract = extract
        self._numbers: dict[tuple[str, int], int] = {}
        self._citations: list[Citation] = []
        self._figures: list[AnswerFigure] = []
        self._derived = {f.value: f for f in extract.figures if f.derived_from}
        self.statements: list[Statement] = []
        self.notices: list[Notice] = []

    @property
    def derived(self) -> tuple[str, ...]:
        """Values that follow by arithmetic which was verified for the extract."""
        return tuple(self._derived)

    def holds(self, text: str) -> bool:
        """Returns whether the same was stated already."""
        return any(statement.text.rstrip("。") == text.rstrip("。") for statement in self.statements)

    def notice(self, kind: NoticeKind, text: str) -> AnswerEvent:
        """Takes in a notice."""
        self.notices.append(Notice(kind=kind, text=text))
        return AnswerEvent(kind="notice", notice=self.notices[-1])

    def state(self, verdict: Verdict, section: str = "") -> AnswerEvent:
        """Takes in a claim that stands."""
        cited = [self._number(item) for item in verdict.cites]
        numbers = tuple(dict.fromkeys(number for number, _ in cited))
        statement = Statement(text=verdict.claim.text, citations=numbers, section=section)
        self.statements.append(statement)
        self._figures += self._listed(verdict, dict(zip([n for n, _ in cited], verdict.cites, strict=True)))
        fresh = tuple(citation for _, citation in cited if citation is not None)
        return AnswerEvent(kind="statement", statement=statement, citations=fresh)

    def quote(self, statement: Statement, section: str = "") -> AnswerEvent:
        """Takes in a statement of the extract."""
        fresh, numbers = [], []
        for n in statement.citations:
            number, citation = self._renumber(n)
            numbers.append(number)
            fresh += [citation] if citation is not None else []
        renumbered = statement.model_copy(update={"citations": tuple(numbers), "section": section})
        self.statements.append(renumbered)
        self._figures += [
            self._moved(figure) for figure in self._extract.figures if figure.citation in statement.citations
        ]
        return AnswerEvent(kind="statement", statement=renumbered, citations=tuple(fresh))

    def table(self, rows: Sequence[TableRow]) -> list[str]:
        """Takes in a table of figures and returns it as lines with its heading, none for no rows."""
        numbered = []
        for item in rows:
            number, _ = self._number(item.evidence)
            numbered.append((item, number))
            self._figures.append(_tabled(item.row, number))
        return ["### 主要数字", as_markdown(numbered)] if numbered else []

    def answer(self, name: str | None, tail: Sequence[str], elapsed_ms: float) -> Answer:
        """Returns the whole answer; `name` is the model's, `tail` lines of the product's own voice."""
        versions = [
            conflict.model_copy(
                update={
                    "versions": tuple(
                        v.model_copy(update={"citation": self._renumber(v.citation)[0]})
                        for v in conflict.versions
                    )
                }
            )
            for conflict in self._extract.conflicts
        ]
        unique = {(f.text, f.value, f.unit, f.citation): f for f in self._figures}
        return self._extract.model_copy(
            update={
                "text": "\n\n".join([*self._lines(), *tail]),
                "statements": tuple(self.statements),
                "citations": tuple(self._citations),
                "figures": tuple(unique.values()),
                "notices": tuple(self.notices),
                "conflicts": tuple(versions),
                "mode": "llm" if name else "extractive",
                "model": name,
                "elapsed_ms": elapsed_ms,
            }
        )

    def _lines(self) -> list[str]:
        lines: list[str] = []
        section = ""
        for statement in self.statements:
            if statement.section != section:
                section = statement.section
                lines += [f"### {section}"] if section else []
            lines.append(statement_line(statement))
        return lines

    def _number(self, item: Evidence) -> tuple[int, Citation | None]:
        key = (item.article.article_id, item.start)
        if key in self._numbers:
            return self._numbers[key], None
        return self._added(
            key, Citation.model_validate({"n": len(self._numbers) + 1, **passage_fields(item)})
        )

    def _renumber(self, n: int) -> tuple[int, Citation | None]:
        old = next(c for c in self._extract.citations if c.n == n)
        key = (old.article_id, old.start)
        if key in self._numbers:
            return self._numbers[key], None
        return self._added(key, old.model_copy(update={"n": len(self._numbers) + 1}))

    def _added(self, key: tuple[str, int], citation: Citation) -> tuple[int, Citation]:
        self._numbers[key] = citation.n
        self._citations.append(citation)
        return citation.n, citation

    def _moved(self, figure: AnswerFigure) -> AnswerFigure:
        return figure.model_copy(
            update={
                "citation": self._renumber(figure.citation)[0],
                "derived_from": tuple(self._renumber(n)[0] for n in figure.derived_from),
            }
        )

    def _listed(self, verdict: Verdict, cites: dict[int, Evidence]) -> list[AnswerFigure]:
        """Returns the quantities of a claim, each with the citation whose sentence holds it."""
        text = verdict.claim.text
        figures = extract_figures(text)
        found: list[AnswerFigure] = []
        for figure in figures:
            if not figure.is_quantity:
                continue
            holder = next((n for n, item in cites.items() if _holds(item, figure)), None)
            if holder is None:
                if figure.value in self._derived:
                    found.append(self._moved(self._derived[figure.value]))
                continue
            times = time_mentions(text, cites[holder].article.published, figures)
            found.append(listed_figure(figure, times, holder))
        return found


def _tabled(row: LedgerRow, number: int) -> AnswerFigure:
    return AnswerFigure(
        text=row.text,
        value=row.value,
        unit=row.unit,
        qualifier=row.qualifier,
        as_of=row.as_of if "/" not in row.as_of else "",
        citation=number,
    )


def _holds(item: Evidence, figure: Figure) -> bool:
    return any(same_amount(figure, other) for other in extract_figures(item.text))
