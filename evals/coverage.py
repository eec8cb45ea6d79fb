"""Lists every figure of the seed articles and the gold cases that ask for it.

Usage: python -m evals.coverage [--missing]

Exits 1 if a figure written in digits has no case and no stated reason.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files

from assistant import Figure, extract_figures, same_unit
from evals.cases import Case, Turn, load_cases
from evals.comparing import figures_of

# (article, figure as written) → why no case asks for it.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("000", "1"): "a digit of the name 11431, whose meaning is asked for in words",
    ("000", "3·5"): "part of the name of an event, counts nothing",
    ("000", "2023年"): "only the base of a comparison; the change against it is asked for",
    ("002", "80%"): "in the digest's own note on where its source breaks off",
    ("002", "2025年"): "an outlook in which nothing is counted",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure of an article: where it stands and the cases that cover it."""

    article: str
    figure: Figure
    line: str
    cases: tuple[Case, ...] = ()

    @property
    def in_digits(self) -> bool:
        """True if it is written in digits, false for Chinese numerals."""
        return any(character.isdigit() for character in self.figure.text)

    @property
    def reason(self) -> str:
        """Why no case needs to cover it, "" if one should."""
        return EXCEPTIONS.get((self.article, self.figure.text), "")


@dataclass(frozen=True, slots=True)
class Covered:
    """The figures a turn asks for, with the times they are given as of."""

    case: Case
    turn: Turn
    figures: tuple[Figure, ...] = field(default=())

    def covers(self, figure: Figure) -> bool:
        """Returns whether a figure is among those asked for, in value and unit."""
        if figure.kind == "date" and any(_dated(gold.as_of, figure.value) for gold in self.turn.figures):
            return True
        if figure.is_quantity and any(
            _equal(gold.value, figure) and same_unit(gold.unit, figure.unit) for gold in self.turn.figures
        ):
            return True
        return any(_same(figure, other) for other in self.figures)


def _dated(as_of: str, value: str) -> bool:
    """Returns whether a time is the date: `2025-11` is that of `--11`, whose year the article leaves open."""
    return bool(as_of) and (as_of == value or (value.startswith("--") and as_of.endswith(value[1:])))


def _equal(value: str, figure: Figure) -> bool:
    return any(Decimal(value) == Decimal(end) for end in (figure.value, figure.high) if end)


def _same(a: Figure, b: Figure) -> bool:
    if a.is_quantity and b.is_quantity:
        same_kind = (a.kind == "percent") == (b.kind == "percent")
        return (
            same_kind
            and any(_equal(end, a) for end in (b.value, b.high) if end)
            and same_unit(a.unit, b.unit)
        )
    return a.value == b.value or (a.kind == b.kind == "date" and _dated(b.value, a.value))


def _asked(cases: Iterable[Case]) -> Iterator[Covered]:
    for case in cases:
        for turn in case.turns:
            gold = [*(figure.text for figure in turn.figures), *turn.evidence]
            gold += [alternative for group in turn.answers for alternative in group]
            yield Covered(case, turn, tuple(figure for text in gold for figure in figures_of(text)))


def seed_texts() -> dict[str, str]:
    """Returns the shipped articles' texts without front matter, by number."""
    texts = {}
    for item in sorted(files("seeds").iterdir(), key=lambda found: found.name):
        if item.name.endswith(".md"):
            texts[item.name[:3]] = item.read_text(encoding="utf-8").split("\n---\n", 1)[-1]
    return texts


def mentions(texts: dict[str, str], cases: Sequence[Case]) -> list[Mention]:
    """Returns every figure of the texts in order, with the cases that cover it."""
    asked = list(_asked(cases))
    found = []
    for article, text in texts.items():
        here = [covered for covered in asked if article in covered.turn.articles]
        for line in text.splitlines():
            for figure in extract_figures(line):
                covering = dict.fromkeys(covered.case.id for covered in here if covered.covers(figure))
                by_id = {covered.case.id: covered.case for covered in here}
                found.append(Mention(article, figure, line, tuple(by_id[name] for name in covering)))
    return found


def _describe(mention: Mention) -> str:
    figure = mention.figure
    around = mention.line[max(0, figure.start - 12) : figure.end + 8]
    shown = [case.id for case in mention.cases if case.part == "open"]
    apart = sum(case.part == "apart" for case in mention.cases)
    by = ", ".join(shown[:4]) + (f" and {len(shown) - 4} more" if len(shown) > 4 else "")
    by += f"{'; ' if by else ''}{apart} apart" if apart else ""
    return "\t".join([mention.article, figure.kind, figure.text, around, by or mention.reason or "NO CASE"])


def main(argv: list[str] | None = None) -> int:
    """Prints the figures with their cases; returns 1 if one in digits has neither case nor reason."""
    parser = argparse.ArgumentParser(prog="python -m evals.coverage")
    parser.add_argument("--missing", action="store_true", help="only the figures that no case covers")
    arguments = parser.parse_args(argv)
    found = mentions(seed_texts(), load_cases("all"))
    for mention in found:
        if not (arguments.missing and mention.cases):
            print(_describe(mention))
    open_ones = 0
    for title, digits in (("digits", True), ("Chinese numerals", False)):
        these = [m for m in found if m.in_digits == digits]
        without = [m for m in these if not m.cases]
        lacking = [m for m in without if not m.reason]
        open_ones += len(lacking) if digits else 0
        print(
            f"{title}: {len(these)} figures, {len(without)} without a case, {len(lacking)} without a reason"
        )
    return 1 if open_ones else 0


if __name__ == "__main__":
    sys.exit(main())
