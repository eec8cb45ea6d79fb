"""A model's reply, as it comes, into claims: one sentence each with the numbers it cites. Tolerant, bounded.

Understands JSON by the schema, also when cut off, and lines of text with markers in every usual form.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

MOST_CLAIMS = 40
_MOST_LABELS = 12
_MOST_CHARACTERS = 600  # a sentence longer than that is none
_NUMBERS = r"(?:证据)?\s*\d{1,3}(?:\s*[,，、;；-]\s*(?:证据)?\s*\d{1,3})*"
MARKERS = re.compile(rf"(?:\s*(?:\[\^?{_NUMBERS}\]|【{_NUMBERS}】|［{_NUMBERS}］))+")
_LABEL = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?")
_ENDS = re.compile(r"[。！？!?][”’」』）)]*")
_BULLET = re.compile(
    r"^\s*(?:[-*•·>]\s+|#{1,6}\s+|\d{1,2}[.．、)）]\s*(?=[^\d\s])|[（(][一二三四五六七八九十]+[）)]\s*)"
)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_MORE_MARKERS = re.compile(r"\s*(?:[\[【［][^\]】］]*)?")  # what may yet become another marker
_FENCE = re.compile(r"^```[a-z]*\s*")
_UNDECIDED = re.compile(r"`{1,3}[a-z]*\s*|<[a-z]{0,8}|\[")
_NOTHING = re.compile(r"^(?:其余部分)?(?:以上)?证据中(?:都)?没有[^,，]{0,12}$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the reply, not checked yet, with the numbers it cites in order."""

    text: str
    labels: tuple[int, ...]


class ReplyParser:
    """Takes a reply in parts and gives each claim once the next begins or the reply ends."""

    def __init__(self) -> None:
        self._text = ""
        self._given = 0
        self._ended = False

    @property
    def said(self) -> str:
        """What was taken in so far, less the model's thinking."""
        return _THOUGHT.sub("", self._text).strip()

    def feed(self, part: str) -> list[Claim]:
        """Returns the claims that this part of the reply completes."""
        self._text += part
        if "\n" not in part and not any(mark in part for mark in "。！？!?}]】］"):
            return []  # nothing can have ended
        return self._fresh(self._claims(whole=False))

    def finish(self) -> list[Claim]:
        """Returns the claims that the end of the reply completes."""
        return self._fresh(self._claims(whole=True))

    def _fresh(self, claims: list[Claim]) -> list[Claim]:
        fresh = claims[self._given : MOST_CLAIMS]
        self._given += len(fresh)
        return fresh

    def _claims(self, *, whole: bool) -> list[Claim]:
        text = _THOUGHT.sub("", self._text)
        body = _FENCE.sub("", text.lstrip())
        if body.startswith(("{", "[{")):
            return _from_json(body)
        if not whole and _UNDECIDED.fullmatch(text.lstrip()):
            return []  # may still become JSON, or a thought
        return _from_lines(text, whole=whole)


def _from_json(text: str) -> list[Claim]:
    """Returns the claims of the statements that are complete; the rest of a cut-off reply is left out."""
    decoder, claims = json.JSONDecoder(), []
    at = text.find("[", 0 if text.startswith("[") else max(0, text.find('"statements"')))
    while at >= 0 and (at := text.find("{", at)) >= 0:
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        claims += _from_object(found)
    return claims


def _from_object(found: object) -> list[Claim]:
    if not isinstance(found, dict):
        return []
    text, evidence = found.get("text"), found.get("evidence")
    if not isinstance(text, str):
        return []
    given = evidence if isinstance(evidence, list) else [evidence]
    labels = [int(n) for n in given if isinstance(n, int | str) and re.fullmatch(r"\d{1,3}", str(n))]
    inside = [label for match in MARKERS.finditer(text) for label in _labels(match[0])]
    kept = tuple(dict.fromkeys([*labels, *inside]))[:_MOST_LABELS]
    return [Claim(t, kept) for t in sentences(MARKERS.sub("", text))]


def _from_lines(text: str, *, whole: bool) -> list[Claim]:
    lines = text.split("\n")
    claims: list[Claim] = []
    for number, line in enumerate(lines):
        open_end = not whole and number == len(lines) - 1
        claims += _from_line(line, open_end=open_end)
    return claims


def _from_line(line: str, *, open_end: bool) -> list[Claim]:
    """Returns the claims of a line: sentences before a group of markers share its numbers."""
    line = _BULLET.sub("", line).replace("**", "").replace("`", "")
    claims: list[Claim] = []
    at = 0
    for match in MARKERS.finditer(line):
        if open_end and _MORE_MARKERS.fullmatch(line, match.end()):
            return claims
        claims += [Claim(t, _labels(match[0])) for t in sentences(line[at : match.start()])]
        at = match.end()
    if not open_end:
        claims += [Claim(t, ()) for t in sentences(line[at:])]
    return claims


def _labels(markers: str) -> tuple[int, ...]:
    found: list[int] = []
    for match in _LABEL.finditer(markers):
        first, last = int(match[1]), int(match[2] or match[1])
        found += range(first, min(last, first + _MOST_LABELS) + 1)
    return tuple(dict.fromkeys(found))[:_MOST_LABELS]


def sentences(text: str) -> list[str]:
    """Returns the sentences of a text; stray marks between markers and over-long ones are left out.

    >>> sentences("甲有3个。乙有“5家。”丙")
    ['甲有3个。', '乙有“5家。”', '丙']
    """
    found, at = [], 0
    for match in _ENDS.finditer(text):
        found.append(text[at : match.end()])
        at = match.end()
    found.append(text[at:])
    cleaned = [" ".join(piece.split()).strip(" ,，;；") for piece in found]
    return [piece for piece in cleaned if re.search(r"\w", piece) and len(piece) <= _MOST_CHARACTERS]


def says_nothing(claim: Claim) -> bool:
    """Returns whether a claim only says that the evidence does not tell."""
    return bool(_NOTHING.match(claim.text.strip("。.! ！")))
