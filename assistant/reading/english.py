"""English questions on Chinese articles: turned into a Chinese question that is then read like any other."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from assistant.reading.english_words import Word, translate

_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_CHINESE = re.compile("[一-鿿]")
_LEAD_IN = re.compile(
    r"^(?:please |hi,? |hello,? |can you |could you )*(?:please )?(?:tell me|let me know|i(?:'d like| want| would like) to know|do you know)?[, ]*(?:about )?(?=(?:how|what|when|where|who|which|why|is|are|the)\b)"
)
_MAKE_UP = re.compile(
    r"\bhow many (?P<parts>[\w' -]+?) (?:make up|makes up|form|comprise|belong to|sit on|are in) (?:the )?"
)
_SIDES = re.compile(r"\b(?:of|for)\b")
_ENDS_THING = re.compile(
    r"\b(?:do|does|did|is|are|was|were|have|has|had|can|will|in|at|by|to|with|on|from|per|during|there|who|that|as of|since|after|before|participated?|took|passed|signed|registered for)\b"
)

# First match wins; each gives the question's tail, with the thing asked about taken from the group.
_HOW_MANY = re.compile(r"\bhow many (?P<thing>.+)")
_NUMBER_OF = re.compile(
    r"\b(?:what (?:is|was|were|are) )?(?:the )?(?:total )?(?:number|count|amount|total) of (?P<thing>.+)"
)
_SHARE = re.compile(
    r"\b(?:what|which) (?:percentage|proportion|share|percent|per cent|fraction) of (?:the )?(?P<whole>.+?) (?:is|are|was|were|do|does|has|have|had|took) (?P<part>.+)"
)
_TAILS: tuple[tuple[str, str], ...] = (
    (r"^(?:is|are|was|were|do|does|did|has|have|had|can|will)\b", "吗"),
    (r"\b(?:percentage|proportion|share|ratio|what percent)\b", "占比是多少"),
    (r"\b(?:by )?how much\b.*\b(?:increase|grow|grew|rise|rose|growth|up)\b", "增长了多少"),
    (r"\b(?:by )?how much\b.*\b(?:decrease|fall|fell|drop|decline|reduce|cut|down)", "减少了多少"),
    (r"\bhow much (?:money|funding|funds|capital|investment)\b", "资金是多少"),
    (r"\bhow much\b", "是多少"),
    (r"\bhow (?:long|many (?:days|years|months|hours))\b", "多长时间"),
    (r"\bhow often\b", "多久一次"),
    (r"\bhow (?:old|large|big|high|tall|far)\b", "是多少"),
    (r"\b(?:when|what date|what day|which (?:day|year|month)|what (?:year|time))\b", "是什么时候"),
    (r"\bwhere\b|\bwhich (?:city|province|county|district|place)\b", "在哪里"),
    (r"\bwho(?:m|se)?\b", "是谁"),
    (r"\bwhy\b|\b(?:reason|purpose) (?:of|for)\b", "的目的是什么"),
    (r"\bwhich (?:articles?|reports?|documents? mention)\b", "哪些文章提到"),
    (r"\b(?:what|which) (?:department|organi[sz]ation|agency|body|institution|company|companies|enterprises?|university|universities)\b", "是哪个单位"),
    (r"\b(?:what|which) (?:document|policy|policies|regulation|plan|notice|documents)\b", "是什么文件"),
    (r"\bwhat (?:measures|steps|actions|approaches|practices)\b|\bhow\b", "有哪些做法"),
    (r"\bwhat (?:does|do|is meant)\b.*\b(?:mean|stand for|refer to|meant)\b", "是什么意思"),
    (r"\b(?:rate|gdp|income|wage|salary|price|revenue|investment|output|area|population|average|index|value|budget)\b", "是多少"),
    (r"\b(?:which|what are|list|name the|what)\b.*s\b", "有哪些"),
    (r"\bwhat\b|\bdefine\b", "是什么"),
)  # fmt: skip
_TAIL_PATTERNS = tuple((re.compile(pattern), tail) for pattern, tail in _TAILS)
_ASKING = re.compile(
    r"\b(?:how|what|when|where|who|whom|whose|which|why|much|many|long|often|mention|mentions|mentioned|mean|means|stand for|refer to)\b"
)
_FOLLOW_UP = re.compile(
    r"^(?:and |so )*(?:what|how) about (?P<new>.+?)[?.! ]*$|^and (?:in |for )?(?P<other>.+?)[?.! ]*$"
)
_MORE = re.compile(
    r"\b(?:(?P<most>most|highest|largest|greatest|biggest)|(?P<least>fewest|least|lowest|smallest)|(?P<less>less|fewer|lower|smaller)|more|higher|larger|greater|bigger)\b(?! than \d)"
)


def is_english(text: str) -> bool:
    """Returns whether a question is in English: several words in Latin letters and hardly a Chinese character."""
    words = _LATIN_WORD.findall(text)
    return len(words) >= 2 and len(_CHINESE.findall(text)) < len(words)


def chinese_question(text: str, near: Collection[str] = ()) -> str:
    """Returns an English question in Chinese; words that no glossary maps stay as they are, and so count as not met.

    Args:
        text: The question.
        near: Full names of divisions that the library is about.
    """
    plain = re.sub(r"[“”\"?!]", " ", text.lower().replace("’", "'"))
    plain = _MAKE_UP.sub(r"how many \g<parts> of ", re.sub(r"\bfor (?:every|each) ", "per ", plain))
    plain = _LEAD_IN.sub("", re.sub(r"\s+", " ", plain).strip(" ."))

    def said(part: str) -> list[Word]:
        return translate(part, near)

    if match := _FOLLOW_UP.match(plain):
        return f"那{_noun_phrase(match['new'] or match['other'], said)}呢?"
    if match := _SHARE.search(plain):
        whole, part = said(match["whole"]), said(match["part"])
        limits = _limits(said(plain[: match.start()]) + whole + part)
        return f"{limits}{_joined(_plain(part))}占{_joined(_plain(whole))}的比例是多少?"
    if re.match("which|who|what", plain) and (match := _MORE.search(plain)):
        return _compared(plain, match, said)
    if match := _HOW_MANY.search(plain) or _NUMBER_OF.search(plain):
        return _counted(plain, match, said)
    tail = next((tail for pattern, tail in _TAIL_PATTERNS if pattern.search(plain)), "")
    asked = _ASKING.sub(" ", plain)
    limits, body = _limits(said(asked)), _noun_phrase(asked, said, limited=False)
    if tail == "哪些文章提到":
        return f"{tail}{limits}{re.sub('^文章', '', body)}?"
    if tail[:2] in {"增长", "减少"}:
        body = body.replace(tail[:2], "")
    return f"{limits}{body}{tail}?"


def _compared(plain: str, match: re.Match[str], said: Callable[[str], list[Word]]) -> str:
    """Returns «which has more THING, A or B» as 「A和B哪个THING更多」, «which has the most» as 「哪里THING最多」."""
    words = said(_ASKING.sub(" ", plain[: match.start()] + " " + plain[match.end() :]))
    places = list(dict.fromkeys(w.chinese for w in words if w.kind == "place"))
    times = "".join(dict.fromkeys(w.chinese for w in words if w.kind == "time"))
    thing = re.sub("^(?:全?市|全?省|县|区|地方)+", "", _joined(_plain(words)))
    how = "最多" if match["most"] else "最少" if match["least"] else "更少" if match["less"] else "更多"
    return f"{'和'.join(places)}{times}哪个地方{thing}{how}?"


def _counted(plain: str, match: re.Match[str], said: Callable[[str], list[Word]]) -> str:
    """Returns «how many THING …» and «the number of THING …» with the thing asked about last."""
    rest = match["thing"]
    end = _ENDS_THING.search(rest)
    thing, after = (rest[: end.start()], rest[end.start() :]) if end and end.start() else (rest, "")
    before = _ASKING.sub(" ", plain[: match.start()])
    words = said(before) + said(thing) + said(after)
    limits = _limits(words)
    circumstances = _joined(_plain(said(before) + said(after)))
    return f"{limits}{circumstances}{'的' if circumstances else ''}{_noun_phrase(thing, said, limited=False)}有多少?"


def _noun_phrase(text: str, said: Callable[[str], list[Word]], *, limited: bool = True) -> str:
    """Returns a phrase with what follows «of» in front, as Chinese has it: the director of X → X主任."""
    parts = [said(part) for part in _SIDES.split(text)]
    body = "".join(_joined(_plain(part)) for part in reversed(parts))
    return _limits([w for part in parts for w in part]) + body if limited else body


def _limits(words: list[Word]) -> str:
    """Returns the places and times among words, which stand first in Chinese."""
    return "".join(dict.fromkeys(w.chinese for kind in ("place", "time") for w in words if w.kind == kind))


def _plain(words: list[Word]) -> list[Word]:
    return [w for w in words if w.kind in {"term", "open", "amount"}]


def _joined(words: list[Word]) -> str:
    """Returns the words' Chinese in a row; those left in English keep a space on both sides."""
    text = "".join(f" {w.chinese} " if w.kind == "open" else w.chinese for w in words)
    return re.sub(" +", " ", text)
