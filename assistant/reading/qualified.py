"""Whether a figure is of a qualified part where a bare total is asked for.

«三亚有多少家物业服务企业» asks for all of them: neither those that «实现交叉任职» nor the helpers of one event
are the answer, though every word of the question stands at the figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.reading.asked import Asked
from assistant.reading.candidates import Parsed, Span
from assistant.reading.matching import Matcher

# «实现交叉任职的物业服务企业共»: what stands before 的 qualifies the noun that the figure counts.
_MODIFIER = re.compile(
    r"([^,，;；:：、的]{2,24})的(?=[^,，的]{0,10}$|[^,，的]{1,10}(?:共|有|达|已|为|是|总))"
)
_OCCASION = re.compile(r"期间|现场|仪式|活动(?:中|上|当天)|当天|当日|投入|出动|招募|发动")
# Words that say how a thing is kept on record and hardly narrow it: their absence is told beside the answer.
LOOSE = frozenset({"注册", "登记", "在册", "实名", "备案"})
_LEAST_STRANGE = 2
_EVERYDAY = frozenset([
    "全市",
    "全省",
    "全县",
    "全区",
    "目前",
    "现有",
    "已经",
    "开展",
    "进行",
    "涉及",
    "各类",
])


def asks_bare_total(asked: Asked, loose: frozenset[str]) -> bool:
    """Returns whether a question names nothing but a place and the thing counted; `loose` words hardly narrow."""
    if (
        asked.question.kind != "count"
        or not asked.target
        or asked.years
        or asked.periods
        or asked.spots
        or asked.question.quoted
    ):
        return False
    named = all(t.kind == "place" or t in asked.target or t.text in loose for t in asked.terms)
    return named and all(t.carries or t.text in loose for t in asked.target)


def is_qualified(
    asked: Asked, parsed: Parsed, span: Span, matcher: Matcher, is_noun: Callable[[str], bool]
) -> bool:
    """Returns whether what a figure counts is narrowed by an action or an event that the question does not name."""
    clause = parsed.text[span.segment.clause[0] : span.segment.clause[1]]
    if _OCCASION.search(clause) or any(_is_day(f.kind, f.value) for f in parsed.figures):
        return True
    strange = [
        word
        for modifier in _MODIFIER.findall(parsed.text[slice(*span.segment.left)])
        for word in matcher.words(modifier)
        if len(word) > 1 and word not in _EVERYDAY and not _named(asked, word, matcher)
    ]
    return len(strange) >= _LEAST_STRANGE and not all(map(is_noun, strange))


def _is_day(kind: str, value: str) -> bool:
    return kind == "date" and bool(re.fullmatch(r"(?:\d{4}|-)-\d{2}-\d{2}", value))


def _named(asked: Asked, word: str, matcher: Matcher) -> bool:
    terms: Sequence[str] = [t.text for t in asked.terms]
    return word in asked.question.text or any(matcher.match(t, word) >= 0.5 or word in t for t in terms)
