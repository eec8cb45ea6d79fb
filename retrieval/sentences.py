"""Lossless sentence splitting of Chinese text, with offsets and the headings above each sentence."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Container, Iterator

from retrieval.headings import SEPARATOR, Position, outline
from retrieval.lines import BLANKS, Line, logical_lines
from retrieval.models import Sentence
from retrieval.numerals import find_numerals

_MOST = 400
# A run-on without any comma is no prose; it is cut here so that no sentence grows without bound.
_HARD_MOST = 2000
_SHORT_PAIR = 60
_END = re.compile(r"[。！？!?；;…｡]+")
_END_OF_ENGLISH = re.compile(_END.pattern + r"|(?<=[a-z\d)\]][a-z\d)\]])[.](?=\s+[A-Z“\"(])")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_QUOTES = dict(zip("“‘「『", "”’」』", strict=True))
_PAIRS = _QUOTES | dict(zip("（(《〈【〔［", "）)》〉】〕］", strict=True))
_CLOSERS = frozenset(_PAIRS.values())
_PAIRED = re.compile(f'["{re.escape("".join([*_PAIRS, *_CLOSERS]))}]')
_WEB = r"[^\s\u3000-\u9fff\uff00-\uffef”’<>]+"
_OPAQUE = re.compile(rf"https?://{_WEB}|www\.{_WEB}|&(?:[a-zA-Z]{{2,8}}|#\d{{1,5}});")
# A comma before a digit may stand inside a figure; no other does.
_COMMA = re.compile(r"[，,](?!\d)[”’」』）)】〕》]*")
_MAY_BE_CUT = re.compile(r"[\d零〇一二三四五六七八九十百千万亿.．%％年月第〔分之]\s*$")
# What follows a quotation or brackets inside a sentence that goes on.
_GOES_ON = re.compile(r"[的之，,、；;：:。！？]|等[一类些样个种]?|[这那][一类些样个种]|为(?:主|题|由)|是")
_SPEAKS = re.compile(
    r"[^。！？!?；;，,：:\n]{0,45}?"
    r"(?:说|表示|介绍|告诉|认为|坦言|感叹|感慨|谈到|回忆|透露|补充|直言|指出|强调|呼吁|解释|[笑说写问答]道"
    r"|赞不绝口|称赞|点赞)(?:道|着|到|起|了|记者|大家)*(?=[。！？!?；;，,：:“]|$)"
)


def split_sentences(article_id: str, text: str) -> tuple[Sentence, ...]:
    """Returns the sentences of a text in order.

    The sentences joined are the text, and each one's offsets point at it. White space belongs to the
    sentence before it, at the start of the text to the first. A sentence ends at 。！？；… (with the
    closing quotes and brackets after it) and at the end of a line; never inside a figure, a web address,
    a book title or a quotation of one sentence that the sentence around it goes on from. One of more than
    400 characters may be cut after a comma.
    """
    lines = logical_lines(text)
    places = outline(lines)
    starts = [
        (start, place if not place.lead_end or start < place.lead_end else _under_lead(place))
        for line, place in zip(lines, places, strict=True)
        for start in _sentence_starts(text, line)
        if not (place.joins and start == line.start)
    ]
    starts = _keep_figures_whole(text, starts)
    if not starts:
        starts = [(0, Position(""))] if text else []
    bounds = [0, *[start for start, _ in starts[1:]], len(text)]
    return tuple(
        Sentence(
            article_id=article_id,
            index=i,
            start=bounds[i],
            end=bounds[i + 1],
            text=text[bounds[i] : bounds[i + 1]],
            section=place.section,
            heading=place.heading,
        )
        for i, (_, place) in enumerate(starts)
    )


def _under_lead(place: Position) -> Position:
    return Position(SEPARATOR.join(part for part in (place.section, place.lead) if part))


def _sentence_starts(text: str, line: Line) -> Iterator[int]:
    """Yields the offsets at which a line's sentences start, the line's own start first."""
    piece = text[line.start : line.end]
    start = 0
    for end in [*_ends(piece), len(piece)]:
        start = _skip_blank(piece, start)
        if start < end:
            for cut in _cuts(piece[start:end]):
                yield line.start + start + cut
        start = end


def _skip_blank(text: str, start: int) -> int:
    while start < len(text) and text[start] in BLANKS:
        start += 1
    return start


def _ends(line: str) -> Iterator[int]:
    """Yields the offsets inside a line after which a new sentence starts."""
    pairs = _find_pairs(line)
    closing = {b for _, b in pairs}
    opaque = [range(*match.span()) for match in _OPAQUE.finditer(line)]
    open_pairs: list[tuple[int, int]] = []
    for match in (_END if _CHINESE.search(line) else _END_OF_ENGLISH).finditer(line):
        mark, end = match.span()
        while end < len(line) and (line[end] in _CLOSERS or end in closing):
            end += 1
        while pairs and pairs[0][0] < mark:
            open_pairs.append(pairs.popleft())
        open_pairs = [pair for pair in open_pairs if pair[1] > mark]
        held = any(mark in span for span in opaque) or any(_holds(line, end, a, b) for a, b in open_pairs)
        if end < len(line) and not held:
            yield end


def _find_pairs(line: str) -> deque[tuple[int, int]]:
    """Returns the offsets of opening marks and their closing marks in order, unmatched ones left out."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for match in _PAIRED.finditer(line):
        i, c = match.start(), match[0]
        straight = c == '"'
        if (straight or c in _CLOSERS) and any(close == c for close, _ in waiting):
            while waiting[-1][0] != c:
                waiting.pop()
            pairs.append((waiting.pop()[1], i))
        elif straight or c in _PAIRS:
            waiting = [*waiting[-7:], (_PAIRS.get(c, c), i)]
    return deque(sorted(pairs))


