"""One question asked of every place: a table of figures, or a cited line for each; who has the most."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from assistant.across.caveats import Side, caveats
from assistant.across.compare import source_line
from assistant.across.fitting import alike, comparable
from assistant.across.lines import Line
from assistant.across.operands import Found, OperandReader, Read
from assistant.across.plan import Operand, Plan
from assistant.across.reading import Reading
from assistant.across.result import Result
from assistant.across.statements import nearly, statements, telling_words
from assistant.across.table import HEADING, alike_ones, one_each, table_row, winner
from assistant.across.whereabouts import Whereabouts
from assistant.decide import SURE, choose_side
from assistant.ledger.places import region_places
from assistant.ledger.row import LedgerRow
from assistant.reading.reader import Candidate
from retrieval import ArticleMeta, Brief, briefs_of

_MOST_NAMED = 12
_LEAST = 0.62
_LEAST_STATEMENT = 0.5
_LIKE = 0.12
_WEAK = 0.42
_PLAIN = 0.2  # what may lack of a question of which the figure itself names the thing alone
_NAMED_LEAST = 0.5
_NAMED = re.compile(r"《[^《》]*》|“[^“”]*”")
_AROUND = 40  # characters around such a name in which it is told what the name is for
_EVENT = re.compile("期间|投入|招募|出动|现场|仪式|集市|当天|承诺活动")


class Everywhere:
    """Asks one question of every place that the articles are about.

    Args:
        whereabouts: Finds the articles to ask.
        articles: All articles' metadata.
        read: Question and scope → candidates.
        reader: Gives the ledger's rows of candidates.
    """

    def __init__(
        self,
        *,
        whereabouts: Whereabouts,
        articles: Callable[[], Sequence[ArticleMeta]],
        read: Read,
        reader: OperandReader,
    ) -> None:
        self._whereabouts = whereabouts
        self._articles = articles
        self._read = read
        self._reader = reader

    def answer(self, plan: Plan, scope: frozenset[str] | None) -> Result:
        """Returns a table by place, a line for each place, or who has the most."""
        metas = [m for m in self._whereabouts.candidates(plan.stem, scope) if m.region]
        if plan.measure != "figure":
            result = self._statements(plan, metas)
        else:
            result = _together([self._about(replace(plan, stem=s), metas) for s in (plan.stem, *plan.more)])
        every = sum(
            1 for m in briefs_of(self._articles()) if m.region and (scope is None or m.article_id in scope)
        )
        if len(metas) < every and result.lines:
            return replace(result, said=f"{result.said}以上只看了最相关的{len(metas)}篇文章。")
        return result

    def _about(self, plan: Plan, metas: Sequence[Brief]) -> Result:
        """Returns the table of a question; where nothing fits it whole, of the thing it counts alone, and says so."""
        result = self._figures(plan, metas)
        thing = _thing_alone(plan.stem)
        if result.lines or not thing:
            return result
        looser = self._figures(replace(plan, stem=thing), metas)
        if not looser.lines:
            return result
        said = f"没有与问题完全对应的数字，以下是各地的“{thing.removeprefix('有多少')}”，所数的对象见各行。"
        return replace(looser, said=said + looser.said)

    def _figures(self, plan: Plan, metas: Sequence[Brief]) -> Result:
        readings = [self._read(plan.stem, frozenset([meta.article_id])) for meta in metas]
        sides = [side for reading in readings for side in self._of_article(reading)]
        sides = alike_ones(sides)
        if sides:
            told = {s.row.article_id for s in sides}
            units = {s.row.unit for s in sides}
            for meta, reading in zip(metas, readings, strict=True):
                if meta.article_id not in told:
                    sides += self._weaker(reading, units)
        sides = one_each(sides)
        nearest = [c.evidence for reading in readings for c in reading.candidates[:1]]
        understood = f"各地汇总：{plan.stem}"
        silent = self._silent(sides, metas)
        if not sides:
            return Result(missing=("各地数字",), nearest=tuple(nearest), understood=understood)
        if plan.operation == "most":
            return winner(plan, sides, silent, understood)
        notes = caveats(sides, same_thing=True, same_time=True) if len(sides) > 1 else []
        lines = (*notes, *(table_row(s) for s in sides))
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
            if not self._is_about(c, row, reading):
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

    def _is_about(self, candidate: Candidate, row: LedgerRow, reading: Reading) -> bool:
        """Returns whether a figure counts what is asked: most of it named there, or the thing alone and the rest around."""
        near = _name_around(candidate)
        if self._reader.is_about(reading.asked, row, near):
            return True
        nouns = [t.text for t in reading.asked.terms if t.kind == "word" and t.carries and len(t.text) > 1]
        last = max(nouns, key=reading.asked.question.text.rfind, default="")
        plain = candidate.coverage.lacking <= _PLAIN or candidate.chance >= SURE
        told = f"{row.subject} {near}".lower()
        return plain and bool(last) and self._reader.match(last, told) >= _NAMED_LEAST

    def _weakly(self, candidate: Candidate, row: LedgerRow, reading: Reading) -> bool:
        about = self._is_about(candidate, row, reading)
        enough = candidate.score >= _WEAK and candidate.coverage.lacking <= 0.35
        return about and enough and not _of_event(candidate, row, reading)

    def _statements(self, plan: Plan, metas: Sequence[Brief]) -> Result:
        """Returns a cited line for each place that says something, and who says nothing."""
        readings = [self._read(plan.stem, frozenset([meta.article_id])) for meta in metas]
        answers = [statements(reading) for reading in readings]
        answers = [a if a and a[0].score >= _LEAST_STATEMENT else [] for a in answers]
        partly = not any(answers)
        if partly:
            telling = telling_words(readings)
            answers = [nearly(reading, telling) for reading in readings]
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

    def _silent(self, sides: Sequence[Side], metas: Sequence[Brief]) -> str:
        covered = {s.row.article_id for s in sides}
        return self._names_without([_name_of(m) for m in metas if m.article_id in covered], metas)

    def _names_without(self, told: Sequence[str], metas: Sequence[Brief]) -> str:
        names = list(dict.fromkeys(map(_name_of, metas)))
        silent = [n for n in names if n not in told]
        if not silent:
            return ""
        if len(silent) > _MOST_NAMED:
            return f"{'、'.join(silent[:_MOST_NAMED])}等{len(silent)}个地区"
        return "、".join(silent)


def _thing_alone(stem: str) -> str:
    """Returns the question for what a question counts, without what qualifies it, "" if nothing does.

    >>> _thing_alone("建了多少服务新就业群体的驿站"), _thing_alone("建了多少驿站")
    ('有多少驿站', '')
    """
    match = re.search(r"(?:多少|几)[个家所座处支]?[^,，]{2,}的(?P<thing>[一-鿿]{2,8})$", stem)
    return f"有多少{match['thing']}" if match else ""


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


def _name_of(meta: Brief) -> str:
    places = region_places(meta.region)
    return places[-1] if places else meta.title or meta.article_id


def _answers(reading: Reading, best: Candidate) -> bool:
    choice = choose_side(reading.asked, [best])
    return not choice.reason and best.score >= _LEAST
