"""All stretches of a sentence that could be the bare answer, measured at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.reading.lexemes import BREAKS, CLASS, CLASSES, MARKS, Lexeme
from assistant.reading.wanted import GROUPS, WAYS, Wanted

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_MOST_TOKENS = 14  # of a span within one clause
_MOST_CLAUSES = 3  # of a span that runs over several
_REACH = 6
_EDGE = CLASS["edge"]
_NO_START = frozenset(CLASS[c] for c in ("u", "close", "comma", "end", "list", "colon", "dot", "c", "other"))
_NO_END = frozenset(CLASS[c] for c in ("open", "comma", "end", "list", "colon", "dot", "c", "p", "other"))
_NAMES = tuple(CLASS[c] for c in ("nr", "ns", "nt", "nz", "unknown", "latin", "i"))
_VERBS = (CLASS["v"],)
_PLACE_END = frozenset("国省市县区镇乡村州岛山江河湖海洋洲港湾路街站城桥寺庙宫园馆场州府郡道")
_BODY_END = frozenset("局部会院校司社团队军党厅署府组所行盟馆厂台处委")
OWN = (
    "tokens", "characters", "asked_inside", "asked_share", "near_left", "near_right", "clause_left", "clause_right",
    "far_left", "far_right", "gap_left", "gap_right", "ll", "rr", "lr", "rl", "names", "verbs", "figures", "dates",
    "listed", "of", "dots", "latin", "quoted", "titled", "place_end", "body_end", "focus_last", "focus_inside",
    "focus_next", "focus_before", "beside_left", "beside_right", "from_mark", "to_mark", "breaks", "depth", "unit",
    "whole_clause", "title_inside", "asked_left_next", "asked_right_next",
)  # fmt: skip
TABLES = (
    "first",
    "last",
    "before",
    "after",
    "ends",
    "size",
    "word_before",
    "word_after",
    "last_character",
    "suited",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A sentence's tokens with what of them a question names.

    Attributes:
        asked: How telling each token is that the question names too, 0 for the others.
    """

    text: str
    tokens: tuple[Lexeme, ...]
    sorts: Ints
    asked: Floats
    left: Floats
    right: Floats


@dataclass(frozen=True, slots=True)
class SpanTable:
    """Spans of one sentence: token positions (both inclusive), and a row of numbers each."""

    starts: Ints
    ends: Ints
    own: Floats


def lay_out(text: str, tokens: tuple[Lexeme, ...], want: Wanted, weigh: Callable[[str], float]) -> Layout:
    """Returns the sentence laid out against a question; `weigh` says how telling a word is."""
    sorts = np.array([t.sort for t in tokens], dtype=np.int64)
    count = len(tokens)
    asked, left, right = (np.zeros(count, dtype=np.float32) for _ in range(3))
    for i, token in enumerate(tokens):
        if token.sort in MARKS:
            continue
        if token.text in want.left:
            left[i] = weigh(token.text)
        if token.text in want.right:
            right[i] = weigh(token.text)
        if left[i] or right[i] or (len(token.text) > 1 and token.text in want.text):
            asked[i] = weigh(token.text)
    return Layout(text, tokens, sorts, asked, left, right)


