"""One question asked of every place: a table of figures, or a cited line for each; who has the most."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.across.caveats import Side, caveats
from assistant.across.compare import source_line
from assistant.across.fitting import alike, comparable
from assistant.across.lines import Line, Part, row_figure
from assistant.across.operands import Found, OperandReader, Read
from assistant.across.plan import Operand, Plan
from assistant.across.reading import Reading
from assistant.across.result import Result, unique
from assistant.across.statements import nearly, statements
from assistant.decide import choose
from assistant.figures import same_unit
from assistant.ledger.places import region_places
from assistant.ledger.row import LedgerRow
from assistant.reading.reader import Candidate
from retrieval import ArticleMeta, Hit, Query

_MOST_ARTICLES = 14
_MOST_NAMED = 12
_LEAST = 0.62
_LEAST_STATEMENT = 0.5
_LIKE = 0.12
_WEAK = 0.42
_THINGS = frozenset("个 家 所 处 座 支".split())
_NAMED = re.compile(r"《[^《》]*》|“[^“”]*”")
_AROUND = 40  # characters around such a name in which it is told what the name is for
_EVENT = re.compile("期间|投入|招募|出动|现场|仪式|集市|当天|承诺活动")
HEADING = ("地区", "数字", "数的对象", "时间")


class Everywhere:
    """Asks one question of every place that the articles are about.

    Args:
        search: Query → hits.
        articles: All articles' metadata.
        read: Question and scope → candidates.
        reader: Gives the ledger's rows of candidates.
    """

    def __init__(
        self,
        *,
        search: Callable[[Query], list[Hit]],
        articles: Callable[[], list[ArticleMeta]],
        read: Read,
        reader: OperandReader,
    ) -> None:
        self._search = search
        self._articles = articles
        self._read = read
        self._reader = reader

    def answer(self, plan: Plan, scope: frozenset[str] | None) -> Result:
        """Returns a table by place, a line for each place, or who has the most."""
        metas = [m for m in self._candidates(plan.stem, scope) if m.region]
        if plan.measure != "figure":
            result = self._statements(plan, metas)
        else:
            result = _together([
                self._figures(replace(plan, stem=stem), metas) for stem in (plan.stem, *plan.more)
            ])
        every = sum(1 for m in self._articles() if m.region and (scope is None or m.article_id in scope))
        if len(metas) < every and result.lines:
            return replace(result, said=f"{result.said}以上只看了最相关的{len(metas)}篇文章。")
        return result

    def _candidates(self, stem: str, scope: frozenset[str] | None) -> list[ArticleMeta]:
        """Returns the articles that may tell, those that fit best first."""
        metas = [m for m in self._articles() if scope is None or m.article_id in scope]
        if len(metas) <= _MOST_ARTICLES:
            return metas
        known = {m.article_id: m for m in metas}
        hits = self._search(Query(text=stem, scope=scope, top_k=_MOST_ARTICLES, per_article=True))
        return [known[h.article_id] for h in hits if h.article_id in known]

    def _figures(self, plan: Plan, metas: Sequence[ArticleMeta]) -> Result:
        readings = [self._read(plan.stem, frozenset([meta.article_id])) for meta in metas]
        sides = [side for reading in readings for side in self._of_article(reading)]
        sides = _alike_ones(sides)
        if sides:
            told = {s.row.article_id for s in sides}
            units = {s.row.unit for s in sides}
            for meta, reading in zip(metas, readings, strict=True):
                if meta.article_id not in told:
                    sides += self._weaker(reading, units)
        sides = _one_each(sides)
        nearest = [c.evidence for reading in readings for c in reading.candidates[:1]]
        understood = f"各地汇总：{plan.stem}"
        silent = self._silent(sides, metas)
        if not sides:
            return Result(missing=("各地数字",), nearest=tuple(nearest), understood=understood)
        if plan.operation == "most":
            return _winner(plan, sides, silent, understood)
        notes = caveats(sides, same_thing=True, same_time=True) if len(sides) > 1 else []
        lines = (*notes, *(_table_row(s) for s in sides))
        said = f"没有给出这一数字的：{silent}。" if silent else ""
        return Result(
            lines,
            "；".join(f"{s.label}{s.row.text}" for s in sides),
            (),
            said,
            heading=HEADING,
            understood=understood,
        )

    def _of_article(self, reading: Reading) -> list[Side]:
        """Returns the figures of one article that answer, one for each place it gives one of."""
        figures = [c for c in reading.candidates if c.span.type == "figure"][:12]
        if not figures or not _answers(reading, figures[0]):
            return []
        found: dict[str, Side] = {}
        first = self._reader.row_at(figures[0])
        for c in figures:
            row = self._reader.row_at(c)
            if (
                row is None
                or first is None
                or c.score < figures[0].score - _LIKE
                or _of_event(c, row, reading)
            ):
                continue
            if not self._reader.is_about(reading.asked, row, _name_around(c)):
                continue
            own = row.place if row.unit else ""  # a bare number counts nothing that a table could hold
            if (
                own
                and own not in found
                and (row is first or (comparable(row, first) and alike(row.subject, first.subject) >= 0.6))
            ):
                found[own] = Side(own, row, c.evidence)
        return list(found.values())

    def _weaker(self, reading: Reading, units: Collection[str]) -> list[Side]:
        """Returns the figure of an article that is told less plainly, where others give one in that unit."""
        head = reading.asked.head
        for c in [c for c in reading.candidates if c.span.type == "figure"][:3]:
            row = self._reader.row_at(c)
            met = {t: credit for t, credit, _ in c.coverage.by_term}
            plain = head is None or met.get(head, 0.0) >= 0.3
            if row and row.unit in units and plain and self._weakly(c, row, reading):
                return [Side(row.place, row, c.evidence)] if row.place else []
        return []

    def _weakly(self, candidate: Candidate, row: LedgerRow, reading: Reading) -> bool:
        about = self._reader.is_about(reading.asked, row, _name_around(candidate))
        enough = candidate.score >= _WEAK and candidate.coverage.lacking <= 0.35
        return about and enough and not _of_event(candidate, row, reading)

    def _statements(self, plan: Plan, metas: Sequence[ArticleMeta]) -> Result:
        """Returns a cited line for each place that says something, and who says nothing."""
        readings = [self._read(plan.stem, frozenset([meta.article_id])) for meta in metas]
        answers = [statements(reading) for reading in readings]
        answers = [a if a and a[0].score >= _LEAST_STATEMENT else [] for a in answers]
        partly = not any(answers)
        if partly:
            answers = [nearly(reading) for reading in readings]
        lines: list[Line] = []
        told: list[str] = []
        shorts: list[str] = []
        nearest = [c.evidence for reading in readings for c in reading.candidates[:1]]
        for meta, chosen in zip(metas, answers, strict=True):
            if not chosen:
                continue
            label = _name_of(meta)
            told.append(label)
            lines += [source_line(Found(Operand(label, plan.stem, label), candidate)) for candidate in chosen]
            if chosen[0].span.type != "sentence":
                shorts.append(f"{label}：{chosen[0].span.text}")
        understood = f"各地情况：{plan.stem}"
        if not lines:
            return Result(missing=("各地情况",), nearest=tuple(nearest), understood=understood)
        silent = self._names_without(told, metas)
        said = f"没有提到的：{silent}。" if silent else ""
        if partly:
            said = "没有完全对应的说法，以下各句只部分相符。" + said
        missing = ("完全对应的说法",) if partly else ()
        return Result(tuple(lines), "；".join(shorts)[:200], missing, said, understood=understood)

    def _silent(self, sides: Sequence[Side], metas: Sequence[ArticleMeta]) -> str:
        covered = {s.row.article_id for s in sides}
        return self._names_without([_name_of(m) for m in metas if m.article_id in covered], metas)

    def _names_without(self, told: Sequence[str], metas: Sequence[ArticleMeta]) -> str:
        names = list(dict.fromkeys(map(_name_of, metas)))
        silent = [n for n in names if n not in told]
        if not silent:
            return ""
        if len(silent) > _MOST_NAMED:
            return f"{'、'.join(silent[:_MOST_NAMED])}等{len(silent)}个地区"
        return "、".join(silent)


def _together(results: Sequence[Result]) -> Result:
    """Returns the answers to several questions asked of every place as one."""
    told = [r for r in results if r.lines]
    if len(results) == 1 or not told:
        return results[0]
    return Result(
        tuple(line for r in told for line in r.lines),
        "；".join(r.short for r in told if r.short),
        tuple(m for r in results for m in r.missing),
        "".join(dict.fromkeys(r.said for r in told)),
        heading=HEADING,
        understood="；".join(r.understood for r in results),
    )


def _name_around(candidate: Candidate) -> str:
    """Returns the name in 《》 or quotation marks that a figure is part of, with what is said around it; "" if none."""
    text, at = candidate.parsed.text, candidate.span.start
    inside = any(m.start() < at < m.end() for m in _NAMED.finditer(text))
    return text[max(0, at - _AROUND) : at + _AROUND] if inside else ""


def _of_event(candidate: Candidate, row: LedgerRow, reading: Reading) -> bool:
    """Returns whether a figure counts who or what took part in one event, where what there is is asked."""
    text = candidate.parsed.text
    clause = text[slice(*candidate.span.segment.clause)]
    day = len(row.as_of) == 10 and row.time and not re.search("截至|截止|目前", row.time)
    asked = reading.asked.question.text
    return bool(day or (_EVENT.search(clause) and not _EVENT.search(asked)))


def _name_of(meta: ArticleMeta) -> str:
    places = region_places(meta.region)
    return places[-1] if places else meta.title or meta.article_id


def _answers(reading: Reading, best: Candidate) -> bool:
    choice = choose(reading.asked, [best])
    return not choice.reason and best.score >= _LEAST


def _alike_ones(sides: Sequence[Side]) -> list[Side]:
    """Returns the figures that may stand in one table with the most of them: percentages apart from amounts."""
    if not sides:
        return []
    groups = [[s for s in sides if _one_table(s.row, anchor.row)] for anchor in sides]
    return max(groups, key=len)


def _one_table(a: LedgerRow, b: LedgerRow) -> bool:
    """Returns whether two figures count alike enough for one table: people with people, things with things."""
    return comparable(a, b) and (same_unit(a.unit, b.unit) or {a.unit, b.unit} <= _THINGS)


def _one_each(sides: Sequence[Side]) -> list[Side]:
    """Returns one figure for each place: the newest."""
    found: dict[str, Side] = {}
    for side in sides:
        kept = found.get(side.label)
        if kept is None or (side.row.as_of or side.row.published) > (kept.row.as_of or kept.row.published):
            found[side.label] = side
    return list(found.values())


def _table_row(side: Side) -> Line:
    row = side.row
    subject = row.subject
    time = row.time.strip("，, ")
    parts = [Part(row.text, (side.evidence,))]
    parts += [Part(piece, (side.evidence,)) for piece in (row.subject, time) if piece]
    text = f"{side.label}：{row.text}" + (f"（{row.subject}）" if row.subject else "")
    cells = (side.label, row.text, subject or "原文未写明", time or "原文未注明时间")
    figures = (row_figure(row, side.evidence),)
    return Line(text, (side.evidence,), tuple(parts), figures, labels=(side.label,), cells=cells)


def _winner(plan: Plan, sides: Sequence[Side], silent: str, understood: str) -> Result:
    """Returns who has the most (or least) of those that give a figure; one alone is no superlative."""
    rows = tuple(_table_row(s) for s in sides)
    level = _asked_level(plan)
    ranked = [s for s in sides if not level or s.row.level == level] if level else list(sides)
    if len(ranked) < 2:
        said = "库中只有一处给出这一数字，不能比较谁最" + ("少。" if plan.lower else "多。")
        return Result(rows, "", ("可比的其他地区",), said, heading=HEADING, understood=understood)
    ordered = sorted(ranked, key=lambda s: Decimal(s.row.value), reverse=not plan.lower)
    first = ordered[0]
    share = first.row.unit == "%"
    word = ("最低" if share else "最少") if plan.lower else ("最高" if share else "最多")
    shown = "，".join(f"{s.label}{s.row.text}" for s in ordered)
    line = Line(
        f"有数字可查的{len(ordered)}处中，{first.label}{word}：{shown}",
        unique([s.evidence for s in ordered]),
        tuple(Part(s.row.text, (s.evidence,)) for s in ordered),
        tuple(row_figure(s.row, s.evidence) for s in ordered),
        counts=(str(len(ordered)),),
        labels=tuple(s.label for s in ordered),
    )
    notes = caveats(ordered, same_thing=True, same_time=True)
    said = f"没有给出这一数字的：{silent}。" if silent else ""
    return Result(
        (*notes, line, *rows),
        f"{first.label}{word}（{first.row.text}）",
        (),
        said,
        heading=HEADING,
        understood=understood,
    )


def _asked_level(plan: Plan) -> str:
    match = re.search(r"省|市|区|县", "".join(plan.places))
    return {"省": "省", "市": "市", "区": "县", "县": "县"}.get(match[0], "") if match else ""
