"""Replies in every usual form become claims; nothing in a reply can break the parser."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.llm import parsing
from assistant.llm.parsing import MOST_CLAIMS, Claim, ReplyParser, says_nothing


def parse(text: str, size: int = 3) -> list[tuple[str, tuple[int, ...]]]:
    parser = ReplyParser()
    claims = [c for at in range(0, len(text), size) for c in parser.feed(text[at : at + size])]
    return [(c.text, c.labels) for c in (*claims, *parser.finish())]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("甲有3个[1]。\n乙有5个[2][3]。", [("甲有3个", (1,)), ("乙有5个", (2, 3))]),
        ("甲有3个。[1] 乙有5个。[2，3]", [("甲有3个。", (1,)), ("乙有5个。", (2, 3))]),
        ("甲有3个。也有人管。[1]", [("甲有3个。", (1,)), ("也有人管。", (1,))]),
        ("甲有3个【1】【2】；乙有5个［3］", [("甲有3个", (1, 2)), ("乙有5个", (3,))]),
        ("- **甲**有3个 [证据1]\n2. 乙有5个[^2]", [("甲有3个", (1,)), ("乙有5个", (2,))]),
        ("甲有3个[1-3]", [("甲有3个", (1, 2, 3))]),
        ("甲有3个。没有编号", [("甲有3个。", ()), ("没有编号", ())]),
        ("<think>想一想[9]。</think>甲有3个[1]", [("甲有3个", (1,))]),
        ("<think>想个没完", []),
        ("依据琼府办〔2024〕12号文件,甲有3个[1]", [("依据琼府办〔2024〕12号文件,甲有3个", (1,))]),
        ("占比达 18.5%[1]", [("占比达 18.5%", (1,))]),
        ('{"statements":[{"text":"甲有3个。","evidence":[1]},{"text":"乙","evidence":["2"]}]}', [("甲有3个。", (1,)), ("乙", (2,))]),
        ('```json\n{"statements":[{"text":"甲有3个。","evidence":[1]}]}\n```', [("甲有3个。", (1,))]),
        ('{"statements":[{"text":"甲有3个[2]。","evidence":[1]},{"text":"乙有', [("甲有3个。", (1, 2))]),
        ('{"statements":[{"text":5,"evidence":[1]},7,{"text":"乙"}]}', [("乙", ())]),
        ('{"answer":"甲"', []),
        ("", []),
        ("[1][2]。！", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_every_usual_form_is_read(reply: str, expected: list[tuple[str, tuple[int, ...]]], size: int) -> None:
    assert parse(reply, size) == expected


def test_a_claim_is_given_once_the_next_begins() -> None:
    parser = ReplyParser()
    assert parser.feed("甲有3个[1]") == []  # more markers may follow
    assert parser.feed("[2]。") == [Claim("甲有3个", (1, 2))]
    assert parser.feed("乙有5个。") == []
    assert parser.feed("[3]\n") == [Claim("乙有5个。", (3,))]
    assert parser.finish() == []


def test_json_statements_are_given_as_they_close() -> None:
    parser = ReplyParser()
    assert parser.feed('{"statements":[{"text":"甲","evidence":[1]}') == [Claim("甲", (1,))]
    assert parser.feed(',{"text":"乙","evidence":[2]') == []
    assert parser.feed("}]}") == [Claim("乙", (2,))]


def test_a_flood_is_cut_off() -> None:
    assert len(parse("甲有3个[1]。\n" * 5000, 50_000)) == MOST_CLAIMS
    assert parse("甲" * 100_000, 50_000) == []


@pytest.mark.parametrize(
    "text", ["证据中没有", "证据中没有。", "其余部分证据中没有。", "以上证据中都没有提到这一点"]
)
def test_what_says_nothing_is_known(text: str) -> None:
    assert says_nothing(Claim(text, ()))
    assert not says_nothing(Claim("证据中没有写明,但全市有3个", ()))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='甲乙。！[]【】{}":,123 \n-<>think/statementsxevidc', max_size=60))
def test_parts_make_no_difference(reply: str) -> None:
    assert parse(reply, 1) == parse(reply, 1000)


def test_the_examples_hold() -> None:
    assert doctest.testmod(parsing).failed == 0
