"""Chosen candidates into draft statements with what each cites; nothing here is checked yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.checking.checker import Support
from assistant.compose import Excerpt, excerpt
from assistant.decide import Choice
from assistant.evidence import Evidence
from assistant.figures import extract_figures
from assistant.reading.question import Question
from assistant.reading.reader import Candidate
from assistant.reading.segments import paired_noun, run_of
from assistant.reading.verdict import verdict

MOST_SHORT = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement to be checked.

    Attributes:
        text: The statement without markers.
        note: What the product itself adds beside it (no claim of the article's): open years, narrower words.
        cites: The evidence it rests on.
        short: The bare answer it carries, "" if none.
        as_of: ISO time of the figure, "" if open.
    """

    text: str
    note: str
    cites: tuple[Evidence, ...]
    short: str
    as_of: str
    candidate: Candidate


def support(evidence: Evidence) -> Support:
    """Returns what the checker may use of an evidence sentence."""
    meta = evidence.article
    context = " ".join((evidence.context, meta.publisher, meta.published))
    return Support(evidence.text, context, evidence.before, meta.published)


def draft(question: Question, choice: Choice) -> list[Draft]:
    """Returns a draft statement for every chosen candidate; the first carries the notes."""
    drafts = []
    for i, candidate in enumerate(choice.chosen):
        shown = excerpt(candidate)
        note = _note(choice, shown) if i == 0 else ""
        time = candidate.span.time
        drafts.append(
            Draft(
                shown.text,
                note,
                (candidate.evidence,),
                short_answer(question, candidate),
                time.iso if time else "",
                candidate,
            )
        )
    return drafts


def _note(choice: Choice, shown: Excerpt) -> str:
    notes = []
    if shown.open_year:
        notes.append(f"“{shown.open_year}”，原文未注明年份")
    modifiers = [
        t.text
        for t in choice.missing
        if t.kind == "word"
        and len(t.text) > 1
        and t.weight >= 0.3
        and not any(f.is_quantity for f in extract_figures(t.text))
    ]  # no unverified amount, not even quoted
    if modifiers:
        instead = f"，说的是“{choice.head}”" if choice.head else ""
        notes.append(f"原文这句没有写明“{'、'.join(modifiers)}”{instead}")
    return "；".join(notes)


def short_answer(question: Question, candidate: Candidate) -> str:
    """Returns the bare answer: figure, name, date, document, or the items of a list; "" if there is none."""
    span, text = candidate.span, candidate.evidence.text
    if span.type == "date":
        return _full_date(span.text, span.time.iso if span.time else "")
    if span.type == "figure" and (run := _whole_run(question, candidate)):
        return run
    if span.type in {"figure", "document", "person", "organisation", "place", "name"}:
        return span.text.strip()[:MOST_SHORT]
    if question.kind == "list":
        return _items(text)
    if question.kind == "yesno":
        return verdict(question.text, candidate.parsed.text, candidate.coverage)
    if question.kind == "document":
        return "、".join(dict.fromkeys(re.findall(r"《[^《》]+》", text)))[:MOST_SHORT]
    return ""


def _whole_run(question: Question, candidate: Candidate) -> str:
    """Returns all figures of «A和B分别有3个、5个» joined, where the question names A and B alike; else ""."""
    parsed, figure = candidate.parsed, candidate.span.figure
    if figure is None:
        return ""
    run = run_of(parsed.text, parsed.figures, figure)
    # «A和B的收入分别…»: the income is of both
    nouns = [re.split("的|分别", paired_noun(parsed.text, parsed.figures, f))[0] for f in run]
    nouns = [n.removeprefix(_shared_start(nouns)) for n in nouns]
    if len(run) < 2 or not all(nouns) or not all(_is_named(noun, nouns, question.text) for noun in nouns):
        return ""
    return "、".join(candidate.evidence.text[f.start : f.end] for f in run)


def _shared_start(nouns: Sequence[str]) -> str:
    """Returns what all nouns begin with."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*nouns, strict=False))
    return "".join(letters[0] for letters in alike)


def _is_named(noun: str, nouns: Sequence[str], question: str) -> bool:
    """Returns whether a question names a noun by what it has to itself among those it is coordinated with."""
    short = max(2, min(map(len, nouns)))  # «单位能耗和水耗», «对日本和德国出口»: the rest is of both
    nouns = [n[-short:] if n is not nouns[-1] else n[:short] for n in nouns]
    noun = noun[-short:] if noun[-short:] in nouns else noun[:short]
    others = [n for n in nouns if n != noun]
    own = (noun[i : i + 2] for i in range(len(noun) - 1))
    return any(
        pair in question and not any(pair in n for n in others) for pair in own if pair.strip() == pair
    )


def _full_date(text: str, iso: str) -> str:
    """Returns the date as written, with the year in brackets where the article's own date gives it."""
    if iso and iso[:4] not in text and re.match(r"\d{4}", iso):
        return f"{text}（{iso[:4]}年）"
    return text


def _items(text: str) -> str:
    """Returns the longest enumeration of a sentence joined by 、, "" if it has none."""
    runs = re.findall(
        r"[^,，。;；:：、()（）]{1,24}(?:、[^,，。;；:：、()（）]{1,24})+(?:[和与及][^,，。;；:：、()（）]{1,16})?",
        text,
    )
    best = max(runs, key=lambda r: r.count("、"), default="")
    return (
        best
        if len(best) <= MOST_SHORT
        else best[: best.rfind("、", 0, MOST_SHORT)]
        if "、" in best[:MOST_SHORT]
        else ""
    )
