"""Chunks: whole consecutive sentences of one section, all of them, of a useful size."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.chunking import chunk_sentences
from retrieval.models import Chunk
from retrieval.sentences import split_sentences

LINES = st.lists(
    st.sampled_from([
        "东河区委组织部:",
        "一、总体要求",
        "主要做法",
        "1.减轻负担。清理牌子95块。挂牌更少了。",
        "社区工作者走访居民1.2万户，收集意见3400条；办结2900条。",
        "这是很长的一段话，" * 60 + "说完了。",
        "短。",
        "",
        "## 小节",
        "（责编：李四）",
        "推进各项工作落地见效，群众满意度稳步提升。" * 8,
    ]),
    max_size=25,
)


def chunks_of(text: str, **sizes: int) -> tuple[Chunk, ...]:
    return chunk_sentences("a", split_sentences("a", text), **sizes)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_chunks_cover_all_sentences_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    sentences = split_sentences("a", text)
    chunks = chunk_sentences("a", sentences)
    covered = [s for c in chunks for s in sentences[c.first : c.last + 1]]
    assert covered == list(sentences)
    assert "".join(c.text for c in chunks) == text
    assert all(text[c.start : c.end] == c.text for c in chunks)
    assert [c.chunk_id for c in chunks] == [f"a#{i}" for i in range(len(chunks))]


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_a_heading_is_never_the_end_of_a_chunk_that_something_follows(lines: list[str]) -> None:
    sentences = split_sentences("a", "\n".join(lines))
    for chunk in chunk_sentences("a", sentences)[:-1]:
        inside = sentences[chunk.first : chunk.last + 1]
        assert not inside[-1].heading or sum(len(s.text.strip()) for s in inside) > 400


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_no_chunk_holds_text_of_two_sections_but_for_a_lead(lines: list[str]) -> None:
    sentences = split_sentences("a", "\n".join(lines))
    for chunk in chunk_sentences("a", sentences):
        sections = [s.section for s in sentences[chunk.first : chunk.last + 1] if not s.heading]
        assert all(section == chunk.section for section in sections[1:])
        assert all(chunk.section.startswith(section) for section in sections)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_a_chunk_exceeds_the_most_only_for_one_long_sentence(lines: list[str]) -> None:
    sentences = split_sentences("a", "\n".join(lines))
    for chunk in chunk_sentences("a", sentences, target=100, most=160):
        texts = [s for s in sentences[chunk.first : chunk.last + 1] if not s.heading]
        assert sum(len(s.text.strip()) for s in texts) <= 160 or len(texts) == 1


def test_sections_are_kept_apart_and_headings_with_their_text() -> None:
    chunks = chunks_of("导语说完了。\n东河区委：\n建站32个。\n西河区委：\n建站16个。\n")
    assert [c.text.strip() for c in chunks] == [
        "导语说完了。",
        "东河区委：\n建站32个。",
        "西河区委：\n建站16个。",
    ]
    assert [c.section for c in chunks] == ["", "东河区委", "西河区委"]


def test_a_lead_goes_with_its_paragraph() -> None:
    chunks = chunks_of("做法有二。\n1.减轻负担。清理牌子95块。\n2.充实力量。下沉编制110名。")
    assert [c.text.strip() for c in chunks] == [
        "做法有二。",
        "1.减轻负担。清理牌子95块。",
        "2.充实力量。下沉编制110名。",
    ]


def test_sizes_are_even_and_near_the_target() -> None:
    chunks = chunks_of("社区工作者走访居民一千户，收集意见三百条。" * 60)
    assert all(150 <= len(c.text) <= 300 for c in chunks)


def test_nothing_gives_nothing() -> None:
    assert chunks_of("") == ()
