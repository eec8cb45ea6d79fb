"""Which words of a sentence belong to which figure: clauses, enumerated pieces, and what precedes and follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.figures import Figure

_OPEN, _CLOSE = "“‘《〈「『", "”’》〉」』"
_NUMBERED = re.compile(r"[\d一二三四五六七八九十]\s*$")
_TAIL = re.compile(r"[\d一二三四五六七八九十.—~～-]+([^\d一二三四五六七八九十的]{1,2}?)(?:的|及|以|\d|$)")
_QUOTES = frozenset(_OPEN + _CLOSE)
# An end of a clause, or a quotation mark.
_MARK = re.compile(rf"[,，;；。!！?？\n{_OPEN}{_CLOSE}]|(?<=[^\d])[:：]|—(?!\d)")


def inside_quotes(text: str, position: int, marks: Sequence[str] = ("“”", "《》", "「」")) -> bool:
    """Returns whether a position of a text lies within quotation marks or a title, as names do."""
    return any(text.count(m[0], 0, position) > text.count(m[1], 0, position) for m in marks)


@dataclass(frozen=True, slots=True)
class Segment:
    """Where a figure stands in its sentence; all spans are offsets on the sentence's text.

    Attributes:
        left: From the clause's start, or the figure before, up to the figure.
        right: From the figure's end to the next figure or the clause's end.
        clause: The whole clause (or enumerated piece) that holds the figure.
    """

    left: tuple[int, int]
    right: tuple[int, int]
    clause: tuple[int, int]


def clause_spans(text: str, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """Returns the clauses of a sentence; an enumeration (、和) is parted where every part has a figure.

    Commas inside figures, quotation marks and book titles do not part clauses.
    """
    cuts, depth, start = [], 0, 0
    inside = [(f.start, f.end) for f in figures]
    for mark in _MARK.finditer(text):
        i, c = mark.start(), mark[0]
        depth += (c in _OPEN) - (c in _CLOSE)
        if depth <= 0 and c not in _QUOTES and not any(a <= i < b for a, b in inside):
            cuts.append((start, i))
            start = i + 1
    cuts.append((start, len(text)))
    pieces = [piece for a, b in cuts for piece in _enumerated(text, a, b, figures)]
    return [(a, b) for a, b in pieces if text[a:b].strip()]


def _enumerated(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """Parts `A1690人、B489人` at 、 wherever a figure stands on both sides of it within the clause."""
    quantities = [f for f in figures if start <= f.start < end and f.is_quantity]
    if len(quantities) < 2:
        return [(start, end)]
    cuts = [start]
    for before, after in pairwise(quantities):
        gap = _masked(text[before.end : after.start])
        mark = max(gap.rfind("、"), gap.rfind("("), gap.rfind("（"), gap.rfind(")"), gap.rfind("）"))
        if mark >= 0:
            cuts.append(before.end + mark + 1)
    cuts.append(end)
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def segment_of(
    figure: Figure, figures: Sequence[Figure], clauses: Sequence[tuple[int, int]], text: str
) -> Segment:
    """Returns the segment of a figure within a sentence."""
    clause = next(((a, b) for a, b in clauses if a <= figure.number[0] < b), (0, len(text)))
    quantities = [f for f in figures if f.is_quantity and (f is figure or not _modifies(f, text))]
    before = [f for f in quantities if f.end <= figure.start and f.end > clause[0]]
    after = [f for f in quantities if f.start >= figure.end and f.start < clause[1]]
    left = (_parting(text, before[-1].end, figure.start)[1] if before else clause[0], figure.start)
    end = figure.end
    while after and after[0].start == end:  # 7类22项任务: one noun for both
        end = after.pop(0).end
    right = (end, _parting(text, end, after[0].start)[0] if after else clause[1])
    return Segment(left, right, clause)


_BOUND = re.compile(
    r"的?(?:项目|企业|工程|楼宇|园区|单位|农户|主体|订单|合同|客户|产业|商户|贷款|债券)(?=[一-鿿]{0,3}\d)"
)


def _modifies(figure: Figure, text: str) -> bool:
    """Returns whether an amount only says of what size the things are that are counted after it (亿元以上项目62个)."""
    bound = figure.qualifier.endswith(("以上", "以下")) or figure.qualifier.startswith(("超", "过"))
    return bound and figure.unit.endswith("元") and _BOUND.match(text, figure.end) is not None


def _parting(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns where the words between two figures part: up to there they follow the first, from there they lead to the second.

    «279个乡镇和3718个村» parts at 和, «副书记4名、委员17名» at 、; where nothing parts them, both own them all.
    """
    gap = _masked(text[start:end])
    match = re.search(r"[、和与及,，;；(（)）]", gap)
    if match is None and (
        verb := re.search(
            r"(?<=..)(?:都|已|均|共(?!同)|累计|设(?!施|备)|建(?!设)|新|其中|带动|实现|组建|成立)", gap
        )
    ):
        return end, start + verb.start()  # «279个乡镇都已设机构5个»: the verb tells of both
    if match is None and (of := gap.rfind("的")) > 0:
        return start + of, start + of + 1  # «36个镇街的群众107人»: the noun is the second's
    return (start + match.start(), start + match.end()) if match else (end, start)


