"""The one checker: a statement stands only if its cited evidence says the same.

Every figure, unit, qualifier, date, place, name in 《》 or “”, code, denial, plan, direction of change, role,
rank, frequency and extent in a statement must stand in a cited sentence, of the same thing, or in that
sentence's headings, title or carried subject. All in code; no model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.checking.alignment import Alignment
from assistant.checking.cited import Cited, all_around, dated
from assistant.checking.clauses import Clauses, Told, manner_fault
from assistant.checking.equal_words import EqualWords
from assistant.checking.naming import Naming, place_stands_in
from assistant.checking.parsing import Parsed, Parser, Placed
from assistant.checking.records import Finding, Support
from assistant.figures import Figure
from assistant.reading.times import time_mentions
from assistant.reading.years import FROM_NOW

__all__ = ["Checker", "Finding", "Support"]

# What tells how figures relate: its result is verified where it was computed.
_RELATING = re.compile("相差|差距|合计|总和|之和|加起来|多出|高出|低出|少了|是[^,，。]{0,12}倍|平均每|换算")
_NAME = re.compile(r"《([^《》]+)》|[“「『]([^“”「」『』]+)[”」』]")
_ONE = re.compile(r"(?<![第万千百十])一(?=[个名家座所支项条处件场份位批届])")
_TOWN = re.compile("([一-鿿]{2})(?:街道|镇(?![街村长区])|乡(?![镇村亲贤]))")
_GENERAL = re.compile(
    "[各个全每部有试点其些家座办在和与及的了为县市区乡]|中心|重点|城市|农村|所有|相关|整个|本土"
)
_SHORTEST = 6  # characters of a clause that say by themselves where it stands
_WORD = re.compile(r"[\w一-鿿]")
_TIMED = re.compile(
    rf"\d|[上本]个?月|[当次翌]年|{'|'.join(FROM_NOW)}"
)  # a time that says when, resolved or not


class Checker:
    """Checks statements against what they cite.

    Args:
        normalise: Text → simplified, half-width, lower case, of the same length.
        parser: Takes normalised texts apart.
        equal: Compares words.
        light: Words that a statement may add without saying more.
    """

    def __init__(
        self, normalise: Callable[[str], str], parser: Parser, equal: EqualWords, light: frozenset[str]
    ) -> None:
        self._normalise = normalise
        self._parser = parser
        self._equal = equal
        self._light = light
        self._alignment = Alignment(equal, light)
        self._clauses = Clauses(equal, light)
        self._naming = Naming(equal, light)
        self._prepared = lru_cache(maxsize=2000)(self._prepare)

    def check(
        self, statement: str, supports: Sequence[Support], derived: Sequence[str] = ()
    ) -> tuple[Finding, ...]:
        """Returns what in the statement its supports do not bear out; empty if it stands.

        Args:
            statement: The statement without citation markers.
            supports: The cited sentences; none is a finding.
            derived: Values (decimal strings) that follow by arithmetic verified elsewhere.
        """
        if not supports:
            return (Finding("citation", "没有出处"),)
        cited = [self._prepared(s) for s in supports]
        if any(_quotes(self._normalise(statement), c.text) for c in cited):
            # The source's own words from its first one on; years supplied in brackets are still checked.
            return tuple(
                dict.fromkeys(self._dates(self._parser.parse(self._normalise(statement), "", ()), cited))
            )
        people = tuple({s.text for c in cited for s in c.parsed.slots if s.kind == "person"})
        parsed = self._parser.parse(self._normalise(statement), "", people)
        allowed = frozenset(derived)
        matches, findings = self._figures(parsed, cited, allowed)
        findings += self._dates(parsed, cited)
        findings += self._names(parsed, cited)
        findings += self._places_and_people(parsed, cited)
        if not _only_names_places(parsed):  # a place alone tells nothing of it
            findings += self._told(parsed, cited, matches, allowed)
        return tuple(dict.fromkeys(findings))

    @property
    def alignment(self) -> Alignment:
        """Compares figures of statements with those of evidence."""
        return self._alignment

    def parse(self, text: str) -> Parsed:
        """Returns a text normalised and taken apart."""
        return self._parser.parse(self._normalise(text))

    def prepare(self, support: Support) -> Cited:
        """Returns a support taken apart."""
        return self._prepared(support)

    def _prepare(self, support: Support) -> Cited:
        before = self._normalise(support.before)
        return Cited(
            parsed=self._parser.parse(self._normalise(support.text), support.published),
            context=self._normalise(support.context),
            before=before,
            carried=tuple(time_mentions(before, support.published)) if before else (),
            published=support.published,
        )

    def _figures(
        self, parsed: Parsed, cited: Sequence[Cited], derived: frozenset[str]
    ) -> tuple[dict[int, tuple[Cited, Placed]], list[Finding]]:
        """Returns the cited figures that bear out the statement's, by offset, and what is not borne out."""
        matches: dict[int, tuple[Cited, Placed]] = {}
        found: list[Finding] = []
        for stated in parsed.placed:
            if stated.figure.value in derived:
                continue
            fault, c, source = self._alignment.find(stated, parsed, cited)
            if c is not None and source is not None:
                matches[stated.figure.start] = (c, source)
            if fault:
                found.append(Finding("figure" if fault == "unit" else fault, stated.figure.text))
        for figure in parsed.figures:
            if figure.kind in {"code", "ordinal", "time", "ratio"} and not any(
                _holds(c, figure) for c in cited
            ):
                found.append(Finding("figure", figure.text))
        return matches, found

    def _dates(self, parsed: Parsed, cited: Sequence[Cited]) -> list[Finding]:
        return [
            Finding("date", mention.text)
            for mention in parsed.times
            if (mention.iso or _TIMED.search(mention.text))
            and not any(dated(mention, parsed.text, c) for c in cited)
        ]

    def _names(self, parsed: Parsed, cited: Sequence[Cited]) -> list[Finding]:
        known = _bare(all_around(cited))
        return [
            Finding("name", match[0])
            for match in _NAME.finditer(parsed.text)
            if _bare(match[1] or match[2]) not in known
        ]

    def _places_and_people(self, parsed: Parsed, cited: Sequence[Cited]) -> list[Finding]:
        known = all_around(cited)
        found = [
            Finding("place", m[0])
            for m in _TOWN.finditer(parsed.text)
            if m[0] not in known and not _GENERAL.search(m[1])
        ]
        for slot in parsed.slots:
            if slot.kind == "place":
                stands = place_stands_in(slot.text, known)
            else:
                stands = slot.text[-4:] in known or (
                    slot.kind == "body" and self._equal.says(slot.text, known)
                )
            if not stands:
                found.append(Finding(slot.kind, slot.text))
        return found

    def _told(
        self,
        parsed: Parsed,
        cited: Sequence[Cited],
        matches: dict[int, tuple[Cited, Placed]],
        derived: frozenset[str],
    ) -> list[Finding]:
        """Checks clause by clause: what it tells, of whom, and how."""
        found: list[Finding] = []
        for clause in parsed.clauses:
            figures = [p for p in parsed.placed if clause[0] <= p.figure.start < clause[1]]
            if any(p.figure.value in derived for p in figures) or (
                _RELATING.search(parsed.text[slice(*clause)]) and derived
            ):
                continue
            verbatim = _verbatim(parsed.text[slice(*clause)], cited)
            homes = [matches[p.figure.start] for p in figures if p.figure.start in matches]
            if figures and not homes:
                continue  # its figures are reported already
            told: Told | None
            if verbatim is not None:
                told = Told(clause, *verbatim)
            elif homes:
                told = _joint(clause, homes)
            elif _WORD.search(parsed.text[slice(*clause)]):
                told, kind, words = self._clauses.align(parsed, clause, cited)
                if kind:
                    found.append(Finding(kind, words))
            else:
                continue
            if told is None:
                continue
            found += self._one_clause(parsed, told, bool(homes), cited)
        return found

    def _one_clause(
        self, parsed: Parsed, told: Told, has_figures: bool, cited: Sequence[Cited]
    ) -> list[Finding]:
        found = []
        kind, words = manner_fault(parsed, told, has_figures=has_figures)
        if kind:
            found.append(Finding(kind, words))
        telling = self._clauses.telling(parsed.words_in(*told.clause))
        kind, words = self._naming.fault(parsed, told.clause, telling, told.cited)
        if kind:
            found.append(Finding(kind, words))
        if fault := _counted_one(parsed.text[slice(*told.clause)], told.source):
            found.append(Finding("figure", fault))
        return found


