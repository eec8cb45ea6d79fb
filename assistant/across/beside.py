"""What stands beside a plain answer: other articles' versions, figures that do not agree, a count of listed items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from assistant.across.conflicts import dispute_line, find_dispute
from assistant.across.consistency import Told, inconsistencies
from assistant.across.counting import asks_to_count, count_listed, names_it
from assistant.across.lines import Line, stands
from assistant.across.operands import Found, OperandReader, Read, RowsOf
from assistant.across.result import Dispute, Result
from assistant.across.writing import answer_figure, conflict
from assistant.checking.checker import Checker
from assistant.decide import Choice
from assistant.evidence import ArticleSource, Evidence, whole_article
from assistant.finish import Citations, statement_line
from assistant.models import Answer, AnswerEvent, Statement
from assistant.reading.asked import Asked
from assistant.reading.reader import Candidate

_NAMED = 0.5  # how well a word must be met to count as named
_BEFORE = 2  # sentences before a cited one whose figures may be the terms of its rates


class ReadPart(Protocol):
    """One part of a question as the pipeline has read it."""

    @property
    def asked(self) -> Asked:
        """What was asked."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences found."""

    @property
    def choice(self) -> Choice:
        """What was decided."""


class Beside:
    """Adds to a plain answer what must not be left unsaid."""

    def __init__(
        self, *, read: Read, operands: OperandReader, rows_of: RowsOf, source: ArticleSource, checker: Checker
    ) -> None:
        self._read = read
        self._operands = operands
        self._rows_of = rows_of
        self._source = source
        self._checker = checker

    def counted(self, parts: Sequence[ReadPart], scope: frozenset[str] | None) -> Result | None:
        """Returns a count of listed items for a question that no total answers, None where nothing is listed."""
        if len(parts) != 1 or parts[0].asked.question.kind != "count":
            return None
        asked, chosen = parts[0].asked, parts[0].choice.chosen
        noun = asks_to_count(asked.question.text)
        if not noun or (chosen and self._is_of(chosen[0], noun)):
            return None
        without = re.sub(
            rf"(?:多少|几)[所家个份项支种类条部场位名座]?(?:[一-鿿]{{0,4}})?{noun}", "", asked.question.text
        )
        within = self._operands.scope_of(asked.places[-1], scope) if asked.places else scope
        reading = self._read(without, within, "list")
        return count_listed(reading, noun, asked.question.text, self._operands.match)

    def _is_of(self, candidate: Candidate, noun: str) -> bool:
        """Returns whether a figure counts the thing asked about."""
        row = self._operands.row_at(candidate)
        if row is None:
            return False
        if row.unit != "个":
            return True  # a measure word of its own tells what is counted
        right = candidate.parsed.text[slice(*candidate.span.segment.right)][:12]
        left = candidate.parsed.text[slice(*candidate.span.segment.left)][-12:]
        return names_it(noun, f"{row.subject} {left} {right}")

    def remarks(self, parts: Iterable[ReadPart]) -> tuple[list[Line], list[Dispute]]:
        """Returns the lines to be added to an answer, and the disputes among them."""
        lines: list[Line] = []
        disputes: list[Dispute] = []
        for part in parts:
            for candidate in part.choice.chosen[:1]:
                if (dispute := self.dispute(candidate, part.evidence)) is not None:
                    disputes.append(dispute[0])
                    lines.append(dispute[1])
            for candidate in part.choice.chosen:
                lines += self._inconsistent(candidate.evidence)
        return lines, disputes

    def over(self, result: Result, found: Iterable[Found]) -> Result:
        """Returns a result with what must not be left unsaid of its sides."""
        lines: list[Line] = []
        disputes: list[Dispute] = []
        for side in found:
            if side.candidate is None or side.row is None:
                continue
            if (dispute := self.dispute(side.candidate, side.around)) is not None:
                disputes.append(dispute[0])
                lines.append(dispute[1])
            lines += self._inconsistent(side.evidence)
        if not lines:
            return result
        return replace(result, lines=(*result.lines, *lines), disputes=(*result.disputes, *disputes))

    def dispute(self, candidate: Candidate, others: Sequence[Evidence]) -> tuple[Dispute, Line] | None:
        """Returns how other articles differ on a figure, with the line that says so."""
        row = self._operands.row_at(candidate) if candidate.span.type == "figure" else None
        if row is None:
            return None
        alike = [e for e in others if self._names_the_same(candidate, e)]
        found = find_dispute(row, candidate.evidence, alike, self._rows_of)
        if found is None:
            return None
        rows = [next(r for r in self._rows_of(v.evidence) if r.text == v.text) for v in found.versions]
        return found, dispute_line(found, rows)

    def _names_the_same(self, candidate: Candidate, other: Evidence) -> bool:
        """Returns whether a sentence names all that the question names and the answer's sentence meets.

        Another school's or company's pupils are no other version of this one's.
        """
        around = f"{other.text} {other.context} {other.before}"
        named = (t for t, met, _ in candidate.coverage.by_term if t.carries and met >= _NAMED)
        return all(self._operands.match(t.text, around) >= _NAMED for t in named)

    def _inconsistent(self, evidence: Evidence) -> list[Line]:
        """Returns where the figures of a cited sentence do not agree with each other."""
        here = [Told(r, evidence) for r in self._rows_of(evidence)]
        if not any(t.row.unit == "%" for t in here) and len(here) < 3:
            return []
        before: list[Told] = []
        if any(t.row.role == "change" and t.row.unit == "%" for t in here):
            before = [Told(r, e) for e in self._earlier(evidence) for r in self._rows_of(e)]
        return inconsistencies(here, before)

    def _earlier(self, evidence: Evidence) -> list[Evidence]:
        article = self._source.article(evidence.article.article_id)
        every = whole_article(article, self._source.sentences(article.article_id))
        at = next((i for i, e in enumerate(every) if e.start == evidence.start), 0)
        section = evidence.sentence.section
        return [e for e in every[max(0, at - _BEFORE) : at] if e.sentence.section == section]

    def complete(self, events: Iterable[AnswerEvent], parts: Sequence[ReadPart]) -> Iterator[AnswerEvent]:
        """Yields the events of a plain answer, what stands beside it added before the last."""
        for event in events:
            if event.kind != "final" or event.answer is None or not event.answer.statements:
                yield event
                continue
            lines, disputes = self.remarks(parts)
            kept = [line for line in lines if stands(self._checker, line)]
            answer, fresh = _added(event.answer, kept, disputes)
            yield from fresh
            yield AnswerEvent(kind="final", answer=answer)


