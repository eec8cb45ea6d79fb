"""Lists: how many items a question says there are, and how many a text names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.reading.question import Question

_RUN = re.compile(r"[^,，。;；:：]+(?:、[^,，。;；:：]+)+")
_NAME = re.compile(r"“[^“”]+”|《[^《》]+》")
_POINT = re.compile(
    r"第[一二三四五六七八九十]|[一二三四五六七八九]是|首先|其次|再次|再者|最后|[(（][一二三四五六七八九十][)）]"
)


def listed(text: str) -> int:
    """Returns how many items a question says there are («哪三个», «26家成员单位名单»), 0 if it does not say."""
    text = re.sub(
        r"哪?几?[一二两三四五六七八九十\d]+个?[字句]", "", text
    )  # 哪八个字: a slogan, no list of eight
    if match := re.search(r"哪几?([两二三四五六七八九十]|\d+)", text):
        number = match[1]
        return int(number) if number.isdigit() else "〇一二三四五六七八九十".find(number.replace("两", "二"))
    if match := re.search(r"哪“([两二三四五六七八九十])[一-鿿]{1,4}”", text):
        return "〇一二三四五六七八九十".find(match[1].replace("两", "二"))
    match = re.search(r"(\d+)[个家名位项条支所类种]", text)
    return int(match[1]) if match and re.search("名单|具体|分别|哪些", text) else 0


_WHICH = r"哪(?:些|[几一两二三四五六七八九十]{1,2}(?:个|项|种|类|方|条|点|大|重|步|样|份|家|支|方面)?)"
_LIST_NOUN = re.compile(
    rf"{_WHICH}(?P<after>[一-鿿]{{2,6}})[?？。]?$|(?P<before>[一-鿿]{{2,4}}?)(?:主要|分别|具体|都|又|各)*(?:有|是|包括|为)?{_WHICH}[?？。]?$"
)


def list_noun(text: str) -> str:
    """Returns the noun for what a question wants listed («面临哪些难点», «难处主要有哪四条»), "" if it does not end with it.

    >>> list_noun("衡川面临哪些难点?"), list_noun("碰到的难处主要有哪四条?")
    ('难点', '难处')
    """
    match = _LIST_NOUN.search(text)
    if match is None:
        return ""
    return match["after"] or match["before"].rpartition("的")[2]


def items_in(text: str) -> int:
    """Returns how many items a text names in a row: joined by 、, in quotation marks, or as 一是…二是…."""
    run = max(
        (
            r.count("、") + 1 + len(re.findall("[和及与](?![谐平])", r.rpartition("、")[2]))
            for r in _RUN.findall(text)
        ),
        default=0,
    )
    return max(run, len(_NAME.findall(text)), len(_POINT.findall(text)))


def fewer_than_asked(question: Question, texts: Sequence[str]) -> bool:
    """Returns whether a question says how many there are («哪五步») and the texts name clearly fewer.

    A text may put an item in two words or leave the last one out, so one short is not counted as fewer.
    """
    wanted = (
        listed(question.text) if question.kind in {"list", "definition", "organisation", "document"} else 0
    )
    if wanted < 3:
        return False
    named = max(items_in("".join(texts)), sum(max(1, items_in(t)) for t in texts))
    return named < wanted - 1
