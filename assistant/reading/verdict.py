"""Whether a sentence says yes or no to the question it answers: only where its own words decide it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.polarity import negations
from assistant.reading.scoring import Coverage

YES, NO = "是", "否"
_MET = 0.45  # how well each word of what is asked must be met
_MOST_LACKING = 0.08  # share of what the question tells that may be missing
# How things compare: a question for one is denied by the other.
_PAIRS = (
    ("快", "慢"), ("高", "低"), ("多", "少"), ("大", "小"), ("早", "晚"), ("强", "弱"), ("长", "短"), ("优", "劣"),
)  # fmt: skip
_UP = re.compile("增长|增加|上升|上涨|提高|提升|扩大|涨")
_DOWN = re.compile("下降|减少|下滑|下跌|回落|降低|缩小|跌|降")
_WAY = re.compile(f"{_UP.pattern}|{_DOWN.pattern}")
_COMPARED = re.compile(
    "比[^,，]{1,20}?(?:更|还|要|水平)?(?P<than>[快慢高低多少大小早晚强弱长短])|(?P<as>[快慢高低多少大小早晚强弱长短])(?:于|过)"
)
_ASKING = re.compile(
    "吗|嘛|么[?？]?$|没有?[?？。]*$|了没|是不是|是否|有没有|能不能|可不可以|会不会|允不允许|要不要|用不用|需不需要|该不该|算不算|对不对"
)
_EITHER = re.compile("还是|或者")
# What is only meant or hoped for is not yet so.
_HOPED = re.compile("争创|争取|力争|计划|拟|将(?!近)|预计|有望|探索|推动|鼓励|倡导|申报|筹备|筹建")
_DONE = re.compile("了没|了吗|已经?|完|好了|是不是[^,，]*了")
# What takes some out of what is said of all: a question that names them is denied, another stays open.
_TAKEN_OUT = re.compile(
    "[(（](?P<inside>[^()（）]*(?:除外|不含|不包括|不适用)[^()（）]*)[)）]|(?:不含|不包括|不包含|除)(?P<after>[^,，()（）]{2,16}?)(?:[外,，()（）]|$)"
)
_ALL = re.compile("所有|全部|全都|一律|都(?!市)|每[个名人位家]|任何|完全")
_TOLD_OF_ALL = re.compile("所有|全部|均|都(?!市)|统一|一律|各|全[省市县区国]|每")
_ONLY = re.compile("只(?!有)|仅|光(?=[给对能])|才(?=能|可)")
_TOLD_OF_ONLY = re.compile("只|仅|专[门供用]|限于")
_DIVIDES = re.compile("[,，;；。:：]")
_NOT_LESS = re.compile("不([快慢高低多少大小早晚强弱长短])于")


def verdict(question: str, text: str, coverage: Coverage) -> str:
    """Returns 是 or 否 where a sentence decides a question, "" where its words leave it open.

    Args:
        question: A normalised question to be answered by yes or no.
        text: The normalised sentence that answers it.
        coverage: How the sentence meets the question's words.
    """
    if _EITHER.search(question) or not _ASKING.search(question):
        return ""
    if (out := _TAKEN_OUT.search(text)) is not None:
        items = re.split("[、和及与,，]|除外|不含|不包括|不包含|不适用|专业", out["inside"] or out["after"])
        rest = text.replace(out[0], "")
        return NO if any(len(i) > 1 and i in question and i not in rest for i in items) else ""
    if (_ALL.search(question) and not _TOLD_OF_ALL.search(text)) or (
        _ONLY.search(question) and not _TOLD_OF_ONLY.search(text)
    ):
        return ""
    if (compared := _COMPARED.search(question)) is not None:
        return _comparing(compared["than"] or compared["as"], text)
    asked = [(t, met) for t, met, where in coverage.by_term if t.kind != "place" and where != "title"]
    turned = bool(_UP.search(question)) != bool(_UP.search(text)) and bool(_DOWN.search(question + text))
    needed = [met for t, met in asked if t.weight >= 0.1 and not (turned and _WAY.fullmatch(t.text))]
    if any(met < _MET for met in needed) or (coverage.lacking > _MOST_LACKING and not turned):
        return ""
    clause = _clause(text, [t.text for t, _ in asked])
    if _DONE.search(question) and _HOPED.search(clause):
        return ""
    ups = (bool(_UP.search(question)), bool(_DOWN.search(question)))
    told = (bool(_UP.search(clause)), bool(_DOWN.search(clause)))
    if any(ups) and any(told) and not all(ups) and not all(told):
        return YES if ups == told else NO
    plain = _ASKING.sub("", question)
    return YES if negations(plain) % 2 == negations(clause) % 2 else NO


def _comparing(word: str, text: str) -> str:
    """Returns the verdict on how things compare, by the sentence's own comparison."""
    other = next(b if a == word else a for a, b in _PAIRS if word in (a, b))
    if match := _NOT_LESS.search(text):
        return NO if match[1] == word else ""
    said, denied = f"{word}于" in text, f"{other}于" in text
    if said == denied:
        return ""
    return YES if said else NO


def _clause(text: str, words: Sequence[str]) -> str:
    """Returns the clause of a sentence that shares most characters with the words asked with."""
    wanted = set("".join(words))
    return max(_DIVIDES.split(text), key=lambda c: len(wanted & set(c)))
