"""English words to Chinese ones: the committed glossary, places by pinyin, dates and amounts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from retrieval import division_names

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_MONTH = "|".join(f"{m}|{m[:3]}" for m in _MONTHS) + "|sept"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<m>{_MONTH})\.? {_DAY},? {_YEAR}\b",
        rf"\b{_DAY} (?P<m>{_MONTH})\.?,? {_YEAR}\b",
        rf"\b(?P<m>{_MONTH})\.?,? (?:of )?{_YEAR}\b",
        rf"\b(?:the )?(?P<part>end|beginning|start|first half|second half|(?:first|second|third|fourth) quarter) of (?:the year )?{_YEAR}\b",
        rf"\b{_YEAR}\b",
    )
)
_PARTS = {"end": "底", "beginning": "初", "start": "初", "first half": "上半年", "second half": "下半年", "first quarter": "一季度", "second quarter": "二季度", "third quarter": "三季度", "fourth quarter": "四季度"}  # fmt: skip
_BOUNDS = {"more than": "超过", "over": "超过", "above": "超过", "less than": "不足", "under": "不足", "at least": "至少", "nearly": "近", "almost": "近", "about": "约", "around": "约", "some": "约"}  # fmt: skip
_AMOUNT = re.compile(
    rf"(?:\b(?P<bound>{'|'.join(_BOUNDS)}) )?(?<![\w.])(?<!per )(?<!every )"
    r"(?P<n>\d[\d,]*(?:\.\d+)?) ?(?P<scale>thousand|million|billion|trillion)?\b(?: ?(?P<rate>%|per ?cent))?"
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_RANKS = {"province": "省", "city": "市", "county": "县", "district": "区", "autonomous region": "自治区", "prefecture": "州", "municipality": "市"}  # fmt: skip
_BARE = re.compile(
    r"(?<=..)(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|自治县|省|市|区|县)$"
)
_TOKEN = re.compile(r"[a-z0-9]+(?:[-&'./][a-z0-9]+)*|[一-鿿]+")
_LONGEST = 6  # words


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of an English question in Chinese.

    Attributes:
        kind: `term`, `place`, `time`, `amount`, `drop` (says nothing by itself) or `open` (not in the glossary,
            kept as written so that it counts as not met).
    """

    english: str
    chinese: str
    kind: str


def translate(text: str, near: Collection[str] = ()) -> list[Word]:
    """Returns the words of a lower-case English text in Chinese, the longest entry of the glossary first.

    Args:
        text: The text.
        near: Full names of divisions that the library is about: they settle names that sound alike.
    """
    found: list[Word] = []
    for piece, chinese, kind in _dated(text):
        if kind:
            found.append(Word(piece, chinese, kind))
        else:
            found += _terms(_TOKEN.findall(re.sub(r"(?<=\d),(?=\d{3})", "", piece)), near)
    return found


def _dated(text: str) -> Iterator[tuple[str, str, str]]:
    """Yields the text in pieces as (piece, Chinese, kind): dates and amounts, and what lies between them."""
    matches = sorted(
        [(m.start(), m.end(), _date(m), "time") for p in _DATES for m in p.finditer(text)]
        + [(m.start(), m.end(), _amount(m), "amount") for m in _AMOUNT.finditer(text)],
        key=lambda found: (found[0], -found[1]),
    )
    position = 0
    for start, end, chinese, kind in matches:
        if start < position or not chinese:
            continue
        yield text[position:start], "", ""
        yield text[start:end], chinese, kind
        position = end
    yield text[position:], "", ""


def _date(match: re.Match[str]) -> str:
    found = match.groupdict()
    if part := found.get("part"):
        return f"{found['y']}年{_PARTS[part]}"
    month, day = found.get("m"), found.get("d")
    number = next((i for i, m in enumerate(_MONTHS, 1) if month and m.startswith(month[:3])), 0)
    return f"{found['y']}年" + (f"{number}月" if number else "") + (f"{int(day)}日" if day else "")


