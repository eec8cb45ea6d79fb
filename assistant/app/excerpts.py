"""A quoted span with what stands around it, cut from the article's own text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.models import Passage
from assistant.ports import LibraryPort
from retrieval import ArticleNotFound, Sentence

MOST_AROUND = 160


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands right before and after a span, in the same section; "" where there is nothing."""

    before: str = ""
    after: str = ""


Span = tuple[str, int, int]


def surroundings(sentences: Sequence[Sentence], start: int, end: int, radius: int = 2) -> Surroundings:
    """Returns up to `radius` sentences on both sides of `[start, end)`, never across a heading.

    What is left of the sentences that hold the span's ends belongs to them.
    """
    touched = [s for s in sentences if s.start < end and start < s.end]
    if not touched:
        return Surroundings()
    first, last = touched[0], touched[-1]
    lead = _same_section(reversed(sentences[max(0, first.index - radius) : first.index]), first)
    tail = _same_section(sentences[last.index + 1 : last.index + 1 + radius], last)
    before = "".join(s.text for s in reversed(lead)) + first.text[: max(0, start - first.start)]
    after = last.text[max(0, end - last.start) :] + "".join(s.text for s in tail)
    return Surroundings(_shortened(before, keep_end=True), _shortened(after, keep_end=False))


def _same_section(sentences: Iterable[Sentence], anchor: Sentence) -> list[Sentence]:
    found: list[Sentence] = []
    for sentence in sentences:
        if sentence.heading or sentence.section != anchor.section:
            break
        found.append(sentence)
    return found


def _shortened(text: str, *, keep_end: bool) -> str:
    flat = " ".join(text.split())
    if len(flat) <= MOST_AROUND:
        return flat
    return "…" + flat[-MOST_AROUND:] if keep_end else flat[:MOST_AROUND] + "…"


def collect_surroundings(passages: Iterable[Passage], library: LibraryPort) -> Mapping[Span, Surroundings]:
    """Returns the surroundings of each passage by its span; empty ones for articles gone meanwhile."""
    found: dict[Span, Surroundings] = {}
    for passage in passages:
        sentences = _or_none(library.sentences, passage.article_id)
        found[span_of(passage)] = surroundings(sentences, passage.start, passage.end)
    return found


def _or_none(sentences: Callable[[str], Sequence[Sentence]], article_id: str) -> Sequence[Sentence]:
    try:
        return sentences(article_id)
    except ArticleNotFound:
        return ()


def span_of(passage: Passage) -> Span:
    """Returns what tells one passage from another: article and offsets."""
    return passage.article_id, passage.start, passage.end
