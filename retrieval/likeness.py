"""How like two articles are: reprints of one report, versions whose figures differ, or neither.

Candidates are found by MinHash (`sketch`); what they are to each other is decided on the texts themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import Literal

from retrieval.dates import find_dates
from retrieval.headings import is_credit
from retrieval.numerals import find_numerals
from retrieval.places import find_places

Likeness = Literal["reprint", "differs", "other"]

# Grows when sketches are made in another way, so that older ones are made anew.
_VERSION = "1"
_SHINGLE, _LEAST, _MOST_TEXT = 5, 60, 200_000
_BANDS, _ROWS = 20, 6
# Reprints share so much of all their shingles; or the shorter one is nearly whole a good part of the longer.
_ALIKE, _CONTAINED, _CONTAINED_ALIKE = 0.7, 0.9, 0.45
_SAME_SENTENCE, _MOST_SENTENCES = 0.75, 60
_NOT_WORD = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[^。！？；!?;\n]+")
# What a reprint changes by right: where and when it was sent, by whom, from where it was taken.
_DATELINE = re.compile(r"^.{0,24}?(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:讯|电|消息)")
_PAGE_LINE = re.compile(r"来源|发布时间|发布日期|浏览|阅读量|字号|责编|责任编辑|记者|通讯员|编辑")
_MOST_PAGE_LINE = 80
# Any place's name by its form, as the gazetteer ends with the counties; 全市, 各区 and the like name none.
_PLACE_FORM = re.compile(
    r"(?![^市县区镇乡村街社]*[全本我各该所在的])[\u4e00-\u9fff]{2}(?:市|县|区|镇|乡|村|街道|社区)"
)
_AMOUNTS = frozenset({"number", "percent", "ratio"})


def sketch_version() -> str:
    """Returns what sketches depend on besides the text; those of another version are made anew."""
    from rensa import RMinHash

    return f"{_VERSION}-{RMinHash.ALGORITHM_VERSION}"


def sketch(text: str) -> tuple[int, ...]:
    """Returns a text's bands, signed 64-bit numbers of which near-duplicates share one; () if it is short.

    Texts that share 0.7 of their shingles meet with a probability of 0.92, at 0.8 of 0.998.
    """
    from rensa import RMinHash

    bare = _bare(text[:_MOST_TEXT])
    if len(bare) < _LEAST:
        return ()
    hashed = RMinHash(num_perm=_BANDS * _ROWS, seed=42)
    hashed.update([bare[i : i + _SHINGLE] for i in range(len(bare) - _SHINGLE + 1)])
    rows = hashed.digest()
    return tuple(_band(number, rows[number * _ROWS : (number + 1) * _ROWS]) for number in range(_BANDS))


def shingles_of(text: str) -> frozenset[str]:
    """Returns the runs of five characters of a text, punctuation and white space left out."""
    bare = _bare(text[:_MOST_TEXT])
    if len(bare) < _LEAST:
        return frozenset()
    return frozenset(bare[i : i + _SHINGLE] for i in range(len(bare) - _SHINGLE + 1))


def likeness(one: str, other: str, own: frozenset[str] | None = None) -> Likeness:
    """Returns what two texts are to each other; `own` are the first one's shingles where they are known.

    `reprint`: the same report, cut or edited a little. `differs`: the same report with other amounts.
    `other`: not the same, or the same form filled in for another place, date or number.
    """
    first, second = own or shingles_of(one), shingles_of(other)
    if not first or not second:
        return "other"
    shared = len(first & second)
    alike, contained = shared / len(first | second), shared / min(len(first), len(second))
    if alike < _ALIKE and not (contained >= _CONTAINED and alike >= _CONTAINED_ALIKE):
        return "other"
    return _compare(_own_sentences(one, other), _own_sentences(other, one))


def _compare(mine: list[str], others: list[str]) -> Likeness:
    """Returns how texts differ by the sentences that only one of them has."""
    found: Likeness = "reprint"
    masked = [(sentence, _masked(sentence)) for sentence in others]
    alone: list[str] = []
    unmet = set(others)
    for sentence in mine:
        counterpart = _counterpart(sentence, masked)
        if not counterpart:
            alone.append(sentence)
            continue
        unmet.discard(counterpart)
        change = _change(sentence, counterpart)
        if change == "other":
            return "other"
        found = "differs" if change == "differs" else found
    # Figures of its own on either side, without a counterpart: two reports made from one pattern.
    first, second = _all_amounts(alone), _all_amounts(unmet)
    return "other" if first - second and second - first else found


def _counterpart(sentence: str, others: list[tuple[str, str]]) -> str:
    """Returns the sentence worded most like one, `""` if none is like enough."""
    own, best, ratio = _masked(sentence), "", _SAME_SENTENCE
    for candidate, form in others:
        matcher = SequenceMatcher(None, own, form, autojunk=False)
        if matcher.real_quick_ratio() >= ratio and matcher.quick_ratio() >= ratio:
            value = matcher.ratio()
            if value >= ratio:
                best, ratio = candidate, value
    return best


def _all_amounts(sentences: Iterable[str]) -> set[tuple[str, str]]:
    return {amount for sentence in sentences for amount in _amounts(sentence)}


def _change(one: str, other: str) -> Likeness:
    """Returns what the difference of two like sentences makes of the texts they stand in."""
    first, second = _named(one), _named(other)
    if not (first <= second or second <= first):
        return "other"
    amounts, others = _amounts(one), _amounts(other)
    return "reprint" if amounts <= others or others <= amounts else "differs"


def _named(sentence: str) -> set[str]:
    """Returns what a sentence is about: its places, dates, ordinals and codes."""
    names = {span.name for span in find_places(sentence)}
    names |= set(_PLACE_FORM.findall(sentence))
    names |= {span.value for span in find_dates(sentence) if span.value}
    return names | {n.value for n in find_numerals(sentence) if n.kind in {"ordinal", "code"}}


def _amounts(sentence: str) -> set[tuple[str, str]]:
    return {(n.value, n.high) for n in find_numerals(sentence) if n.kind in _AMOUNTS}


def _own_sentences(text: str, other: str) -> list[str]:
    """Returns the sentences of a text that the other does not have, without what names the edition."""
    held = _bare(other[:_MOST_TEXT])
    own = []
    for match in _SENTENCE.finditer(text[:_MOST_TEXT]):
        sentence = match[0].strip()
        if is_credit(sentence) or (len(sentence) <= _MOST_PAGE_LINE and _PAGE_LINE.search(sentence)):
            continue
        sentence = _DATELINE.sub("", sentence)
        if (bare := _bare(sentence)) and bare not in held:
            own.append(sentence)
    return own[:_MOST_SENTENCES]


def _masked(sentence: str) -> str:
    """Returns a sentence with its figures and places taken out, so that only its wording is compared."""
    spans = [(n.start, n.end) for n in find_numerals(sentence)]
    spans += [(span.start, span.end) for span in find_places(sentence)]
    out, last = [], 0
    for start, end in sorted(spans):
        if start >= last:
            out += [sentence[last:start], "#"]
            last = end
    return _NOT_WORD.sub("", "".join([*out, sentence[last:]]).replace("#", "数"))


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).lower()


def _band(number: int, rows: list[int]) -> int:
    packed = number.to_bytes(2, "big") + b"".join(row.to_bytes(4, "big") for row in rows)
    return int.from_bytes(blake2b(packed, digest_size=8).digest(), "big", signed=True)