def _amount(match: re.Match[str]) -> str:
    """Returns an amount in Chinese writing: `3.9 million` → 390万; "" for a bare number that is no amount (12345)."""
    value = Decimal(match["n"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)
    bound = _BOUNDS.get(match["bound"] or "", "")
    if match["rate"]:
        return f"{bound}{value.normalize():f}%"
    if not (match["scale"] or bound or "," in match["n"]):
        return ""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            return f"{bound}{(value / size).normalize():f}{unit}"
    return f"{bound}{value.normalize():f}"


def _terms(words: list[str], near: Collection[str]) -> list[Word]:
    found: list[Word] = []
    position = 0
    while position < len(words):
        for size in range(min(_LONGEST, len(words) - position), 0, -1):
            if (word := _word(words[position : position + size], near)) is not None:
                found.append(word)
                position += size
                break
        else:
            found.append(Word(words[position], words[position].removesuffix("'s"), "open"))
            position += 1
    return found


def _word(words: list[str], near: Collection[str]) -> Word | None:
    whole = " ".join(words)
    written = whole.removesuffix("'s").removesuffix("'")
    for form in (whole, *_forms(written)):
        if (chinese := load_glossary().get(form)) is not None:
            if chinese == "-":
                return Word(written, "", "drop")
            return Word(written, chinese, "place" if form in _foreign_places() else "term")
    if place := _place(written, near):
        return Word(written, place, "place")
    return Word(written, written, "term") if re.fullmatch(r"\d+|[一-鿿]+", written) else None


def _forms(written: str) -> Iterator[str]:
    """Yields a word or expression as written and in the forms that a dictionary might list it under."""
    yield written
    for ending, instead in (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")):  # fmt: skip
        if written.endswith(ending) and len(written) > len(ending) + 2:
            stem = written.removesuffix(ending) + instead
            yield stem
            if ending in {"ed", "ing"} and not instead and stem[-1:] == stem[-2:-1]:
                yield stem[:-1]
    first, _, rest = written.partition(" ")
    if rest:  # signed up → sign up
        yield from (f"{form} {rest}" for form in _forms(first) if form != first)


def _place(written: str, near: Collection[str]) -> str:
    """Returns the division that a name in pinyin means, "" if none or if it might be several."""
    name, rank = written, ""
    for english, chinese in _RANKS.items():
        if written.endswith(" " + english):
            name, rank = written.removesuffix(" " + english), chinese
    candidates = _divisions().get(re.sub("[^a-z]", "", name), ()) if re.fullmatch("[a-z' -]+", name) else ()
    candidates = tuple(c for c in candidates if not rank or c.endswith(rank))
    known = [c for c in candidates if any(c in n or _BARE.sub("", c) in n for n in near)]
    chosen = known or list(candidates)
    if not rank and not known:  # a name alone means a province or a city
        chosen = [c for c in chosen if c.endswith(("省", "市", "自治区", "自治州"))]
    bare = {_BARE.sub("", c) for c in chosen}
    if len(bare) != 1:
        return ""
    return chosen[0] if rank else bare.pop()


@lru_cache(maxsize=1)
def _divisions() -> dict[str, tuple[str, ...]]:
    """Returns the full names of divisions by the pinyin of their bare names."""
    from pypinyin import lazy_pinyin

    found: dict[str, list[str]] = {}
    for name in division_names():
        bare = _BARE.sub("", name)
        if len(bare) > 1:
            found.setdefault("".join(lazy_pinyin(bare)), []).append(name)
    return {pinyin: tuple(dict.fromkeys(names)) for pinyin, names in found.items()}


@lru_cache(maxsize=1)
def load_glossary() -> dict[str, str]:
    """Returns the committed glossary: English in lower case → Chinese, "-" for words that say nothing by themselves."""
    folder = files("assistant").joinpath("data/glossary")
    return {
        english: chinese
        for file in folder.iterdir()
        for english, chinese in _entries(file.read_text("utf-8"))
    }


@lru_cache(maxsize=1)
def _foreign_places() -> frozenset[str]:
    text = files("assistant").joinpath("data/glossary/places.txt").read_text("utf-8")
    return frozenset(english for english, _ in _entries(text))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            english, _, chinese = line.rpartition(": ")
            for variant in english.split("|"):
                yield variant.strip(), chinese.strip()
