"""Evidence sentences in, ranked candidate answers out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from assistant.evidence import Evidence
from assistant.figures import extract_figures, same_amount, same_unit
from assistant.reading.candidates import (
    DOCUMENT,
    ORGANISATION,
    Parsed,
    Span,
    condition_start,
    date_spans,
    figure_spans,
    frequency_spans,
    name_spans,
    named_spans,
    owned_by_others,
    paired,
    parse,
    pattern_spans,
    sentence_span,
    shared_left,
)
from assistant.reading.matching import Matcher
from assistant.reading.question import Question
from assistant.reading.scoring import Coverage, cover
from assistant.reading.terms import Term
from assistant.reading.times import same_time

Finder = Callable[[str], "list[tuple[int, int, str]]"]

_PERSON_UNITS = frozenset({"人", "名", "位", "个人"})
_GENERIC_UNITS = frozenset({"个", "大", "种", "项", "处"})
_NO_THINGS = frozenset({
    "元",
    "场次",
    "班次",
    "份",
    "亩",
    "公里",
    "吨",
    "株",
    "辆",
    "栋",
    "艘",
    "年",
    "个月",
    "天",
    "小时",
    "分钟",
    "岁",
    "级",
    "%",
    "人次",
    "倍",
    "月",
})
_SPOT = re.compile(
    r"(?:(?![乡城市各个全及和])[一-鿿])(?:(?![乡城面下该各及])[一-鿿]){0,2}[一-鿿](?:镇(?![（(])|乡(?![镇村（(])|街道(?![）)（(]))"
)
_ROLE = re.compile(
    r"副?(?:部长|书记|主任|局长|会长|主席|市长|省长|县长|区长|厅长|处长|秘书长|院长|校长|董事长|总经理|召集人|负责人|记者|责编|编辑)"
)
_RATE = re.compile("平均(?:每|一)|每(?:天|日|年|月|人|万|户|百|千|名|个月)|日均|年均|月均|人均|一天|一年下来")
_FLOW = ("投入", "招募", "出动", "组织", "参与", "参加", "发动", "培训", "派出", "动员")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer with its score.

    Attributes:
        score: Larger is better; about 0 (nothing in common) to 1.5.
        time_match: 1 if it is of the asked time, -1 if of another, 0 if either is open.
        place_match: Likewise for the asked place.
    """

    parsed: Parsed
    span: Span
    score: float
    coverage: Coverage
    time_match: int
    place_match: int

    @property
    def evidence(self) -> Evidence:
        """The sentence it stands in."""
        return self.parsed.evidence

    @property
    def place_in_library(self) -> tuple[str, int]:
        """Article and offset of the span."""
        return self.evidence.article.article_id, self.evidence.start + self.span.start


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready for reading: its terms and constraints."""

    question: Question
    terms: tuple[Term, ...]
    years: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()

    @property
    def head(self) -> Term | None:
        """The term that an answer must meet: what is counted; None if not clear.

        «多少家企业建立了组织» → 企业, «多少人持证» → 持证, «注册志愿者有多少» → 志愿者.
        """
        text = self.question.asked.lower()
        inside = sorted(
            (t for t in self.terms if t.kind == "word" and t.text in text and len(t.text) > 1),
            key=lambda t: (text.find(t.text), len(t.text)),
        )
        if not inside:
            return None
        if self.question.after:
            if self.question.unit == "人" and not inside[0].carries:
                return inside[0]  # 多少人报考: what they did
            run = list(takewhile(lambda t: t.carries, dropwhile(lambda t: not t.carries, inside)))
            return run[-1] if run else inside[0]
        return next((t for t in reversed(inside) if t.carries), inside[-1])


class Reader:
    """Finds candidate answers in evidence; holds no state but what is handed in.

    Args:
        normalise: Text → simplified, half-width, lower case, same length.
        matcher: Compares words.
        people: Finder of personal names; places: finder of place names.
        is_noun: Whether a word is a noun.
    """

    def __init__(
        self,
        normalise: Callable[[str], str],
        matcher: Matcher,
        people: Finder,
        places: Finder,
        is_noun: Callable[[str], bool],
    ) -> None:
        self._normalise = normalise
        self._matcher = matcher
        self._people = people
        self._places = places
        self._is_noun = is_noun

    def read(self, asked: Asked, evidence: Iterable[Evidence]) -> list[Candidate]:
        """Returns the candidate answers, best first, ties by label and position."""
        found = []
        for item in evidence:
            parsed = parse(item, self._normalise)
            context = self._context(item)
            found += [
                self._candidate(asked, parsed, span, context) for span in self._spans(asked.question, parsed)
            ]
        return sorted(found, key=lambda c: (-c.score, c.evidence.label, c.span.start))

    def _spans(self, question: Question, parsed: Parsed) -> Iterator[Span]:
        kind = question.kind
        if question.wants_figure:
            yield from figure_spans(parsed, question)
            if kind == "duration":
                yield from frequency_spans(parsed)
        elif kind == "definition" and re.search("叫(什么|啥)|名字|名称|品牌是|全称", question.text):
            yield from name_spans(parsed)
            yield sentence_span(parsed)
        elif kind in {"date"}:
            yield from date_spans(parsed)
        elif kind == "document":
            yield from pattern_spans(parsed, DOCUMENT, "document")
            yield sentence_span(parsed)
        elif kind == "person":
            yield from named_spans(parsed, self._people(parsed.evidence.text), "person")
        elif kind == "organisation":
            yield from pattern_spans(parsed, ORGANISATION, "organisation")
            yield sentence_span(parsed)
        elif kind == "place":
            yield from named_spans(parsed, self._places(parsed.evidence.text), "place")
            yield sentence_span(parsed)
        else:
            yield sentence_span(parsed)
            if kind in {"other", "rank", "yesno"}:
                yield from figure_spans(parsed, question)

    def _context(self, evidence: Evidence) -> dict[str, str]:
        meta = evidence.article
        return {
            "section": self._normalise(evidence.sentence.section),
            "title": self._normalise(" ".join((meta.title, meta.region, meta.publisher))),
            "carried": self._normalise(evidence.before),
            "paragraph": self._normalise(evidence.paragraph),
        }

    def _candidate(self, asked: Asked, parsed: Parsed, span: Span, context: dict[str, str]) -> Candidate:
        zones = self._zones(parsed, span, context)
        text = parsed.text
        coverage = cover(asked.terms, zones, self._matcher)
        time_match = self._time(asked, span, parsed, context)
        score = coverage.score - 0.002 * parsed.evidence.rank - 0.3 * coverage.lacking
        score += 0.15 * time_match if time_match > 0 else 0.5 * time_match
        if span.figure is not None and span.type == "figure":
            score += self._figure_bonus(asked.question, asked.head, span, parsed) - self._narrower(
                asked, zones
            )
            if any(t.kind == "figure" and met < 0.8 for t, met, _ in coverage.by_term):
                score -= 0.4  # an amount narrows the question («税收3000万元以下的»): it must stand right at the answer
        elif span.type not in {"sentence", "date"}:
            score += 0.1
        if span.type == "person" and (roles := _ROLE.findall(asked.question.text)):
            beside = text[max(0, span.start - 16) : span.start]
            if not any(r in beside and (r.startswith("副") or f"副{r}" not in beside) for r in roles):
                score -= 0.5
        if span.type == "sentence":
            score += self._shape_bonus(asked.question, parsed)
        if span.type != "sentence" and self._named(asked, span):
            score -= 0.5  # the question names it: it is not what is asked for
        place_match = self._place(asked, span, parsed, context)
        score += 0.05 * place_match if place_match > 0 else 0.3 * place_match
        return Candidate(parsed, span, score, coverage, time_match, place_match)

    @staticmethod
    def _shape_bonus(question: Question, parsed: Parsed) -> float:
        """Returns how the build of a whole sentence fits: a list must list, a place or body asked for must be named."""
        if question.kind == "list":
            items = max(
                (
                    run.count("、") + 1
                    for run in re.findall(r"[^,，。;；:：]+(?:、[^,，。;；:：]+)+", parsed.evidence.text)
                ),
                default=0,
            )
            items = max(items, len(re.findall(r"“[^“”]+”|《[^《》]+》", parsed.evidence.text)))
            if (wanted := _listed(question.text)) and items < wanted:
                return -0.4 if wanted > 5 else -0.1  # «哪五步», «35个部门具体是哪些»: fewer are named here
            return 0.05 if items > 1 else -0.2
        return -0.12 if question.kind in {"organisation", "place", "document"} else 0.0

    def _narrower(self, asked: Asked, zones: dict[str, str]) -> float:
        """Returns a small penalty for nouns at the figure that the question does not name: it may count something narrower."""
        beside = zones["left"][-10:] + " " + zones["right"][:8]
        words = [w for w in self._matcher.words(beside) if len(w) > 1 and self._is_noun(w)]
        strange = [
            w
            for w in words
            if not any(self._matcher.match(t.text, w) >= 0.5 or w in t.text for t in asked.terms)
        ]
        return min(0.12, 0.03 * len(strange))

    @staticmethod
    def _zones(parsed: Parsed, span: Span, context: dict[str, str]) -> dict[str, str]:
        """Returns the texts around a candidate by the name of their zone."""
        if span.type == "sentence":
            return {"clause": parsed.text, **context}
        segment, text = span.segment, parsed.text
        rest = list(text)
        owned = []
        for a, b in owned_by_others(parsed, span):
            owned.append(text[a:b])
            rest[a:b] = " " * (b - a)
        free = "".join(rest)
        near = max(condition_start(parsed, span, segment.left[0]), segment.left[1] - 16)
        return {
            "paired": paired(parsed, span),
            "right": text[slice(*segment.right)][:16],
            "left": text[near : segment.left[1]] + shared_left(parsed, span),
            "clause": free[slice(*segment.clause)],
            "before": free[: segment.clause[0]],
            "sentence": free,
            "owned": " ".join(owned),
            "whole": text,
            **context,
        }

    def _named(self, asked: Asked, span: Span) -> bool:
        text = self._normalise(span.text)
        if span.figure is not None and span.figure.is_quantity:
            if text in asked.question.text and not re.search(r"\d", text):
                return True
            given = [f for t in asked.terms if t.kind in {"figure", "code"} for f in extract_figures(t.text)]
            return any(same_amount(span.figure, f) and same_unit(span.figure.unit, f.unit) for f in given)
        return any(text.strip("《》") in t.text or t.text == text for t in asked.terms)

    def _place(self, asked: Asked, span: Span, parsed: Parsed, context: dict[str, str]) -> int:
        """Returns 1 if the candidate is about the asked place, -1 if about another or another level."""
        if not asked.places:
            return 0
        own = self._places(parsed.evidence.article.region)
        level = bare_place(own[-1][2]) if own else ""
        wanted = {bare_place(p) for p in asked.places}
        clause = parsed.text[slice(*span.segment.clause)]
        city = bool(own) and not own[-1][2].endswith(("省", "自治区"))
        whole = "全省" in clause or ("全市" in clause and city) or (bool(level) and level in clause)
        inside = {bare_place(p) for _, _, p in self._places(parsed.text)} - {level}
        for place in wanted - {level}:
            if place in parsed.text:
                continue
            around = context["section"] + context["carried"] + context["paragraph"]
            if whole or inside or place not in around:
                return -1
        inner = {bare_place(p) for _, _, p in self._places(clause)} - {level}
        if (
            span.type == "figure"
            and wanted == {level}
            and any(p not in asked.question.text for p in inner)
            and level not in clause
        ):
            return 0
        return self._spot(asked, parsed)

    @staticmethod
    def _spot(asked: Asked, parsed: Parsed) -> int:
        """Returns -1 if the sentence, or what it carries on, speaks of another town than the question, or of one where all are meant."""
        evidence = parsed.evidence
        here = (
            _SPOT.findall(parsed.text)
            or _SPOT.findall(evidence.before)[-1:]
            or _SPOT.findall(evidence.paragraph)
        )
        if not asked.spots:
            return -1 if here and re.search("全省|全市|全县|全区", asked.question.text) else 1
        if here:
            return (
                1 if any(spot in name or name.endswith(spot) for spot in asked.spots for name in here) else -1
            )
        section = parsed.evidence.sentence.section
        return 1 if any(spot in section for spot in asked.spots) else -1

    def _figure_bonus(self, question: Question, head: Term | None, span: Span, parsed: Parsed) -> float:
        figure, text = span.figure, parsed.text
        assert figure is not None
        follows = text[figure.number[1] : figure.number[1] + 4]
        bonus = 0.0 if question.kind == "share" else self._unit_bonus(question, figure.unit, follows)
        if figure.text[0] in "一二三四五六七八九十两" and figure.unit != question.unit:
            bonus -= 0.2  # 两级, 三大: most often part of a name
        if head is not None:
            segment = span.segment
            left = text[max(segment.left[0], segment.left[1] - 12) : segment.left[1]]
            beside = (text[slice(*segment.right)][:12], left, paired(parsed, span))
            met = max(self._matcher.match(head.text, part) for part in beside)
            if met < 0.5 and not any(
                self._is_noun(w) and len(w) > 1 for part in beside for w in self._matcher.words(part)
            ):
                met = 0.9 * self._matcher.match(
                    head.text, text[: segment.left[1]]
                )  # «其中解决308件»: the noun is carried
            bonus += 0.2 * met * min(1.0, head.weight / 0.6)
        clause = text[slice(*span.segment.clause)]
        if question.kind == "count" and any(w in clause and w not in question.text for w in _FLOW):
            bonus -= 0.06
        per = bool(_RATE.search(text[max(0, span.start - 24) : span.end]))
        if bool(_RATE.search(question.text)) != per:
            bonus -= 0.12 if per else 0.25
        if question.kind == "change" and not any(
            w in clause for w in ("增", "减", "降", "升", "提高", "多", "少", "涨", "缩", "压")
        ):
            bonus -= 0.25
        if question.kind == "rank":
            bonus += 0.25 if figure.kind == "ordinal" else -0.3
        elif question.kind in {"other", "yesno"}:
            bonus -= 0.05 if question.terse else 0.15
        return bonus

    @staticmethod
    def _unit_bonus(question: Question, unit: str, follows: str) -> float:
        if not question.unit:
            return 0.0
        if unit and (
            same_unit(question.unit, unit) or (question.unit in _PERSON_UNITS and unit in _PERSON_UNITS)
        ):
            return 0.15
        if question.unit in follows:
            return 0.1
        if question.unit in _NO_THINGS or unit in _NO_THINGS:
            return -0.3 if unit else -0.1
        return 0.0 if question.unit in _GENERIC_UNITS or not unit else -0.08

    def _time(self, asked: Asked, span: Span, parsed: Parsed, context: dict[str, str]) -> int:
        if asked.relative and not asked.years:
            named = [span.time] if span.time else list(parsed.times) if span.type == "sentence" else []
            if any(word in t.text for word in asked.relative for t in named):
                return 1
            return -1 if named and any(re.search("今年|去年|前年|明年", t.text) for t in named) else 0
        if not asked.years:
            return 0
        isos = [span.time.iso] if span.time and span.time.iso else []
        if span.type == "sentence":
            isos = [t.iso for t in parsed.times if t.iso]
        if any(same_time(year, iso) for year in asked.years for iso in isos):
            return 1
        if isos:
            return -1
        around = context["carried"] + context["section"] + context["title"]
        return 1 if any(year[:4] in around for year in asked.years) else 0


def _listed(text: str) -> int:
    """Returns how many items a question says there are («哪三个», «26家成员单位名单»), 0 if it does not say."""
    if match := re.search(r"哪几?([两二三四五六七八九十]|\d+)", text):
        number = match[1]
        return int(number) if number.isdigit() else "〇一二三四五六七八九十".find(number.replace("两", "二"))
    match = re.search(r"(\d+)[个家名位项条支所类种]", text)
    return int(match[1]) if match and re.search("名单|具体|分别|哪些", text) else 0


def bare_place(name: str) -> str:
    """Returns a place's name without its rank: 揭阳 for 揭阳市."""
    return re.sub(r"(?<=..)(省|市|区|县|自治区|特别行政区|自治州|自治县)$", "", name)


def runners(candidates: Sequence[Candidate], margin: float) -> list[Candidate]:
    """Returns the best candidate and those within a margin of it."""
    return [c for c in candidates if candidates and c.score >= candidates[0].score - margin]
