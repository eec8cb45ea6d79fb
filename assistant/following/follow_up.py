"""Follow-up questions made standalone: what a later turn lacks is taken from the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.following.frame import Frame, Places, frame
from assistant.following.referring import refers, resolved
from assistant.models import Answer
from assistant.reading.question import question_kind

_AND = r"^(?:那么?|其中|还有|另外|再问一?下|换成?|然后|请问|同样)?\s*[,，]?\s*"
_ELLIPSIS = re.compile(
    _AND + r"(?P<new>[^,，?？。]{1,24}?)\s*(?:的)?(?:呢|怎么样|又如何|如何|的情况)\s*[?？。]*$"
)
# «那揭阳是多少»: a place or a time alone, asked about as before.
_ASKED_AGAIN = re.compile(
    _AND
    + r"在?(?P<new>[^,，?？。]{2,16}?)(?:那边|这边|那里)?的?(?:这个?(?:数字?|指标|比例|占比)|这一项|这方面|这块)?(?:现在|目前|又)?(?:是|有|为|达)?(?:多少|几)[个名家人件项栋所支条场位户]?\s*[?？。]*$"
)
# «那党建服务专员岗位?»: no more than the other thing.
_NAMED_ALONE = re.compile(r"^那么?(?!里|边|儿|个|些|时)(?P<new>[^,，?？。]{2,16})[?？]$")
_NEW_TOPIC = re.compile(
    _AND + r"(?P<new>[^,，?？。]{1,20}?)的?呢\s*[,，]\s*(?P<ask>.*(?:多少|几|什么|哪|谁|怎么|如何).*)$"
)
_NOT_THIS = r"(?:不是|不对|错了?|搞错了|弄错了|说错了)?[,，。\s]*(?:不是|我(?:要)?问的?不是)?(?P<old>[^,，。?？]{0,20}?)[,，。;；]?\s*"
_MEANT = r"(?:我(?:是)?(?:想|要)?(?:问|说|指)(?:的)?(?:是)?|我指的是|是指|而?是|改成|换成|应该是)"
_CORRECTION = re.compile(rf"^{_NOT_THIS}{_MEANT}(?P<new>[^,，。?？]{{1,30}})[。?？!！]*$")
_MEANT_FIRST = re.compile(
    rf"^{_MEANT}(?P<new>[^,，。?？]{{1,20}})[,，]\s*(?:而)?不是(?P<old>[^,，。?？]{{1,20}})[。?？!！]*$"
)
_STARTS_CORRECTION = re.compile(
    r"^我?(不是|不对|错了|搞错|弄错|说错|我问的|我是问|我说的|我是说|我指的|我问|我想问的是|我要问的是)"
)
_LEANS = re.compile(
    r"全市|全省|全县|全区|^(那|其中|还有|另外|占比|比例|具体|同比|增长|该|比|又|再|总共|一共|为什么|什么时候|哪年|怎么|全称|后来|结果|多少|几|从什么时候)"
)
_WRONG = r"(?:不是|不对|错了|我?(?:说|搞|弄|问)错了?)[,，。\s]*(?:我)?(?:其实)?(?:是)?(?:想|要)?(?:问|说|指)的?(?:是|其实是)?"
_LEAD_IN = re.compile(
    rf"^(?:{_WRONG}|换个问题|换个话题|换一个|再问一?个?(?:问题)?|另外问一?下|顺便问一?下?|我(?:是)?(?:想|要)问(?:的是)?|请问|那么|那(?![里边儿个份项支家种位条笔些次场批]))[,，:：\s]*"
)
_ATTRIBUTE = re.compile(
    r"^(?:那么?)?(?:占比|比例|比重|同比|环比|增长|增幅|比(?:上|去|前|同)|较|又|这个增速|其中占|具体)"
)
_TIME_ALONE = re.compile(
    r"^(?:(?:19|20)\d{2}年?(?:\d{1,2}月份?|[上下]半年|第?[一二三四]季度|前三季度)?|去年|今年|前年|[上下]半年|第?[一二三四]季度|前三季度|全年)的?$"
)
_NAMED_ONE_BY_ONE = re.compile(r"(?:具体|分别)?(?:都)?(?:是|有|包括)?(?:哪些|哪几)")
_ASKS_AT_ALL = re.compile(r"多少|几|什么|哪|谁|吗|怎|如何|没有?$|不$")
_TIME_FIRST = re.compile(
    r"^(?P<time>(?:19|20)\d{2}年?(?:\d{1,2}月份?|[上下]半年|第?[一二三四]季度|前三季度)?|去年|今年|前年|[上下]半年|第?[一二三四]季度|前三季度)的?(?P<rest>[一-鿿“”]{2,})$"
)
_CHANGES_TOPIC = re.compile(r"^(?:那)?(?:换个|换一个|另外|顺便|再问一?个?别的|还想问|还有个)")
_LEAVES_OUT = re.compile(
    r"^(?:那么?)?(?:其中|当中|里面|里头|它|他|她|这|该|上述|第[一二三四五六七八九\d]|具体|分别)"
)
_TURNS = 4  # turns back in which a body that is meant may have been named
_WHOLE_YEAR = re.compile(r"(?:19|20)\d{2}年?")  # a month is of one event and does not carry over
_BASE = re.compile(r"上一?年|去年|前年|同期")
_SHORT_CODE = re.compile(r"^[“\"‘「]?([0-9A-Za-z])[”\"’」]?$")
_BATCH = re.compile(r"首批|第?[一二三四五六七八九\d]批|第[一二三四五六七八九\d]+(?:轮|期|届|次)")
_MODIFIES = re.compile(r"(?:的|过|好|掉|以[上下内外]|上|成功|成)$")


def changes_topic(turn: str) -> bool:
    """Returns whether a turn says that it is about something else."""
    return bool(_CHANGES_TOPIC.match(turn.strip()))


def leaves_out(turn: str) -> bool:
    """Returns whether a turn leaves out what it is about and leans on the turn before."""
    return bool(_LEAVES_OUT.match(turn.strip()))


class FollowUp:
    """Turns a later question into standalone ones.

    Args:
        places: Text → administrative places in it as (start, end, name).
    """

    def __init__(self, places: Places) -> None:
        self._places = places

    def standalone(self, question: str, history: Sequence[tuple[str, Answer]]) -> list[str]:
        """Returns readings of the question that stand alone, the likeliest first; itself alone on a first turn."""
        previous = next((a for _, a in reversed(history) if a.status not in {"smalltalk", "rejected"}), None)
        if previous is None:
            return [question]
        earlier = frame(previous.standalone_question or previous.question, self._places)
        spoken = " ".join(a.standalone_question or a.question for _, a in reversed(history[-_TURNS:-1]))
        for attempt in (self._corrected, self._elliptical):
            if found := attempt(question, earlier):
                return list(dict.fromkeys(found))
        return list(dict.fromkeys(self._asked(question, previous, earlier, spoken)))

    def _corrected(self, question: str, earlier: Frame) -> list[str]:
        if not _STARTS_CORRECTION.match(question):
            return []
        match = _MEANT_FIRST.match(question) or _CORRECTION.match(question)
        if match is None:
            return []
        new, old = match["new"].strip("的那种吧呢 "), match["old"].strip()
        if old and earlier.target.endswith(old) and not self._is_place(new):
            return [self._swapped(earlier, new, earlier.lead), *self._another_thing(new, earlier)]
        if old and old in earlier.text:
            return [earlier.text.replace(old, new)]
        if re.search("多少|几|什么|哪|谁|吗|如何|怎么", new):
            return []  # a whole question of its own
        return self._replaced(new, earlier)

    def _elliptical(self, question: str, earlier: Frame) -> list[str]:
        if match := _NEW_TOPIC.match(question.strip()):
            new, ask = match["new"], match["ask"]
            if self._is_place(new):
                return [new + earlier.time + ask, new + earlier.time + earlier.topic + ask]
            return [earlier.lead + earlier.time + new + ask]
        match = _ELLIPSIS.match(question.strip())
        if match is None:
            alone = _NAMED_ALONE.match(question.strip())
            if alone and not _ASKS_AT_ALL.search(alone["new"]):
                return self._replaced(alone["new"].strip(), earlier)
            again = _ASKED_AGAIN.match(question.strip())
            if again and (self._is_place(again["new"]) or _TIME_ALONE.match(again["new"])):
                return self._replaced(again["new"].strip(), earlier)
            return []
        new = match["new"].strip()
        if re.search(r"什么|多少|几|谁|哪|为何|如何", new):
            return []
        of = bool(re.search(r"的(?:呢|怎么样)\s*[?？。]*$", question))
        return self._replaced(new, earlier, of=of)

    def _is_place(self, text: str) -> bool:
        return bool(self._whole_place(text))

    def _whole_place(self, text: str) -> str:
        """Returns the place that a text consists of (三亚海棠区), "" if it says more or names none."""
        places = self._places(text)
        end = places[0][1] if places else 0
        for start, after, _ in places[1:]:
            end = after if start == end else end
        whole = text[places[0][0] : end] if places else ""
        return whole if whole and len(whole) >= len(text.strip("那在市省区县的 ")) - 1 else ""

    def _replaced(self, new: str, earlier: Frame, *, of: bool = False) -> list[str]:
        """Returns the earlier question with its like part replaced by `new`: a place by a place, a year by a year.

        With `of` it is a part of what was asked about («获证的呢»).
        """
        if place := self._whole_place(new):
            return [earlier.with_place(place)]
        if _TIME_ALONE.match(new):
            return [earlier.with_time(new.removesuffix("的"))]
        if (code := _SHORT_CODE.match(new)) and (
            olds := re.findall(
                r"(?<=[“\"‘「])[0-9A-Za-z](?=[”\"’」])|(?<![\dA-Za-z])\d(?=指|代表|是什么)", earlier.text
            )
        ):
            position = earlier.text.rfind(olds[-1])
            return [earlier.text[:position] + code[1] + earlier.text[position + 1 :]]
        if (old := _BATCH.search(earlier.text)) and _BATCH.fullmatch(new):
            return [earlier.text.replace(old[0], new, 1)]
        if timed := _TIME_FIRST.match(new):
            return self._another_time(timed["time"], timed["rest"], earlier)
        if places := self._places(new):
            return self._another_body(new, places[0], earlier)
        return self._another_thing(new + "的" if of else new, earlier)

    def _another_time(self, time: str, thing: str, earlier: Frame) -> list[str]:
        """Returns readings for a time with a thing: «2025年的增幅»."""
        same = question_kind(thing)[0] == question_kind(earlier.text)[0]
        found = [earlier.with_time(time)] if same else []
        return [*found, f"{earlier.lead}{time}{earlier.topic}{thing}", f"{earlier.lead}{time}{thing}"]

    def _another_body(self, new: str, place: tuple[int, int, str], earlier: Frame) -> list[str]:
        """Returns readings for a place with a thing: «海南省委的那个», «苏家屯的进出口»."""
        rest = new[place[1] :].strip("的")
        thing = re.sub(
            r"^(?:[省市县区]?委)?的?(?:那|这)?(?:个|份|家|支|项)?$|^的?(?:同类|同样|一样|类似|这样)的?$",
            "",
            rest,
        )
        if not thing:
            swapped = earlier.with_place(
                place[2] + (rest[:2] if rest[:2] in {"省委", "市委", "县委", "区委"} else "")
            )
            return [re.sub(r"([省市县区]委)[省市县区]?委", r"\1", swapped)]
        return [place[2] + text for text in self._another_thing(thing, earlier, lead="")]

    def _another_thing(self, new: str, earlier: Frame, lead: str | None = None) -> list[str]:
        """Returns readings with another thing asked about, place, time and way of asking kept."""
        lead = earlier.lead if lead is None else lead
        when = lead + earlier.time
        if question_kind(new)[0] != "other" and not _MODIFIES.search(new):
            return [when + earlier.topic + new, when + new]
        found = [when + new + earlier.bare_tail]
        if earlier.target:
            swapped = [self._swapped(earlier, new, lead)]
            if _MODIFIES.search(new):
                bounded = bool(re.search(r"以[上下内外]", new))  # of the same things, and so counted alike
                same = self._swapped(earlier, new.removesuffix("的") + "的" + earlier.target, lead)
                swapped.insert(0 if bounded else 1, same)
            found = [*swapped, *found] if earlier.after else [*found, *swapped]
        return [*found, when + earlier.topic + new + earlier.bare_tail]

    def _swapped(self, earlier: Frame, new: str, lead: str) -> str:
        """Returns the earlier question with another thing counted; the measure word goes, it may not fit."""
        counted = re.compile(rf"(?P<many>多少|几)[一-鿿]{{0,2}}?{re.escape(earlier.target)}")
        if earlier.after and counted.search(earlier.text):
            same = new.endswith(earlier.target)
            swapped = counted.sub(
                lambda m: (m[0].removesuffix(earlier.target) if same else "多少") + new, earlier.text, count=1
            )
        else:
            swapped = earlier.text.replace(earlier.target, new, 1)
        if earlier.place and not lead:
            swapped = swapped.replace(earlier.lead, "", 1)
        return swapped if not lead or lead in swapped else lead + swapped

    def _asked(self, question: str, previous: Answer, earlier: Frame, spoken: str) -> list[str]:
        """Returns readings of a later turn that is a question of its own, perhaps leaning on the one before."""
        bare = _LEAD_IN.sub("", question) or question
        readings = []
        for text in resolved(bare, previous, earlier, spoken):
            placed = (
                text
                if self._places(text) or not earlier.lead or earlier.lead in text
                else earlier.lead + text
            )
            readings.append(placed)
        if (batch := _BATCH.match(bare)) and (old := _BATCH.search(earlier.text)) and batch[0] != old[0]:
            readings.append(earlier.text.replace(old[0], batch[0], 1))
        if readings and (rest := refers(bare)) is not None:
            return [*readings, earlier.lead + rest] if rest else readings
        own = self._places(bare)
        if own:
            return [*readings, bare]
        own_time = re.search(r"(?:19|20)\d{2}年?|[上下]半年|季度", bare)
        when = "" if own_time else earlier.time
        timed = (
            [earlier.lead + earlier.time + bare]
            if _WHOLE_YEAR.fullmatch(earlier.time) and not own_time
            else []
        )
        with_place = earlier.lead + bare
        with_subject = (
            earlier.lead + (when if _BASE.search(bare) or when not in bare else "") + earlier.topic + bare
        )
        if _NAMED_ONE_BY_ONE.match(bare) and re.fullmatch(
            r"[超近约]?\d+余?[一-鿿]{1,2}", previous.short_answer
        ):
            noun = "" if earlier.target and earlier.target in bare else earlier.target
            return [*readings, f"{earlier.lead}{previous.short_answer}{noun}{bare}"]
        if _ATTRIBUTE.match(bare):
            short = (
                previous.short_answer if re.match("具体|分别", bare) and "“" in previous.short_answer else ""
            )
            return [*readings, *([earlier.lead + short + bare] if short else []), with_subject, with_place]
        if readings or _LEANS.search(bare) or len(bare) <= 8:
            return [*readings, *timed, with_place, with_subject, bare]
        order = [with_place, bare, with_subject] if len(bare) <= 14 else [bare, with_place]
        return [*readings, *timed, *order]
