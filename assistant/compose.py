"""A chosen candidate into a statement: the part of its sentence that a reader needs, years made plain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.reading.reader import Candidate
from assistant.reading.segments import inside_quotes, run_of
from assistant.reading.times import TimeMention, time_mentions

_WHOLE = 110  # a sentence up to this long is shown whole
_REACH = 60  # characters a closing mark may lie behind the last clause shown
_PAIRS = (("“", "”"), ("（", "）"), ("(", ")"), ("《", "》"))
_CLOSERS = "”’」』）)】〕》"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a sentence to be shown: `text` with years supplied, `quote` as it stands in the article."""

    text: str
    quote: str
    open_year: str = ""


def excerpt(candidate: Candidate) -> Excerpt:
    """Returns the part of the candidate's sentence that answers, with 今年 and its like made plain.

    The part is contiguous: from the first clause that bears a term of the question or the figure's time,
    through the clause of the answer.
    """
    parsed = candidate.parsed
    text = parsed.evidence.text
    start, end = (0, len(text)) if len(text) <= _WHOLE else _window(candidate)
    quote = text[start:end]
    shown, open_year = _dated(
        quote, [_shift(m, start) for m in parsed.times if start <= m.start and m.end <= end]
    )
    return Excerpt(_clean(shown), quote, open_year)


def whole_sentence(evidence: Evidence) -> str:
    """Returns a sentence on one line, with 今年 and its like made plain."""
    shown, _ = _dated(evidence.text, time_mentions(evidence.text, evidence.article.published))
    return _clean(shown)


def _shift(mention: TimeMention, by: int) -> TimeMention:
    return TimeMention(
        mention.start - by,
        mention.end - by,
        mention.text,
        mention.iso,
        mention.inferred,
        mention.compared,
        mention.now,
    )


def _window(candidate: Candidate) -> tuple[int, int]:
    text, clauses = candidate.parsed.text, list(candidate.parsed.clauses)
    if candidate.span.type == "sentence":
        return 0, len(text)
    home = next((i for i, (a, b) in enumerate(clauses) if a <= candidate.span.start < b), 0)
    bearing = [
        i
        for i, (a, b) in enumerate(clauses[: home + 1])
        if any(t.text in text[a:b] for t, met, _ in candidate.coverage.by_term if met > 0)
        or (candidate.span.time and a <= candidate.span.time.start < b)
    ]
    first = max(min([home, *bearing]), home - 4)
    last = home
    while last + 1 < len(clauses) and clauses[last][1] - clauses[first][0] < 40:
        last += 1
    start, end = clauses[first][0], _run_end(candidate, clauses[last][1])
    end = _closed(text, start, end)
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return start, end


def _run_end(candidate: Candidate, end: int) -> int:
    """Returns where the row of amounts that holds the answer ends, if that is later: «95%、60%、92%»."""
    figure = candidate.span.figure
    run = run_of(candidate.parsed.text, candidate.parsed.figures, figure) if figure else []
    return max(end, run[-1].end) if run else end


def _closed(text: str, start: int, end: int) -> int:
    """Returns an end that no bracket opened in the part reaches over: «69亿元(人民币,下同)»."""
    for opening, closing in _PAIRS:
        part = text[start:end]
        if part.rfind(opening) > part.rfind(closing):
            behind = text.find(closing, end)
            if end <= behind < end + _REACH:
                end = behind + 1
    return end


def _dated(text: str, mentions: list[TimeMention]) -> tuple[str, str]:
    """Returns the text with supplied years in brackets, and the first time whose year is left open."""
    open_year = ""
    for mention in reversed(mentions):
        if inside_quotes(text, mention.start):
            continue  # a name stays as it is written
        if mention.inferred and mention.iso and mention.iso[:4] not in mention.text:
            year = mention.iso if mention.now else mention.iso[:4]
            label = _chinese_date(year)
            text = text[: mention.end] + f"（{label}）" + text[mention.end :]
        elif (
            not mention.iso
            and not mention.compared
            and re.search(r"今年|去年|前年|目前|截至|月", mention.text)
        ):
            open_year = mention.text
    return text, open_year


def _chinese_date(iso: str) -> str:
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return f"{int(year)}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


def _clean(text: str) -> str:
    """Returns the text on one line, unbalanced closing marks taken off its ends."""
    text = re.sub(r"\s+", " ", text).strip(" ,，;；、:：")
    for opening, closing in _PAIRS:
        if text.count(closing) > text.count(opening) and text.endswith(closing):
            text = text[:-1]
        if text.count(opening) > text.count(closing):
            text += closing
    return text
