"""What a statement cites, taken apart, and the times its figures may carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checking.parsing import Parsed
from assistant.figures import Figure, qualifier_set
from assistant.reading.times import TimeMention, governing_time, same_time
from assistant.reading.years import FROM_NOW
from retrieval import chinese_value, plain

_BOUND = re.compile(r"[)）]?\s*(?:(?:之|以)?(?P<before>前)(?!期)|(?:之|以)?(?P<since>后(?!期)|起|以来))")
_NUMBER = re.compile("[〇零一二三四五六七八九十]+(?=[年月日号])")
_PART = re.compile("(?:[底初末]|上旬|中旬|下旬)(?=$|[(（])")


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited sentence, normalised and taken apart, with what is known beside it."""

    parsed: Parsed
    context: str
    before: str
    carried: tuple[TimeMention, ...]
    published: str

    @property
    def text(self) -> str:
        """The cited sentence."""
        return self.parsed.text

    @property
    def around(self) -> str:
        """The sentence with all that is known beside it."""
        return f"{self.parsed.text} {self.context} {self.before}"


def qualified_alike(stated: Figure, source: Figure, c: Cited) -> bool:
    """Returns whether two equal amounts are equally exact."""
    have, want = qualifier_set(stated.qualifier), qualifier_set(source.qualifier)
    if have == want:
        return True
    # «96%、98%以上»: the qualifier after the last of an enumeration may be meant for all of it.
    following = [f for f in c.parsed.figures if f.start >= source.end and f.kind == source.kind]
    if following and not want and c.text[source.end : following[0].start] in {"、", "和"}:
        return have == qualifier_set(following[0].qualifier)
    return False


def timed_alike(stated: TimeMention | None, source: Figure, c: Cited) -> bool:
    """A figure given a time in the statement must have it in the source, carried over or resolved."""
    if stated is None:
        return True
    own = governing_time(c.parsed.times, source.start)
    if stated.text and own and stated.text == own.text:
        return True
    if own and own.iso:
        return _same_written(stated, own) or (bool(stated.iso) and same_time(stated.iso, own.iso))
    carried = [m for m in c.carried if not m.compared]
    if own is None and carried:
        return _same_written(stated, carried[-1]) or (
            bool(stated.iso) and same_time(stated.iso, carried[-1].iso)
        )
    if own is not None:
        return _same_written(stated, own)
    return stated.text in c.context or (bool(stated.iso) and stated.iso[:4] in c.context)


def _same_written(a: TimeMention, b: TimeMention) -> bool:
    bare_a, bare_b = in_digits(a.text), in_digits(b.text)
    return bare_a in bare_b or bare_b in bare_a


def bound_of(text: str, mention: TimeMention) -> str:
    """Returns `before` or `since` where a time is named as a bound (2025年前, 3月以来), else ""."""
    match = _BOUND.match(text, mention.end)
    if match is None or text.startswith(
        ("后续", "前后", "前往", "前三", "前两", "起草", "后勤"), mention.end
    ):
        return ""
    return "before" if match["before"] else "since"


def dated(mention: TimeMention, statement: str, c: Cited) -> bool:
    """A date of the statement stands in the sentence, is resolved from it, or is carried; its bound too."""
    if mention.text in FROM_NOW:
        if mention.compared and re.search("同比|同期|上年|去年", c.text) and FROM_NOW[mention.text] == -1:
            return True
        known = [m for m in c.parsed.times if m.compared == mention.compared]
        known = known or [m for m in c.carried if m.compared == mention.compared]
        return any(_same_year(mention.text, m, c.published) for m in known)
    bound, part = bound_of(statement, mention), _PART.search(mention.text)
    for m in c.parsed.times:
        if m.compared == mention.compared and _names(mention, m, part) and bound_of(c.text, m) == bound:
            return True
    written = re.compile(rf"(?<!\d){re.escape(mention.text)}")
    if any(written.search(known) for known in (c.context, c.before)) and not bound:
        return True
    return any(_names(mention, m, part) for m in c.carried) and not bound


def _same_year(word: str, source: TimeMention, published: str) -> bool:
    """Returns whether 去年 and the like mean the year of a time of the source."""
    if word in source.text or (source.text in FROM_NOW and FROM_NOW[source.text] == FROM_NOW[word]):
        return True
    return bool(published and source.iso.startswith(f"{int(published[:4]) + FROM_NOW[word]:04}"))


@lru_cache(maxsize=5000)
def in_digits(time: str) -> str:
    """Returns a time as written, its numbers in digits: 11月 for 十一月.

    >>> in_digits("二〇二四年十一月"), in_digits("今年三月五日")
    ('2024年11月', '今年3月5日')
    """
    return _NUMBER.sub(
        lambda m: plain(chinese_value(m[0])) or m[0], time.removeprefix("截至").replace("月份", "月")
    )


def _names(stated: TimeMention, source: TimeMention, part: re.Match[str] | None) -> bool:
    if part and part[0] not in source.text:
        return False
    short, long = in_digits(stated.text), in_digits(source.text)
    if short in long and not (short[0].isdigit() and (_cut_number(short, long) or _cut_range(short, long))):
        return True
    return bool(stated.iso) and _within(source.iso, stated.iso)


def _within(iso: str, stated: str) -> bool:
    if "/" in iso and "/" not in stated:
        return len(stated) == 4 and all(end.startswith(stated) for end in iso.split("/"))
    return iso.startswith(stated)


def _cut_number(short: str, long: str) -> bool:
    return not re.search(rf"(?<!\d){re.escape(short)}", long)


def _cut_range(short: str, long: str) -> bool:
    """Returns whether a time is but one end of a stretch: 6月 of 1—6月."""
    of_end = re.search(rf"[-—–~～至到]\s*{re.escape(short)}", long)
    return bool(of_end) and not re.search("[-—–~～至到]", short)


def all_around(cited: Sequence[Cited]) -> str:
    """Returns all cited sentences with what is known beside them."""
    return " ".join(c.around for c in cited)
