"""The one checker: a statement stands only if its cited evidence says the same.

Every figure, unit, qualifier, date, place, name in 《》 or “”, code, denial and direction of change in a
statement must stand in a cited sentence, or in that sentence's headings, title or carried subject. All
in code; no model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.checking.alignment import Placed, misplaced, place_figures
from assistant.checking.polarity import direction, negations
from assistant.figures import Figure, extract_figures, qualifier_set, same_amount, same_unit
from assistant.reading.matching import Matcher
from assistant.reading.times import TimeMention, governing_time, same_time, time_mentions

_NAME = re.compile(r"《([^《》]+)》|[“「『]([^“”「」『』]+)[”」』]")
_SUPPORTED_SHARE = 0.6
_MET = 0.5
_BESIDE = 0.7
_SCOPE = re.compile("全国|全省|全市|全县|全区|全镇|全乡|全村|全州|全球|全校|全行业|全系统")


@dataclass(frozen=True, slots=True)
class Support:
    """What a statement cites: one sentence, and what its place in the article adds.

    Attributes:
        text: The cited sentence.
        context: Headings, title, place and carried subject; holds names, places and dates, never figures.
        before: The sentences before it in its section, whose time it may carry.
        published: The article's date, from which 今年 and 目前 are resolved.
    """

    text: str
    context: str = ""
    before: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a statement does not stand: `kind` names the check, `text` the part of the statement."""

    kind: str
    text: str


class Checker:
    """Checks statements against what they cite.

    Args:
        normalise: Text → simplified, half-width, lower case, of the same length.
        matcher: Compares words.
        places: Text → names of administrative places found in it.
    """

    def __init__(
        self, normalise: Callable[[str], str], matcher: Matcher, places: Callable[[str], Sequence[str]]
    ) -> None:
        self._normalise = normalise
        self._matcher = matcher
        self._places = places

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
        text = self._normalise(statement)
        cited = [self._prepared(s) for s in supports]
        findings = [
            *self._figures(text, cited, frozenset(derived)),
            *self._dates(text, cited),
            *self._names(text, cited),
            *self._where(text, cited),
            *_scope(text, cited),
            *self._polarity(text, cited),
            *self._words(text, cited),
        ]
        return tuple(findings)

    def _prepared(self, support: Support) -> _Cited:
        text = self._normalise(support.text)
        figures = extract_figures(text)
        before = self._normalise(support.before)
        return _Cited(
            text=text,
            context=self._normalise(support.context),
            before=before,
            figures=figures,
            times=time_mentions(text, support.published, figures),
            carried=time_mentions(before, support.published) if before else [],
            published=support.published,
            placed=place_figures(text, figures, self._matcher),
        )

    def _figures(self, text: str, cited: Sequence[_Cited], derived: frozenset[str]) -> list[Finding]:
        found: list[Finding] = []
        figures = extract_figures(text)
        times = time_mentions(text, "", figures)
        for stated in place_figures(text, figures, self._matcher):
            if stated.figure.value in derived:
                continue
            fault = self._figure_fault(stated, times, cited)
            if fault:
                found.append(Finding(fault, stated.figure.text))
        for figure in figures:
            if figure.kind in {"code", "ordinal", "time"} and not any(_holds(c, figure) for c in cited):
                found.append(Finding("figure", figure.text))
        return found

    def _figure_fault(self, stated: Placed, times: Sequence[TimeMention], cited: Sequence[_Cited]) -> str:
        """Returns the first reason why no cited sentence bears the figure out, or ""."""
        figure, faults = stated.figure, ["figure"]
        for c in cited:
            same = [
                p for p in c.placed if same_amount(p.figure, figure) and same_unit(p.figure.unit, figure.unit)
            ]
            if not same:
                continue
            same = [p for p in same if _qualified_alike(figure, p.figure, c)]
            if not same:
                faults.append("qualifier")
                continue
            rivals = [p for p in c.placed if not same_amount(p.figure, figure)]
            if misplaced(stated, same, rivals, self._matcher):
                faults.append("subject")
                continue
            if not any(self._beside_alike(stated, p, c) for p in same):
                faults.append("subject")
                continue
            if not any(_timed_alike(governing_time(times, figure.start), p.figure, c) for p in same):
                faults.append("time")
                continue
            return ""
        return faults[-1]

    def _beside_alike(self, stated: Placed, source: Placed, c: _Cited) -> bool:
        """Returns whether the words at a stated figure stand in the cited sentence, or are carried to it."""
        text = c.text if source.beside else c.text + " " + c.context + " " + c.before
        return all(self._matcher.match(word, text) >= _BESIDE for word in stated.beside)

    def _dates(self, text: str, cited: Sequence[_Cited]) -> list[Finding]:
        found = []
        for mention in time_mentions(text):
            if not mention.iso and not re.search(r"\d", mention.text):
                continue
            if not any(_dated(mention, c) for c in cited):
                found.append(Finding("date", mention.text))
        return found

    def _names(self, text: str, cited: Sequence[_Cited]) -> list[Finding]:
        found = []
        for match in _NAME.finditer(text):
            name = match[1] or match[2]
            if not any(_bare(name) in _bare(c.text + c.context + c.before) for c in cited):
                found.append(Finding("name", match[0]))
        return found

    def _where(self, text: str, cited: Sequence[_Cited]) -> list[Finding]:
        return [
            Finding("place", place)
            for place in self._places(text)
            if not any(_place_in(place, c.text + " " + c.context + " " + c.before) for c in cited)
        ]

    def _polarity(self, text: str, cited: Sequence[_Cited]) -> list[Finding]:
        parts = [p for p in re.split(r"[,，;；。!！?？]", text) if p.strip()]
        for part in parts:
            source = self._nearest_clause(part, cited)
            if negations(part) % 2 != negations(source) % 2:
                return [Finding("negation", part)]
            ways, meant = direction(part), direction(source)
            if ways and meant and len(ways) == len(meant) == 1 and ways != meant:
                return [Finding("direction", part)]
        return []

    def _nearest_clause(self, part: str, cited: Sequence[_Cited]) -> str:
        """Returns the run of the cited sentences' clauses that is closest to a clause of the statement."""
        best, best_score = "", -1.0
        pairs = {part[i : i + 2] for i in range(len(part) - 1)} or {part}
        for c in cited:
            clauses = [p for p in re.split(r"[,，;；。!！?？\n]", c.text) if p.strip()]
            for i in range(len(clauses)):
                for j in range(i + 1, min(i + 3, len(clauses)) + 1):
                    run = ",".join(clauses[i:j])
                    have = {run[k : k + 2] for k in range(len(run) - 1)} or {run}
                    score = len(pairs & have) / len(pairs) - 0.15 * len(have - pairs) / len(have)
                    if score > best_score:
                        best, best_score = run, score
        return best

    def _words(self, text: str, cited: Sequence[_Cited]) -> list[Finding]:
        body = text
        for figure in reversed(extract_figures(text)):
            body = body[: figure.number[0]] + " " + body[figure.number[1] :]
        words = [
            w for w in dict.fromkeys(self._matcher.words(body)) if len(w) > 1 and re.search(r"[一-鿿a-z]", w)
        ]
        if not words:
            return []
        all_text = " ".join(c.text + " " + c.context + " " + c.before for c in cited)
        unmet = [w for w in words if self._matcher.match(w, all_text) < _MET]
        if len(unmet) > (1 - _SUPPORTED_SHARE) * len(words):
            return [Finding("words", "、".join(unmet))]
        at_figures = {w for p in place_figures(text, extract_figures(text), self._matcher) for w in p.near}
        strange = [w for w in unmet if w in at_figures]
        return [Finding("subject", "、".join(strange))] if strange else []