def _verbatim(clause: str, cited: Sequence[Cited]) -> tuple[Cited, tuple[int, int]] | None:
    """Returns the clauses of a cited sentence that have a clause as written, None if none has."""
    bare = clause.strip()
    for c in cited:
        start = c.text.find(bare) if len(bare) >= _SHORTEST else -1
        if start >= 0:
            end = start + len(bare) - 1
            return c, (c.parsed.clause_at(start)[0], max(end + 1, c.parsed.clause_at(end)[1]))
    return None


def _joint(clause: tuple[int, int], homes: Sequence[tuple[Cited, Placed]]) -> Told:
    """Returns the stretch of one cited sentence that holds the clauses of all figures found in it."""
    c = homes[0][0]
    spans = [c.parsed.clause_at(p.figure.start) for other, p in homes if other is c]
    return Told(clause, c, (min(a for a, _ in spans), max(b for _, b in spans)))


_SUPPLIED = re.compile(r"[（(]\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?[)）]")
_ENDS = " ,，、。;；!！?？:："


def _quotes(statement: str, source: str) -> bool:
    """Returns whether a statement is a sentence of the source, or its beginning up to the end of a clause."""
    said, whole = statement.strip(_ENDS), source.strip(_ENDS)
    for text in (said, _SUPPLIED.sub("", said)):
        if text and whole.startswith(text) and (len(text) == len(whole) or whole[len(text)] in _ENDS):
            return True
    return False


def _only_names_places(parsed: Parsed) -> bool:
    """Returns whether a statement is nothing but names of places."""
    rest = parsed.text
    for slot in sorted((s for s in parsed.slots if s.kind == "place"), key=lambda s: -s.start):
        rest = rest[: slot.start] + rest[slot.end :]
    return bool(parsed.slots) and not rest.strip(" 、,，和与")


def _counted_one(stated: str, source: str) -> str:
    """Returns 一个 and the like where the source's clause counts no single one."""
    for match in _ONE.finditer(stated):
        measure = stated[match.end()]
        if (
            f"一{measure}" not in source
            and f"1{measure}" not in source
            and re.search(rf"\d{measure}", source)
        ):
            return f"一{measure}"
    return ""


def _bare(text: str) -> str:
    return re.sub(r"[\s“”‘’「」『』《》\"']", "", text)


def _holds(c: Cited, figure: Figure) -> bool:
    if figure.kind == "ordinal":
        known = any(f.kind == "ordinal" and f.value == figure.value for f in c.parsed.figures)
        first = figure.value == "1" and re.search("首[个批次家例届座位部套条支场轮期]", c.around)
        return known or figure.text in c.context or bool(first)
    if figure.kind == "ratio":
        return any(f.kind == "ratio" and f.value == figure.value for f in c.parsed.figures)
    pattern = rf"(?<![\d.+]){re.escape(figure.text)}(?![\d+])"
    return bool(re.search(pattern, c.around))