def _holds(line: str, end: int, a: int, b: int) -> bool:
    """Returns whether the sentence goes on after `end` because of the pair around its mark."""
    quote = line[a] in _QUOTES or line[a] == '"'
    if b >= end:  # the pair is still open: a title and a short phrase stay whole, speech may be split
        return line[a] in "《〈" or (b - a <= _SHORT_PAIR and not (quote and line[b - 1] in "。！？!?…"))
    if quote:
        return _GOES_ON.match(line, end) is not None or _SPEAKS.match(line, end) is not None
    return bool(line[:a].strip()) and line[a - 1] not in "。！？!?；;…”"


def _cuts(sentence: str) -> Iterator[int]:
    """Yields the offsets at which the pieces of a sentence start: only 0 unless it is a long run-on."""
    yield 0
    if len(sentence) <= _MOST:
        return
    # A figure keeps the unit after it, of up to two characters.
    figures = {i for n in find_numerals(sentence) for i in range(n.start + 1, n.end + 2)}
    commas = deque(m.end() for m in _COMMA.finditer(sentence))
    last = 0
    while len(sentence) - last > _MOST:
        cut = 0
        while commas and (commas[0] <= last + _MOST or (not cut and commas[0] <= last + _HARD_MOST)):
            cut = commas.popleft()
        if cut <= last:
            cut = _outside(figures, last, min(last + _HARD_MOST, len(sentence)))
        cut = _skip_blank(sentence, cut)
        if cut >= len(sentence):
            return
        yield cut
        last = cut


def _outside(figures: Container[int], least: int, cut: int) -> int:
    """Returns the last offset up to `cut` that is in no figure, one after it if all from `least` are."""
    before = cut
    while before > least and before in figures:
        before -= 1
    if before > least:
        return before
    while cut in figures:
        cut += 1
    return cut


def _keep_figures_whole(text: str, starts: list[tuple[int, Position]]) -> list[tuple[int, Position]]:
    """Drops a start that would cut a figure broken over two lines."""
    kept: list[tuple[int, Position]] = []
    for start, place in starts:
        before = text[max(0, start - 24) : start]
        if kept and _MAY_BE_CUT.search(before):
            offset = start - len(before)
            near = find_numerals(text[offset : start + 24])
            if any(offset + n.start < start < offset + n.end for n in near):
                continue
        kept.append((start, place))
    return kept
