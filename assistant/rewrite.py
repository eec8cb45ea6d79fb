"""Follow-up questions made standalone: what a later turn lacks is taken from the turns before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.models import Answer
from assistant.reading.candidates import ORGANISATION
from assistant.reading.question import question_kind, understand

Places = Callable[[str], "list[tuple[int, int, str]]"]

_AND = r"^(?:那么?|哪|还有|另外|再问一?下|换成?|然后|请问|同样)?\s*[,，]?\s*"
_ELLIPSIS = re.compile(
    _AND + r"(?P<new>[^,，?？。]{1,24}?)\s*(?:的)?(?:呢|怎么样|又如何|如何|的情况)\s*[?？。]*$"
)
_CORRECTION = re.compile(
    r"^(?:不是|不对|错了?|搞错了|弄错了|说错了)?[,，。\s]*(?:不是|我(?:要)?问的?不是)?(?P<old>[^,，。?？]{0,20}?)[,，。;；]?\s*"
    r"(?:我(?:是)?(?:想|要)?(?:问|说|指)(?:的)?(?:是)?|我指的是|是指|而?是|改成|换成|应该是)(?P<new>[^,，。?？]{1,30})[。?？!！]*$"
)
_STARTS_CORRECTION = re.compile(r"^(不是|不对|错了|搞错|弄错|说错|我问的|我是问|我说的|我是说|我指的|我问)")
_PRONOUN = re.compile(
    r"它们?的|它们?|他们?的?|她们?的?|(?:这|那|该|上述|前面说的那|刚才说的那|前面那|刚才那)(?:个|份|项|支|家|部|套|座|种|位|条)?(?P<noun>文件|方案|办法|意见|体系|机制|部门|单位|机构|中心|协会|商会|工作法|模式|品牌|平台|活动|计划|行动|措施|学院|队伍|驿站|人|地方|城市|小区|社区)?"
)
_LEANS = re.compile(
    r"全市|全省|全县|全区|该市|该省|当地|本地|^(那|其中|还有|另外|占比|比例|具体|同比|增长|这|它|他|她|该|里面|当中|比|又|再|总共|一共|为什么|什么时候|哪年|怎么|全称|后来|结果)|第[一二三四五六七八九十\d]个|里面|前面|刚才|上面|上述"
)
_LEAD_IN = re.compile(
    r"^(?:换个问题|换一个|再问一?个?(?:问题)?|另外问一?下|顺便问一?下?|我(?:是)?(?:想|要)问(?:的是)?|请问)[,，:：\s]*"
)
_ATTRIBUTE = re.compile(
    r"^(?:那么?)?(?:占比|比例|比重|同比|环比|增长|增幅|比(?:上|去|前|同)|较|又|这个增速|其中占)"
)
_TAIL = re.compile(
    r"(?:平均|一共|总共|累计|分别|共|每年|每月)*(?:减少|增加|增长|下降|有|是|为|占|达到?|建了?|设了?|开展了?|办了?)*了?(?:多少|几|什么时候|什么|哪|谁|怎么|如何).*$"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年?|去年|今年|前年|上一?年")


class FollowUp:
    """Turns a later question into standalone ones; `places` finds administrative places in a text."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def standalone(self, question: str, history: Sequence[tuple[str, Answer]]) -> list[str]:
        """Returns readings of the question that stand alone, the likeliest first; itself alone on a first turn."""
        previous = next((a for _, a in reversed(history) if a.status not in {"smalltalk", "rejected"}), None)
        if previous is None:
            return [question]
        before = previous.standalone_question or previous.question
        for attempt in (self._corrected, self._elliptical):
            found = attempt(question, before)
            if found:
                return list(dict.fromkeys(found))
        question = _LEAD_IN.sub("", question) or question
        referred = self._referred(question, previous)
        if self._places(question):
            return list(dict.fromkeys([referred, question]))
        with_place, with_subject = self._inherited(referred, before)
        if _ATTRIBUTE.match(referred):
            return list(dict.fromkeys([with_subject, with_place]))
        if _LEANS.search(question) or referred != question:
            return list(dict.fromkeys([with_place, with_subject]))
        order = [with_place, question] if len(question) <= 14 else [question, with_place]
        return list(dict.fromkeys(order))

    def _corrected(self, question: str, before: str) -> list[str]:
        if not _STARTS_CORRECTION.match(question):
            return []
        match = _CORRECTION.match(question)
        if match is None:
            return []
        new, old = match["new"].strip("的那种吧呢 "), match["old"].strip()
        if old and old in before:
            return [before.replace(old, new)]
        return self._replaced(new, before)

    def _elliptical(self, question: str, before: str) -> list[str]:
        match = _ELLIPSIS.match(question.strip())
        if match is None:
            return []
        new = match["new"].strip()
        if re.search(r"什么|多少|几|谁|哪|为何|如何", new):
            return []
        return self._replaced(new, before)

    def _replaced(self, new: str, before: str) -> list[str]:
        """Returns the earlier question with its like part replaced by `new`: a place by a place, a year by a year."""
        places, old_places = self._places(new), self._places(before)
        if places and len(places[0][2]) >= len(new.strip("市省区县的")) - 1 and old_places:
            return [before[: old_places[0][0]] + new + before[old_places[0][1] :]]
        if _YEAR.fullmatch(new) or (_YEAR.match(new) and len(new) <= 7):
            if _YEAR.search(before):
                return [_YEAR.sub(new, before, count=1)]
            head = old_places[0][1] if old_places else 0
            return [before[:head] + new + before[head:]]
        lead = "".join(p[2] for p in old_places[:1] if p[2] not in new)
        year = _YEAR.search(before)
        when = year[0] if year and not _YEAR.search(new) else ""
        asked = understand(before).asked
        found = []
        if len(asked) >= 2 and asked in before:
            swapped = before.replace(asked, new, 1)
            if places and old_places:
                swapped = swapped.replace(old_places[0][2], "", 1)
            found = [swapped if lead in swapped or places else lead + swapped]
        if question_kind(new)[0] != "other":
            return [lead + when + _subject(before, lead) + new, lead + when + new]
        tail = _TAIL.search(before)
        found += [lead + when + new + tail[0]] if tail else []
        return [*found, lead + when + _subject(before, lead) + new + (tail[0] if tail else "")]

    def _referred(self, question: str, previous: Answer) -> str:
        """Returns the question with 它, 该文件 and the like replaced by what the turn before was about."""
        match = _PRONOUN.search(question)
        if match is None or not match[0]:
            return question
        entity = _entity(previous, match["noun"] or "")
        if not entity:
            return question
        tail = "的" if match[0].endswith("的") else ""
        return question[: match.start()] + entity + tail + question[match.end() :]

    def _inherited(self, question: str, before: str) -> tuple[str, str]:
        """Returns the question with the place of the turn before, and with its place, year and subject."""
        places = self._places(before)
        lead = places[0][2] if places else ""
        bare = re.sub(r"^(那么?|还有|另外|其中)[,，]?", "", question)
        year = _YEAR.search(before)
        when = year[0] if year and not _YEAR.search(question) else ""
        place_only = question if lead and lead in question else lead + bare
        return place_only, (lead if lead not in bare else "") + when + _subject(before, lead) + bare


def _subject(before: str, lead: str) -> str:
    """Returns the thing the earlier question was about, its question words and place taken off."""
    text = before.replace(lead, "", 1) if lead else before
    named = re.split(r"(?:一共|总共|目前|现在)?(?:有|是|为|占|达到?)?(?:多少|几|什么|哪|谁|怎么|如何)", text)[
        0
    ]
    subject = _YEAR.sub("", named).strip("的,，?？在 ")
    return (subject or understand(text).asked)[:16]


def _entity(previous: Answer, noun: str) -> str:
    """Returns what 它 or 该… most likely means: a body where one is meant, else a name in the answer or the question."""
    asked = previous.standalone_question or previous.question
    if noun in {"部门", "单位", "机构", "中心", "协会", "商会", "学院", "队伍"}:
        found = [m[0] for text in (asked, previous.short_answer) for m in ORGANISATION.finditer(text)]
        if found:
            return max(found, key=len)
    for text in (previous.short_answer, asked):
        if match := re.search(r"《[^《》]+》|“[^“”]+”", text):
            return match[0]
    if (
        previous.short_answer
        and not re.search(r"\d", previous.short_answer)
        and len(previous.short_answer) <= 24
    ):
        return previous.short_answer
    return _subject(asked, "")
