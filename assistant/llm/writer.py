"""A chat model writes over the evidence of an extract; what does not pass the check is never shown."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from assistant.digest.table import TableRow
from assistant.figures import extract_figures, same_figure
from assistant.finish import statement_line
from assistant.llm import wording
from assistant.llm.assembly import Assembly
from assistant.llm.calls import Caller
from assistant.llm.failures import ModelFailure, failure_line
from assistant.llm.gate import Gate, Verdict
from assistant.llm.offer import Offer, make_offer
from assistant.llm.parsing import says_nothing
from assistant.llm.ports import ModelState
from assistant.llm.restating import restated
from assistant.llm.trail import Again, Trail
from assistant.models import Answer, AnswerEvent, Statement
from assistant.orders import visible
from prompts import one_line

MOST_STATEMENTS = 12
_MOST_FAULTS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of the model in one call: a prompt with its values, over an offer.

    `fallback` are the digest's statements that stand in where nothing of the call passes.
    """

    prompt: str
    values: dict[str, str]
    offer: Offer
    heading: str = ""
    fallback: tuple[Statement, ...] = ()


class ChatGenerator:
    """A Generator that has a chat model write, part by part."""

    def __init__(self, caller: Caller, gate: Gate, words: Callable[[str], Sequence[str]]) -> None:
        self._caller = caller
        self._gate = gate
        self._words = words

    def state(self) -> ModelState:
        """Returns how the model stands."""
        return self._caller.state()

    def rewrite(
        self, steps: Iterator[AnswerEvent], trail: Trail, again: Again | None = None
    ) -> Iterator[AnswerEvent]:
        """Yields what is understood at once, then the model's claims as they pass, then the rest."""
        began = time.perf_counter()
        held: list[AnswerEvent] = []
        extract = yield from _extracted(steps, held)
        if extract.status == "abstained" and again is not None and again.history:
            text = restated(self._caller, self._words, extract.question, again.history)
            if text:
                steps, trail = again.ask(text)
                held = []
                anew = yield from _extracted(steps, held)
                extract = anew.model_copy(update={"question": extract.question})
        parts = _parts(extract, trail) if extract.status in {"grounded", "partial"} else []
        if not parts:
            yield from held
            yield AnswerEvent(kind="final", answer=extract)
            return
        yield from self._write(extract, parts, held, trail.table, began)

    def _write(
        self,
        extract: Answer,
        parts: Sequence[Part],
        held: Sequence[AnswerEvent],
        table: Sequence[TableRow],
        began: float,
    ) -> Iterator[AnswerEvent]:
        book = Assembly(extract)
        for event in held:
            if event.notice is not None:
                yield book.notice(event.notice.kind, event.notice.text)
        failure = yield from self._fill_all(parts, book)
        written = len(book.statements)
        reason = failure_line(failure.kind, self._caller.chat.place) if failure else ""
        if not reason and not _answers(book, extract):
            reason = wording.NOT_ANSWERED
        if reason:
            yield book.notice("fell_back", wording.fell_back(reason))
            yield from _quoted(_left(extract, book), book, wording.EXCERPT if written else "")
        elapsed = round((time.perf_counter() - began) * 1000, 2)
        tail = [*book.table(table), *_own_lines(extract)]
        answer = book.answer(self._caller.chat.name, tail, elapsed)
        if not written:
            answer = answer.model_copy(update={"mode": "extractive", "model": None, "text": extract.text})
        yield AnswerEvent(kind="final", answer=answer)

    def _fill_all(
        self, parts: Sequence[Part], book: Assembly
    ) -> Generator[AnswerEvent, None, ModelFailure | None]:
        """Yields what the model writes for every part; returns what has stopped it, if anything did."""
        try:
            for part in parts:
                before = len(book.statements)
                yield from self._fill(part, book)
                if part.fallback and len(book.statements) == before:
                    yield book.notice("fell_back", wording.fell_back(wording.NOT_ANSWERED))
                    yield from _quoted(part.fallback, book, part.heading)
        except ModelFailure as failure:
            return failure
        return None

    def _fill(self, part: Part, book: Assembly) -> Iterator[AnswerEvent]:
        """Yields what the model writes for a part; what fails is asked for once more, then left out."""
        failing: list[Verdict] = []
        before, claims = len(book.statements), 0
        for verdict in self._verdicts(part, part.prompt, part.values, book):
            claims += 1
            if not verdict.stands:
                failing.append(verdict)
            elif not book.holds(verdict.claim.text) and len(book.statements) - before < MOST_STATEMENTS:
                yield book.state(verdict, part.heading)
        if failing or not claims:
            yield from self._repair(part, failing, book)

    def _repair(self, part: Part, failing: Sequence[Verdict], book: Assembly) -> Iterator[AnswerEvent]:
        lines = [f"- {one_line(v.claim.text)}（{one_line(v.reason)}）" for v in failing[:_MOST_FAULTS]]
        faults = _harmless("\n".join(lines)) or "- 上次的回复里没有一句标了证据编号的话，请按写法重写。"
        question = part.values.get("question") or part.values.get("part", "")
        values = {"evidence": part.values["evidence"], "faults": faults, "question": question}
        mended = 0
        try:
            for verdict in self._verdicts(part, "repair", values, book):
                if verdict.stands and not book.holds(verdict.claim.text) and mended < max(len(failing), 6):
                    mended += 1
                    yield book.state(verdict, part.heading)
        except ModelFailure:
            if not mended and not failing:
                raise
        if mended and failing:
            yield book.notice("repaired", wording.repaired(min(mended, len(failing))))
        if len(failing) > mended:
            yield book.notice("dropped", wording.dropped(len(failing) - mended))

    def _verdicts(self, part: Part, prompt: str, values: dict[str, str], book: Assembly) -> Iterator[Verdict]:
        for claim in self._caller.claims(prompt, **values):
            if not says_nothing(claim):
                yield self._gate.judge(claim, part.offer, book.derived)


