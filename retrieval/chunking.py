"""Sentences into chunks, the passages that search ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retrieval.models import Chunk, Sentence


def chunk_sentences(
    article_id: str, sentences: Sequence[Sentence], *, target: int = 220, most: int = 400
) -> tuple[Chunk, ...]:
    """Returns chunks of whole consecutive sentences that cover all of them in order.

    A chunk never crosses from one section into another; a heading goes with what follows it. Chunks are
    about `target` characters long and at most `most`, except where a single sentence (with the headings
    above it) is longer.
    """
    groups = [group for block in _blocks(sentences) for group in _pack(block, target, most)]
    return tuple(
        Chunk(
            article_id=article_id,
            chunk_id=f"{article_id}#{i}",
            index=i,
            start=group[0].start,
            end=group[-1].end,
            text="".join(sentence.text for sentence in group),
            section=group[-1].section,
            first=group[0].index,
            last=group[-1].index,
        )
        for i, group in enumerate(groups)
    )


def _blocks(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Yields runs of sentences of one section, each with the headings or the lead that open it."""
    block: list[Sentence] = []
    for i, sentence in enumerate(sentences):
        if block and not block[-1].heading:
            opens = sentence.heading or _leads(sentences, i)
            if opens or (sentence.section != block[-1].section and not _leads(sentences, i - 1)):
                yield block
                block = []
        block.append(sentence)
    if block:
        yield block


def _leads(sentences: Sequence[Sentence], i: int) -> bool:
    """Returns whether sentence `i` is a numbered lead: no heading, but the next one stands under it."""
    if i + 1 >= len(sentences) or sentences[i].heading or sentences[i + 1].heading:
        return False
    here, after = sentences[i].section, sentences[i + 1].section
    return len(after) > len(here) and after.startswith(here)


def _pack(block: list[Sentence], target: int, most: int) -> Iterator[list[Sentence]]:
    """Yields a block's sentences in groups of about the target size, of even length."""
    left = sum(_size(sentence) for sentence in block)
    aim = _aim(left, target)
    group: list[Sentence] = []
    size = 0
    for sentence in block:
        grown = size + _size(sentence)
        full = grown > most or (size >= aim / 2 and abs(size - aim) <= abs(grown - aim))
        if group and full and _may_close(group, size, most):
            yield group
            left -= size
            aim = _aim(left, target)
            group, size = [], 0
        group.append(sentence)
        size += _size(sentence)
    yield group


def _aim(left: int, target: int) -> float:
    return left / max(1, round(left / target))


def _size(sentence: Sentence) -> int:
    return len(sentence.text.strip())


def _may_close(group: list[Sentence], size: int, most: int) -> bool:
    """A heading or lead at the end of a group waits for its text, unless headings alone fill the group."""
    return not group[-1].heading or (size > most and all(s.heading for s in group))