def _masked(text: str) -> str:
    """Returns the text with balanced brackets and what they hold blanked: 村（社区、居） is one word here."""
    return re.sub(r"[(（][^()（）]*[)）]", lambda m: " " * len(m[0]), text)


def paired_noun(text: str, figures: Sequence[Figure], figure: Figure) -> str:
    """Returns the noun that an enumeration pairs with a figure, "" where there is none.

    «村干部和城市社区工作者每月分别增加500元、400元»: as many nouns joined by 、和 before as figures joined by
    、和 behind; the first goes with the first.
    """
    run = run_of(text, figures, figure)
    if len(run) < 2:
        return ""
    head = re.split(r"[。;；:：!！?？]", text[: run[0].start])[-1]
    nouns = _coordinated(_masked(head), len(run))
    if nouns:
        return nouns[run.index(figure)]
    if "分别" not in head:
        return ""
    before = [
        f for f in figures if f.is_quantity and f.end <= run[0].start and f.start >= run[0].start - len(head)
    ]
    # «总体原为65%,信访原为68%,分别升至96%、98%»; else the amounts that changed: «结算5万人次,垫付9亿元,分别增长3%和4%»
    alike = [f for f in before if f.kind == figure.kind]
    earlier = alike if len(alike) >= len(run) else before
    if len(earlier) < len(run):
        return ""
    like = earlier[-len(run) :][run.index(figure)]
    return re.split(r"[,，、]", text[: like.start])[-1][-_NOUN:]


def run_of(text: str, figures: Sequence[Figure], figure: Figure) -> list[Figure]:
    """Returns the figures joined to this one by nothing but 、和."""
    run: list[Figure] = []
    for f in (f for f in figures if f.is_quantity):
        if run and not re.fullmatch(r"\s*[、和与及]\s*", text[run[-1].end : f.start]):
            if figure in run:
                break
            run = []
        run.append(f)
    return run if figure in run else []


_NOUN = 12  # characters
_VERB = re.compile("分别|各|均|都|达|为|是|有|增|减|下降|上升|提高|降低")


def _with_shared(nouns: list[str]) -> list[str]:
    """Returns the nouns with what only the first one bears but all share: 单位能耗和水耗 are both per unit."""
    last = _VERB.split(nouns[-1])[0]
    if not 2 <= len(last) <= len(nouns[0]) - 2:
        return nouns
    shared = nouns[0][: -len(last)]
    return [nouns[0], *(shared + n if len(n) <= len(nouns[0]) else n for n in nouns[1:])]


def _coordinated(head: str, count: int) -> list[str]:
    """Returns the last enumeration of exactly `count` nouns in the words before the figures, else []."""
    for clause in reversed(re.split(r"[,，]", head)):
        parts = [p for p in re.split(r"[、和与及]", clause) if p.strip()]
        if len(parts) == count:
            last = parts[-1].strip()[:_NOUN]
            # 二、三、四类: the noun that the last one bears is of all
            tail = shared[1] if (shared := _TAIL.match(last)) else ""
            lead = _NUMBERED.sub("", parts[0]).strip()[-8:] if tail else ""
            numbered = [bool(tail and _NUMBERED.search(p)) for p in parts[:-1]]
            named = [p.strip()[-_NOUN:] + tail * n for p, n in zip(parts[:-1], numbered, strict=True)]
            nouns = [named[0], *(lead + name for name in [*named[1:], last])]
            return nouns if tail else _with_shared(nouns)
        if len(parts) > 1:
            return []
    return []