@dataclass(frozen=True, slots=True)
class _Cited:
    text: str
    context: str
    before: str
    figures: list[Figure]
    times: list[TimeMention]
    carried: list[TimeMention]
    published: str
    placed: list[Placed]


def _scope(text: str, cited: Sequence[_Cited]) -> list[Finding]:
    """Finds 全省, 全市 and the like that no cited sentence or its surroundings say."""
    return [
        Finding("scope", word)
        for word in dict.fromkeys(_SCOPE.findall(text))
        if not any(
            word in c.text or word in c.context or (word in c.before and not _SCOPE.search(c.text))
            for c in cited
        )
    ]


def _bare(text: str) -> str:
    return re.sub(r"[\s“”‘’「」『』《》\"']", "", text)


def _holds(c: _Cited, figure: Figure) -> bool:
    if figure.kind == "ordinal":
        return (
            any(f.kind == "ordinal" and f.value == figure.value for f in c.figures)
            or figure.text in c.context
        )
    pattern = rf"(?<![\d.+]){re.escape(figure.text)}(?![\d+])"
    return bool(re.search(pattern, c.text) or re.search(pattern, c.context) or re.search(pattern, c.before))


def _qualified_alike(stated: Figure, source: Figure, c: _Cited) -> bool:
    have, want = qualifier_set(stated.qualifier), qualifier_set(source.qualifier)
    if have == want:
        return True
    # «96%、98%以上»: the qualifier after the last of an enumeration may be meant for all of it.
    following = [f for f in c.figures if f.start >= source.end and f.kind == source.kind]
    if following and not want and c.text[source.end : following[0].start] in {"、", "和"}:
        return have == qualifier_set(following[0].qualifier)
    return False


def _timed_alike(stated: TimeMention | None, source: Figure, c: _Cited) -> bool:
    """A figure given a time in the statement must have it in the source, carried over or resolved."""
    if stated is None:
        return True
    own = governing_time(c.times, source.start)
    if stated.text and own and stated.text == own.text:
        return True
    if own and own.iso:
        return _same_written(stated, own) or (bool(stated.iso) and same_time(stated.iso, own.iso))
    carried = [m for m in c.carried if not m.compared]
    if own is None and carried:
        return _same_written(stated, carried[-1]) or (
            bool(stated.iso) and same_time(stated.iso, carried[-1].iso)
        )
    if own is not None:
        return _same_written(stated, own)
    return stated.text in c.context or (bool(stated.iso) and stated.iso[:4] in c.context)


def _same_written(a: TimeMention, b: TimeMention) -> bool:
    bare_a, bare_b = a.text.removeprefix("截至"), b.text.removeprefix("截至")
    return bare_a in bare_b or bare_b in bare_a


def _dated(mention: TimeMention, c: _Cited) -> bool:
    """A date of the statement stands in the sentence, is resolved from it, or is carried."""
    written = re.compile(rf"(?<!\d){re.escape(mention.text)}")
    if any(written.search(part) for part in (c.text, c.context, c.before)):
        return True
    known = [m for m in (*c.times, *c.carried) if m.iso]
    if mention.iso and any(m.iso.startswith(mention.iso) for m in known):
        return True
    return bool(mention.iso and c.published and c.published.startswith(mention.iso))


def _place_in(place: str, text: str) -> bool:
    short = re.sub(r"(?<=..)(省|市|区|县|自治区|特别行政区)$", "", place)
    return place in text or short in text
