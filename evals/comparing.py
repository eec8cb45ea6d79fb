"""Texts and figures brought to the form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from opencc import OpenCC

from assistant import Figure, extract_figures, qualifier_set, same_unit
from evals.cases import GoldFigure

_QUOTES = re.compile("[\\s“”‘’「」『』《》〈〉\"'`*]")
_MARKER = re.compile(r"\[\d+\]")


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def squeezed(text: str) -> str:
    """Returns the text in NFKC without white space.

    >>> squeezed("（A） １２")
    '(A)12'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """Returns the text as answers are compared: NFKC, lower, simplified, no white space, no quotes.

    >>> plain("《條例》 “ＡＢ”")
    '条例ab'
    """
    return str(_converter().convert(_QUOTES.sub("", unicodedata.normalize("NFKC", text)).lower()))


@lru_cache(maxsize=20000)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Returns the figures of a text without its citation markers."""
    return tuple(extract_figures(_MARKER.sub("", text)))


def same_value(value: str, figure: Figure) -> bool:
    """Returns whether a figure (or the upper end of a range) is the decimal value."""
    try:
        return any(Decimal(value) == Decimal(end) for end in (figure.value, figure.high) if end)
    except InvalidOperation:
        return False


def meets(gold: GoldFigure, figure: Figure) -> bool:
    """Returns whether a figure is the gold one in value and unit (an absent unit fits any).

    A gold figure rounded to decimals (约11.1%) is met by every figure that rounds to it.
    """
    if not figure.is_quantity or not same_unit(gold.unit, figure.unit):
        return False
    return same_value(gold.value, figure) or ("约" in gold.qualifier and _rounds_to(gold.value, figure))


def _rounds_to(value: str, figure: Figure) -> bool:
    rounded = Decimal(value)
    places = rounded.as_tuple().exponent
    return isinstance(places, int) and places < 0 and Decimal(figure.value).quantize(rounded) == rounded


def stands_in(gold: GoldFigure, text: str) -> bool:
    """Returns whether the gold figure stands in the text, in any notation or word for word."""
    if any(meets(gold, figure) for figure in figures_of(text)):
        return True
    written = rf"(?<![\d.,〇零一二三四五六七八九十百千万亿]){re.escape(squeezed(gold.text))}(?!\d)"
    return bool(re.search(written, squeezed(_MARKER.sub("", text))))


def same_qualifier(gold: GoldFigure, figure: Figure) -> bool:
    """Returns whether the qualifiers are of the same class: 约 and 大约 are, 约 and 超 are not."""
    return qualifier_set(gold.qualifier) == qualifier_set(figure.qualifier)


def extra_figures(golds: Iterable[GoldFigure], text: str) -> list[Figure]:
    """Returns the figures of a text that share a gold figure's unit and are none of the gold ones."""
    golds = tuple(golds)
    own = [figure.value for gold in golds for figure in figures_of(gold.text)]  # 8人中1名 has two of its own
    return [
        figure
        for figure in figures_of(text)
        if figure.is_quantity
        and figure.value not in own
        and not any(meets(gold, figure) for gold in golds)
        and any(same_unit(gold.unit, figure.unit) and bool(gold.unit) == bool(figure.unit) for gold in golds)
    ]