def enumerate_spans(sorts: Ints) -> tuple[Ints, Ints]:
    """Returns the first and last tokens of all spans that may answer."""
    count = len(sorts)
    if not count:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    breaks = np.isin(sorts, list(BREAKS))
    run = np.concatenate([[0], np.cumsum(breaks)])
    depth = np.concatenate([[0], np.cumsum((sorts == CLASS["open"]).astype(int) - (sorts == CLASS["close"]))])
    can_start = ~np.isin(sorts, list(_NO_START))
    can_end = ~np.isin(sorts, list(_NO_END))
    first, last = np.meshgrid(np.arange(count), np.arange(_MOST_TOKENS), indexing="ij")
    starts, ends = first.ravel(), (first + last).ravel()
    inside = ends < count
    starts, ends = starts[inside], ends[inside]
    short = run[ends + 1] == run[starts]
    starts, ends = starts[short], ends[short]
    clause_starts = np.flatnonzero(np.concatenate([[True], breaks[:-1]]) & can_start)
    clause_ends = np.flatnonzero(np.concatenate([breaks[1:], [True]]) & ~breaks)
    a, b = np.meshgrid(clause_starts, clause_ends, indexing="ij")
    long = (b >= a) & (run[b + 1] - run[a] < _MOST_CLAUSES)
    a, b = a[long], b[long]
    # From within a clause to its end: what follows 是, 为, 指 may be long.
    tail_end = (
        np.array([
            clause_ends[np.searchsorted(clause_ends, i)] if i <= clause_ends[-1] else i for i in range(count)
        ])
        if len(clause_ends)
        else np.zeros(0, dtype=np.int64)
    )
    c, d = (np.arange(count), tail_end) if len(tail_end) else (np.zeros(0, dtype=np.int64),) * 2
    starts, ends = np.concatenate([starts, a, c]), np.concatenate([ends, b, d])
    whole = can_start[starts] & can_end[ends] & (depth[starts] == depth[ends + 1]) & (starts <= ends)
    keys = np.unique(starts[whole] * count + ends[whole])
    return keys // count, keys % count


def _sums(values: npt.NDArray[np.generic]) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)]).astype(np.float32)


def measure_spans(layout: Layout, want: Wanted, unit: str = "", title: str = "") -> SpanTable:
    """Returns all spans of a sentence with their numbers, in the order of `OWN`."""
    starts, ends = enumerate_spans(layout.sorts)
    tokens, sorts, count = layout.tokens, layout.sorts, len(layout.tokens)
    if not len(starts):
        return SpanTable(starts, ends, np.zeros((0, len(OWN)), dtype=np.float32))
    stop = ends + 1
    begin_at = np.array([t.start for t in tokens])
    end_at = np.array([t.end for t in tokens])
    breaks = np.isin(sorts, list(BREAKS))
    before_break = np.maximum.accumulate(np.where(breaks, np.arange(count), -1))
    clause_from = np.concatenate([[0], before_break[:-1] + 1])
    marks = np.flatnonzero(breaks)
    clause_to = np.append(marks, count)[np.searchsorted(marks, np.arange(count))]
    asked, left, right = _sums(layout.asked), _sums(layout.left), _sums(layout.right)
    total = max(1e-6, float(sum(layout.asked)))
    total_left, total_right = max(1e-6, float(left[-1])), max(1e-6, float(right[-1]))
    positions = np.arange(count)
    seen_left = np.maximum.accumulate(np.where(layout.asked > 0, positions, -99))
    gap_left = np.where(starts > 0, starts - seen_left[np.maximum(starts - 1, 0)], 99)
    seen_right = np.minimum.accumulate(np.where(layout.asked > 0, positions, 999)[::-1])[::-1]
    gap_right = np.where(stop < count, seen_right[np.minimum(stop, count - 1)] - ends, 99)
    low, high = np.maximum(starts - _REACH, 0), np.minimum(stop + _REACH, count)
    chars = end_at[ends] - begin_at[starts]
    token_asked = (layout.asked > 0).astype(float)

    def inside(flags: npt.NDArray[np.generic]) -> Floats:
        sums = _sums(flags)
        return sums[stop] - sums[starts]

    def each(test: Callable[[Lexeme], bool]) -> npt.NDArray[np.bool_]:
        return np.array([test(t) for t in tokens])

    last_in_place = each(lambda t: t.text[-1] in _PLACE_END)
    last_in_body = each(lambda t: t.text[-1] in _BODY_END)
    open_mark, close_mark = sorts == CLASS["open"], sorts == CLASS["close"]
    before = np.where(starts > 0, starts - 1, 0)
    after = np.where(stop < count, stop, count - 1)
    has_before, has_after = starts > 0, stop < count
    is_mark = np.isin(sorts, list(MARKS))
    focus = want.focus
    ends_focus = each(lambda t: bool(focus) and t.text[-1] == focus[-1])
    in_focus = each(lambda t: bool(focus) and t.text in focus)
    of = each(lambda t: t.text == "的")
    unit_here = each(lambda t: bool(unit) and unit in t.text)
    in_title = each(lambda t: len(t.text) > 1 and t.text in title)
    beside_left = each(lambda t: bool(want.beside[0]) and t.text == want.beside[0])
    beside_right = each(lambda t: bool(want.beside[1]) and t.text == want.beside[1])
    columns = [
        stop - starts, chars, asked[stop] - asked[starts], inside(token_asked) / (stop - starts),
        (asked[starts] - asked[low]) / total, (asked[high] - asked[stop]) / total,
        (asked[starts] - asked[np.minimum(clause_from[starts], starts)]) / total,
        (asked[np.maximum(clause_to[ends], stop)] - asked[stop]) / total,
        asked[starts] / total, (asked[-1] - asked[stop]) / total,
        np.clip(gap_left, 0, 20), np.clip(gap_right, 0, 20),
        left[starts] / total_left, (right[-1] - right[stop]) / total_right,
        (left[-1] - left[stop]) / total_left, right[starts] / total_right,
        inside(np.isin(sorts, _NAMES)), inside(np.isin(sorts, _VERBS)), inside(sorts == CLASS["figure"]),
        inside(sorts == CLASS["date"]), inside(sorts == CLASS["list"]), inside(of), inside(sorts == CLASS["dot"]),
        inside(sorts == CLASS["latin"]),
        (has_before & has_after & open_mark[before] & close_mark[after]).astype(float),
        (open_mark[starts] & close_mark[ends]).astype(float),
        last_in_place[ends], last_in_body[ends], ends_focus[ends], inside(in_focus),
        has_after & in_focus[after], has_before & in_focus[before],
        has_before & beside_left[before], has_after & beside_right[after],
        ~has_before | is_mark[before], ~has_after | is_mark[after], inside(breaks), starts / count,
        inside(unit_here), (clause_from[starts] == starts) & (clause_to[ends] == stop), inside(in_title),
        np.where(has_before, layout.asked[before], 0), np.where(has_after, layout.asked[after], 0),
    ]  # fmt: skip
    own = np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=1)
    return SpanTable(starts, ends, own)


