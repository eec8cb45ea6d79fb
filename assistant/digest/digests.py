"""Answers a question for a longer text with a digest: sentences of the articles, each cited and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.checking.checker import Checker
from assistant.compose import whole_sentence
from assistant.digest.planning import Plan, PlannedSection, Planner, Turn
from assistant.digest.table import TableRow, figure_rows
from assistant.digest.tasks import find_task
from assistant.draft import support
from assistant.evidence import Evidence
from assistant.finish import nearest
from assistant.ledger.row import LedgerRow
from assistant.llm.assembly import Assembly
from assistant.llm.gate import Verdict
from assistant.llm.parsing import Claim
from assistant.llm.trail import Section, Trail
from assistant.models import Answer, AnswerEvent
from assistant.orders import gives_orders

UNCLEAR = "请说明是哪一篇文章，例如：概括《题名》；文章的题名见「资料库」。"
_NAMES = {"summary": "概括", "briefing": "综述", "sentence": "可用于材料的表述"}


class Digests:
    """Writes digests.

    Args:
        planner: Finds what a text rests on.
        checker: The check that every statement passes.
        rows_of: A sentence → its figures as the ledger knows them.
        is_noun: Whether a text ends in a noun.
    """

    def __init__(
        self,
        planner: Planner,
        checker: Checker,
        rows_of: Callable[[Evidence], Sequence[LedgerRow]],
        is_noun: Callable[[str], bool],
    ) -> None:
        self._planner = planner
        self._checker = checker
        self._rows_of = rows_of
        self._is_noun = is_noun

    def plan(self, text: str, history: Sequence[Turn], scope: frozenset[str] | None) -> Plan | None:
        """Returns what a normalised question's longer text is made of, None if it asks for none."""
        task = find_task(text)
        return None if task is None else self._planner.plan(task, history, scope)

    def write(self, plan: Plan, question: str, trail: Trail) -> Iterator[AnswerEvent]:
        """Yields the steps of the digest; fills the trail for a model that may write in its place."""
        name = _NAMES[plan.task.manner]
        understood = f"{question}（写{name}：{plan.about}）"
        yield AnswerEvent(kind="understood", text=understood)
        base = Answer(
            question=question,
            standalone_question=question,
            understood=understood,
            status="grounded",
            text="",
        )
        book = Assembly(base)
        for section in plan.sections:
            yield from self._stated(section, book)
        if not book.statements:
            yield AnswerEvent(kind="final", answer=_not_told(base, plan))
            return
        rows = self._table(plan)
        trail.manner = plan.task.manner
        trail.sections.extend(Section(_shown(s), s.pool) for s in plan.sections)
        trail.table = rows
        tail = book.table(rows)
        yield AnswerEvent(kind="final", answer=book.answer(None, tail, 0.0))

    def _stated(self, section: PlannedSection, book: Assembly) -> Iterator[AnswerEvent]:
        for item in section.chosen:
            for text in dict.fromkeys((_ended(whole_sentence(item)), item.text.strip())):
                if not self._checker.check(text, [support(item)]):
                    yield book.state(Verdict(Claim(text, ()), (item,)), _shown(section))
                    break

    def _table(self, plan: Plan) -> tuple[TableRow, ...]:
        if plan.task.manner != "briefing":
            return ()
        return figure_rows([e for s in plan.sections for e in s.chosen], self._rows_of, self._is_noun)


def _ended(text: str) -> str:
    return (
        text if text.endswith(("。", "！", "？", "!", "?", "”", "）")) else text.rstrip("；;，,、:： ") + "。"
    )


def _shown(section: PlannedSection) -> str:
    return "" if gives_orders(section.heading) else section.heading


def _not_told(base: Answer, plan: Plan) -> Answer:
    text = (
        UNCLEAR if plan.unclear else f"文章没有提到“{plan.about}”，写不出有依据的{_NAMES[plan.task.manner]}。"
    )
    return base.model_copy(update={"status": "abstained", "text": text, "nearest": nearest(plan.nearest)})