def _extracted(steps: Iterator[AnswerEvent], held: list[AnswerEvent]) -> Generator[AnswerEvent, None, Answer]:
    """Yields what is understood, keeps the other steps in `held`, and returns the extract."""
    extract: Answer | None = None
    for event in steps:
        if event.kind == "understood":
            yield event
        elif event.answer is not None:
            extract = event.answer
        else:
            held.append(event)
    assert extract is not None
    return extract


def _left(extract: Answer, book: Assembly) -> list[Statement]:
    """Returns the extract's statements of the sections that the model has not written."""
    done = {statement.section for statement in book.statements} - {""}
    return [statement for statement in extract.statements if statement.section not in done]


def _quoted(statements: Sequence[Statement], book: Assembly, section: str) -> Iterator[AnswerEvent]:
    for statement in statements:
        if not book.holds(statement.text):
            yield book.quote(statement, statement.section or section)


def _parts(extract: Answer, trail: Trail) -> list[Part]:
    if trail.sections:
        return _section_parts(extract, trail)
    answered = [read for read in trail.reads if read.choice.chosen]
    cited = {(c.article_id, c.start) for c in extract.citations}
    every = [e for read in answered for e in read.evidence]
    first = [e for e in every if (e.article.article_id, e.start) in cited]
    close = [c.evidence for read in answered for c in (*read.choice.chosen, *read.choice.runners)]
    offer = make_offer([*first, *close], sorted(every, key=lambda e: e.rank))
    if not offer.sentences:
        return []
    question = _harmless(one_line(visible(extract.standalone_question or extract.question)))
    return [Part("answer", {"evidence": offer.fenced(), "question": question}, offer)]


def _section_parts(extract: Answer, trail: Trail) -> list[Part]:
    from prompts import load

    parts = []
    manner = load(f"manner_{trail.manner}").text.strip()
    task = _harmless(one_line(visible(extract.standalone_question or extract.question)))
    for section in trail.sections:
        offer = make_offer(section.evidence)
        if offer.sentences:
            heading = _harmless(one_line(section.heading)) or "全文"
            values = {"evidence": offer.fenced(), "manner": manner, "part": heading, "task": task}
            own = tuple(s for s in extract.statements if s.section == section.heading)
            parts.append(Part("write", values, offer, section.heading, own))
    return parts


def _harmless(text: str) -> str:
    """Returns the text without what looks like our fences."""
    return text.replace("<<<", "《").replace(">>>", "》")


def _own_lines(extract: Answer) -> list[str]:
    """Returns what the extract says in the product's own voice: what is not in the articles."""
    stated = {statement_line(s) for s in extract.statements}
    return [line for line in extract.text.split("\n\n") if line not in stated and extract.status == "partial"]


def _answers(book: Assembly, extract: Answer) -> bool:
    """Returns whether what passed gives what the extract answers: its figures, names, or its sentences."""
    if not book.statements:
        return False
    text = _bare("".join(s.text for s in book.statements))
    wanted = [f for f in extract_figures(extract.short_answer) if f.is_quantity]
    if wanted:
        have = [f for s in book.statements for f in extract_figures(s.text)]
        return all(any(same_figure(f, other) for other in have) for f in wanted)
    if extract.short_answer:
        return all(_bare(item) in text for item in re.split("[、（]", extract.short_answer)[:1])
    return True


def _bare(text: str) -> str:
    return re.sub(r"[\s“”‘’「」『』《》\"'（）()]", "", text)