@dataclass(frozen=True, slots=True)
class Habits:
    """How often answers of each group begin, end and stand where: log odds learned from questions with answers.

    Attributes:
        first, last, before, after: Rows by group, columns by sort of token.
        ends: By group, first sort and last sort. size: By group and number of characters.
        words: By (place, word): `<word` before the answer, `>word` after it, `$c` its last character, and
            `focus's last character + answer's last character`.
    """

    first: Floats
    last: Floats
    before: Floats
    after: Floats
    ends: Floats
    size: Floats
    words: dict[str, float]

    def of(self, layout: Layout, table: SpanTable, want: Wanted) -> Floats:
        """Returns the log odds of every span, in the order of `TABLES`."""
        group = GROUPS.index(want.group)
        sorts = np.append(layout.sorts, _EDGE)
        starts, ends, count = table.starts, table.ends, len(layout.tokens)
        before, after = np.where(starts > 0, starts - 1, count), ends + 1
        texts = [t.text for t in layout.tokens]
        look = self.words.get
        word_before = np.array([look("<" + t, 0.0) for t in texts] + [look("<", 0.0)], dtype=np.float32)
        word_after = np.array([look(">" + t, 0.0) for t in texts] + [look(">", 0.0)], dtype=np.float32)
        character = np.array([look(f"{want.group}${t[-1]}", 0.0) for t in texts], dtype=np.float32)
        focus = want.focus[-1:] or want.way
        suited = np.array([look(f"{focus}{t[-1]}", 0.0) for t in texts], dtype=np.float32)
        size = np.minimum(table.own[:, 1].astype(int), self.size.shape[1] - 1)
        return np.stack(
            [
                self.first[group, sorts[starts]], self.last[group, sorts[ends]], self.before[group, sorts[before]],
                self.after[group, sorts[after]], self.ends[group, sorts[starts], sorts[ends]],
                self.size[group, size], word_before[before], word_after[after], character[ends], suited[ends],
            ],
            axis=1,
        ).astype(np.float32)  # fmt: skip


def question_columns(want: Wanted) -> Floats:
    """Returns the group and the way of asking as zeros and ones."""
    return np.array([want.group == g for g in GROUPS] + [want.way == w for w in WAYS], dtype=np.float32)


SORTS = len(CLASSES)