def _added(
    answer: Answer, lines: Sequence[Line], disputes: Sequence[Dispute]
) -> tuple[Answer, list[AnswerEvent]]:
    """Returns an answer with further checked statements, and the events that show them."""
    if not lines:
        return answer, []
    citations = Citations.resumed(answer.citations)
    statements, figures, events = list(answer.statements), list(answer.figures), []
    for line in lines:
        numbers, fresh = citations.cite(line.cites)
        statement = Statement(text=line.text, citations=numbers)
        statements.append(statement)
        figures += [answer_figure(f, citations) for f in line.figures]
        events.append(AnswerEvent(kind="statement", statement=statement, citations=fresh))
    added = "\n\n".join(statement_line(s) for s in statements[len(answer.statements) :])
    short = answer.short_answer
    if disputes and len(disputes[0].versions) > 1 and len(answer.statements) == 1:
        newest, *others = [v.text for v in disputes[0].versions]
        short = f"{newest}（另有文章作{'、'.join(dict.fromkeys(o for o in others if o != newest))}）"
    changed = {
        "text": f"{answer.text}\n\n{added}",
        "statements": tuple(statements),
        "figures": tuple(figures),
        "citations": tuple(citations.all),
        "conflicts": (*answer.conflicts, *(conflict(d, citations) for d in disputes)),
        "short_answer": short,
    }
    return answer.model_copy(update=changed), events
