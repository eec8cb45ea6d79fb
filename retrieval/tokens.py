"""The one tokenizer, used for the index and for questions alike.

Amounts, dates and codes are single tokens, equal for equal values (`80万`, `800000`, `八十万`); words come
from jieba with the domain lexicon; character pairs stand beside them for what the lexicon does not know.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from retrieval.numerals import Numeral, find_numerals, half_width
from retrieval.segmenting import Cut, Segmenter, segmenter, tag

TOKENIZER_VERSION = "2"

_LINES_KEPT = 1024
_CJK_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]+")
_WORDLIKE = re.compile(r"\w")
_NUMERAL_CHARACTERS = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两]")
# Function words only: whatever may carry meaning stays.
STOP_WORDS = frozenset([
    *"的了和与及或在是有为对等其以于而并且由从到把被将也都就又还这那个之所着过地得吗呢吧啊呀嘛么我你他她它们请哪谁几",
    *("请问", "什么", "哪些", "哪个", "多少", "如何", "怎么", "怎样", "怎么样", "是否", "为什么"),
    *("a", "an", "and", "are", "for", "in", "is", "of", "on", "the", "to"),
])
_FREQUENT = "的了和与及在是有为对等其以于而并且由从到把被将也都就又还这那个之所着"


class Tokenizer:
    """Cuts text into tokens; `version` changes whenever the same text may give other tokens."""

    def __init__(self, user_lexicon: Path | None = None) -> None:
        """Takes the built-in lexicon and, where that file exists, a person's own (a word a line, UTF-8)."""
        own = ""
        if user_lexicon and user_lexicon.is_file():
            own = user_lexicon.read_text("utf-8-sig", errors="replace")
        built_in = files("retrieval").joinpath("data/lexicon.txt").read_text("utf-8")
        terms = sorted({normalise(term) for term in [*_terms(built_in), *_terms(own)]})
        digest = sha256("\n".join(terms).encode("utf-8")).hexdigest()[:8]
        self.version = f"{TOKENIZER_VERSION}+{digest}"
        self._terms = terms
        self._segmenter: Segmenter | None = None
        self._lock = threading.Lock()
        # Both indexes ask for the same lines one after the other, and titles come again with every chunk.
        self._tokens_of_line = lru_cache(maxsize=_LINES_KEPT)(self._line)
        longest_first = sorted(terms, key=len, reverse=True)
        whole = [re.escape(term) for term in longest_first if _NUMERAL_CHARACTERS.search(term)]
        self._whole = re.compile("|".join(whole) or r"(?!)")

    def load_ahead(self) -> None:
        """Begins to load the words, which else happens at the first cut, and returns at once."""
        threading.Thread(target=self._loaded, name="jushi-words", daemon=True).start()

    def tokens(self, text: str) -> list[str]:
        """Returns what is indexed of a text: figures, words and character pairs (marked `~`)."""
        return [token for line in text.splitlines() for token in self._tokens_of_line(line)]

    def words(self, text: str) -> list[str]:
        """Returns figures and words alone, with the shorter words inside long ones, no function words."""
        return list(self._words(normalise(text), self._loaded().cut_for_search))

    def marks(self, term: str) -> list[str]:
        """Returns tokens of every text that holds a term: its character pairs, else its figures."""
        flat = normalise(term)
        return list(dict.fromkeys(_pairs(flat))) or list(dict.fromkeys(self.tokens(term)))

    def cut(self, text: str) -> list[str]:
        """Returns the words of a text without overlap, function words and punctuation included."""
        return self._loaded().cut(text)

    def frequency(self, word: str) -> int:
        """Returns how often a word occurs in the segmenter's own corpus, 0 if unknown."""
        return self._loaded().frequency(word)

    def tag(self, word: str) -> str:
        """Returns a word's part of speech in the segmenter's dictionary (`n`, `v`, …), `""` if unknown."""
        return tag(word)

    @property
    def total(self) -> int:
        """The size of the segmenter's corpus, in words."""
        return self._loaded().total

    def _line(self, line: str) -> tuple[str, ...]:
        flat = normalise(line)
        return (*self._words(flat, self._loaded().cut), *_pairs(flat))

    def _words(self, flat: str, cut: Cut) -> Iterator[str]:
        position = 0
        for numeral in self._numerals(flat):
            yield from _meaningful(cut(flat[position : numeral.start]))
            yield from _numeral_tokens(numeral)
            position = numeral.end
        yield from _meaningful(cut(flat[position:]))

    def _numerals(self, flat: str) -> list[Numeral]:
        """Returns the numerals that are no part of a lexicon term such as 三会一课."""
        kept = [match.span() for match in self._whole.finditer(flat)]
        return [n for n in find_numerals(flat) if not any(a < n.end and n.start < b for a, b in kept)]

    def _loaded(self) -> Segmenter:
        if self._segmenter is None:
            with self._lock:
                if self._segmenter is None:
                    self._segmenter = segmenter(tuple(self._terms))
        return self._segmenter


def normalise(text: str) -> str:
    """Returns the text in NFKC, lower case and simplified characters; its length may change."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return str(_simplifier().convert(folded))


def aligned(text: str) -> str:
    """Returns the text simplified, half-width and lower case, its length unchanged so that offsets hold."""
    flat = half_width(text)
    lowered = flat.lower()
    simplified = str(_simplifier().convert(lowered))
    if len(simplified) == len(lowered) == len(text):
        return simplified
    return "".join(map(_aligned_character, flat))


def _aligned_character(character: str) -> str:
    changed = str(_simplifier().convert(character.lower()))
    return changed if len(changed) == 1 else character


def _terms(lexicon: str) -> list[str]:
    lines = (line.strip() for line in lexicon.splitlines())
    return [line.split()[0] for line in lines if line and not line.startswith("#")]


def _meaningful(words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if _WORDLIKE.search(word) and word not in STOP_WORDS)


def _pairs(flat: str) -> Iterator[str]:
    """Yields the character pairs of Chinese runs, except those of two function characters."""
    for run in _CJK_RUN.findall(flat):
        for i in range(len(run) - 1):
            if run[i] not in _FREQUENT or run[i + 1] not in _FREQUENT:
                yield f"~{run[i : i + 2]}"


def _numeral_tokens(numeral: Numeral) -> Iterator[str]:
    """Yields the value with its kind's mark, what a date is part of, and the form as written."""
    raw = re.sub(r"\s+", "", numeral.text)
    if numeral.kind in {"number", "percent"}:
        mark = "%" if numeral.kind == "percent" else ""
        yield f"#{numeral.value}{mark}"
        if numeral.high:
            yield f"#{numeral.high}{mark}"
    elif numeral.kind in {"date", "period"}:
        yield f"@{numeral.value}"
        yield from (f"@{part}" for part in _wider_dates(numeral.value))
        if numeral.high:
            yield f"@{numeral.high}"
    elif numeral.kind == "ordinal":
        yield f"第{numeral.value}"
    if _WORDLIKE.search(raw) and raw != f"第{numeral.value}":
        yield raw


def _wider_dates(value: str) -> Iterator[str]:
    """Yields year-month and year of a full date, and the yearless month and day."""
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", value)
    if match is None:
        return
    yield match[1]
    yield f"--{match[2]}"
    if match[3]:
        yield f"{match[1]}-{match[2]}"
        yield f"--{match[2]}-{match[3]}"


@lru_cache(maxsize=1)
def _simplifier() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
