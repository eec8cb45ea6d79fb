"""Rosters: names that stand one a line under a line that says what they are, as at the end of an article on awards."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.evidence import Evidence

_LINE = re.compile(r"[^,，。;；:：!！?？]{2,60}")
_LONGEST_HEAD = 20
_LEAST_HEAD = 4


def roster(
    article: Sequence[Evidence], question: str, normalise: Callable[[str], str], wanted: int = 0
) -> list[Evidence]:
    """Returns the lines under the line that a question names, that line first; [] if there is no such roster.

    Args:
        article: All sentences of an article in order, headings among them.
        question: The normalised question.
        normalise: Text → simplified, half width, lower case.
        wanted: How many names the question says there are, 0 if it does not say.
    """
    lines = [bool(_LINE.fullmatch(e.text.strip())) for e in article]
    prose = " ".join(e.text for e, line in zip(article, lines, strict=True) if not line)
    plain = _unquoted(question)
    for i, item in enumerate(article):
        head = item.text.strip()
        if not (lines[i] and _LEAST_HEAD <= len(head) <= _LONGEST_HEAD):
            continue
        if _unquoted(normalise(head)) not in plain:
            continue
        found = _below(article, lines, i, prose)
        if len(found) > 1 and (not wanted or wanted == len(found)):
            return [item, *found]
    return []


def _below(article: Sequence[Evidence], lines: Sequence[bool], at: int, prose: str) -> list[Evidence]:
    """Returns the lines after a head up to the next head: one that the article's sentences list beside others."""
    found: list[Evidence] = []
    for i in range(at + 1, len(article)):
        text = article[i].text.strip()
        if not lines[i] or (len(text) <= _LONGEST_HEAD and re.search(rf"{re.escape(text)}[、等和及]", prose)):
            break
        found.append(article[i])
    return found


def _unquoted(text: str) -> str:
    return re.sub('[“”"‘’ ]', "", text)
