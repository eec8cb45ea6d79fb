"""Follow-up questions made standalone: what a later turn lacks is taken from the turns before it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from assistant.following.frame import Frame, Places, frame
from assistant.following.referring import of_a_list, pointed_at, refers, resolved
from assistant.following.replacing import BATCH, TIME_ALONE, Replacing
from assistant.models import Answer
from assistant.reading.question import FIGURE_KINDS
from retrieval import is_within

_AND = r"^(?:那么?|其中|还有|另外|再问一?下|换成?|然后|请问|同样)?\s*[,，]?\s*"
_ELLIPSIS = re.compile(
    _AND + r"(?P<new>[^,，?？。]{1,24}?)\s*(?:(?:的)?(?:呢|怎么样|又如何|如何|的情况)\s*[?？。]*|的[?？])$"
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
    r"^(?:那么?)?(?:占比|比例|比重|同比|环比|增长|增幅|增速|涨幅|降幅|跌幅|增长率|比(?:上|去|前|同)|较|又|这个增速|其中占|具体)"
)
_NAMED_ONE_BY_ONE = re.compile(r"(?:具体|分别)?(?:都)?(?:是|有|包括)?(?:哪些|哪几)")
_ASKS_AT_ALL = re.compile(r"多少|几|什么|哪|谁|吗|怎|如何|没有?$|不$")
_CHANGES_TOPIC = re.compile(r"^(?:那)?(?:换个|换一个|另外|顺便|再问一?个?别的|还想问|还有个)")
_LEAVES_OUT = re.compile(r"^(?:那么?)?(?:其中|当中|里面|里头|它|他|她|这|该|上述|具体|分别)")
_COMPARES = frozenset({"yesno", "comparison"})
_ENDS_IN_COUNT = re.compile(
    r"(?:多少|几)[个家名人项件场条份栋所支座户处次种位台辆株块艘](?:的?呢|啊|呀)?[?？。]*$"
)
_ALIKE = re.compile(r"(?:类似|同类|同样|一样|这样)的(?=叫|是|有|名|数|在)")
_PER_HEAD = re.compile("每[人户家个名所](?:每[年月天日])?|人均|户均|平均")
_FORMER = re.compile(r"^[一-鿿]{0,4}?(?:以前|之前|原来|原先|此前|当初)的?(?:是|有|为)?(?:多少|几)")
_SHORT = 14
_TURNS = 4  # turns back in which a body that is meant may have been named
_STRETCH = re.compile(
    r"(?:(?:19|20)\d{2}年?)?(?:[上下]半年|第?[一二三四]季度|前三季度)|(?:19|20)\d{2}年?"
)  # a month is of one event and does not carry over
_BASE = re.compile(r"上一?年|去年|前年|同期")


def changes_topic(turn: str) -> bool:
    """Returns whether a turn says that it is about something else."""
    return bool(_CHANGES_TOPIC.match(turn.strip()))


def leaves_out(turn: str) -> bool:
    """Returns whether a turn leaves out what it is about and leans on the turn before."""
    return bool(_LEAVES_OUT.match(turn.strip()))


def _no_nouns(text: str) -> Sequence[str]:
    return ()


class FollowUp:
    """Turns a later question into standalone ones.

    Args:
        places: Text → administrative places in it as (start, end, name).
        nouns: Text → the things that it names, in order.
    """

    def __init__(self, places: Places, nouns: Callable[[str], Sequence[str]] = _no_nouns) -> None:
        self._places = places
        self._nouns = nouns
        self._replacing = Replacing(places)

    def standalone(self, question: str, history: Sequence[tuple[str, Answer]]) -> list[str]:
        """Returns readings of the question that stand alone, the likeliest first; itself alone on a first turn."""
        talk = [a for _, a in history if a.status not in {"smalltalk", "rejected"}]
        if not talk:
            return [question]
        frames = self._frames(talk)
        question = self._meant(question) or question
        for attempt in (self._corrected, self._elliptical):
            if found := attempt(question, frames[0]):
                older = [
                    attempt(question, f)[:1] for f in frames[1:] if self._may_lean(question, frames[0], f)
                ]
                return list(dict.fromkeys([*found[:1], *itertools.chain(*older), *found[1:]]))
        return list(dict.fromkeys(self._asked(question, talk, frames)))

    def _frames(self, talk: Sequence[Answer]) -> list[Frame]:
        """Returns the questions that a turn may lean on, the last first, the others about its place.

        What was asked in vain of a place within the one before is leant on as it was asked before.
        """
        frames = [frame(a.standalone_question or a.question, self._places) for a in reversed(talk[-_TURNS:])]
        last = frames[0]
        moved = [last]
        for older in frames[1:]:
            inside = talk[-1].status == "abstained" and is_within(last.lead, older.lead)
            here = last.lead and not inside and older.lead != last.lead
            moved.append(frame(older.with_place(last.lead), self._places) if here and older.lead else older)
        return moved

    def _may_lean(self, question: str, last: Frame, earlier: Frame) -> bool:
        """Returns whether an ellipsis may lean on a question before the last one.

        A thing may where both ask for a figure; a time or place only past a question that compares.
        """
        match = _ELLIPSIS.match(question.strip())
        if match is None or not earlier.tail or earlier.kind not in FIGURE_KINDS:
            return False
        new = match["new"].strip()
        if self._replacing.is_place(new) or TIME_ALONE.match(new):
            return last.kind in _COMPARES
        return last.kind in FIGURE_KINDS and not self._places(new)

    @staticmethod
    def _meant(question: str) -> str:
        """Returns the whole question that a correction asks («不是这个,我问的是新增了多少»), "" if it is none."""
        if not _STARTS_CORRECTION.match(question) or not (match := _CORRECTION.match(question)):
            return ""
        meant = match["new"].strip()
        return meant if len(meant) > 5 and _ASKS_AT_ALL.search(meant) else ""

    def _corrected(self, question: str, earlier: Frame) -> list[str]:
        if not _STARTS_CORRECTION.match(question):
            return []
        match = _MEANT_FIRST.match(question) or _CORRECTION.match(question)
        if match is None:
            return []
        new, old = match["new"].strip("的那种吧呢 "), match["old"].strip()
        if old and earlier.target.endswith(old) and not self._replacing.is_place(new):
            return [
                self._replacing.swapped(earlier, new, earlier.lead),
                *self._replacing.another_thing(new, earlier),
            ]
        if old and old in earlier.text:
            return [earlier.text.replace(old, new)]
        return self._replacing.replaced(new, earlier)

    def _elliptical(self, question: str, earlier: Frame) -> list[str]:
        if match := _NEW_TOPIC.match(question.strip()):
            new, ask = match["new"], match["ask"]
            if self._replacing.is_place(new):
                return [new + earlier.time + ask, new + earlier.time + earlier.topic + ask]
            return [earlier.lead + earlier.time + new + ask]
        match = _ELLIPSIS.match(question.strip())
        if match is None:
            alone = _NAMED_ALONE.match(question.strip())
            if alone and not _ASKS_AT_ALL.search(alone["new"]):
                return self._replacing.replaced(alone["new"].strip(), earlier)
            again = _ASKED_AGAIN.match(question.strip())
            if again and (self._replacing.is_place(again["new"]) or TIME_ALONE.match(again["new"])):
                return self._replacing.replaced(again["new"].strip(), earlier)
            return []
        new = match["new"].strip()
        if re.search(r"什么|多少|几|谁|哪|为何|如何", new):
            return []
        of = bool(re.search(r"的(?:呢|怎么样)?\s*[?？。]*$", question))
        return self._replacing.replaced(new, earlier, of=of)

    def _asked(self, question: str, talk: Sequence[Answer], frames: Sequence[Frame]) -> list[str]:
        """Returns readings of a later turn that is a question of its own, perhaps leaning on the one before."""
        bare, earlier = _LEAD_IN.sub("", question) or question, frames[0]
        readings = []
        if (listed := of_a_list(bare, talk[-_TURNS:])) is not None:
            lead = frame(listed[1], self._places).lead
            return [listed[0] if self._places(listed[0]) else lead + listed[0], bare]
        named = self._nouns(bare)
        bare = pointed_at(bare, named)
        for text in resolved(bare, talk[-_TURNS:], earlier):
            inside = self._places(text) or not earlier.lead or earlier.lead in text
            readings.append(text if inside else earlier.lead + text)
        if (batch := BATCH.match(bare)) and (old := BATCH.search(earlier.text)) and batch[0] != old[0]:
            readings.append(earlier.text.replace(old[0], batch[0], 1))
        if readings and (rest := refers(bare)) is not None:
            return [*readings, earlier.lead + rest] if rest else readings
        if own := self._places(bare):
            if (alike := _ALIKE.search(bare)) and earlier.target:
                return [bare[: alike.start()] + earlier.target + bare[alike.end() :], bare]
            said = [n for n in named if not any(n in place or place in n for _, _, place in own)]
            return [*readings, *([] if said else self._completed(bare, earlier)), bare]
        return [*readings, *self._leaning(bare, talk[-1], frames, elided=not named)]

    @staticmethod
    def _completed(bare: str, earlier: Frame) -> list[str]:
        """Returns a question that ends in 多少个 with the thing that the earlier one counted, [] if it is no such."""
        if not earlier.after or not earlier.target or not _ENDS_IN_COUNT.search(bare):
            return []
        return [re.sub("[的呢啊呀?？。 ]+$", "", bare) + earlier.target]

    def _leaning(self, bare: str, previous: Answer, frames: Sequence[Frame], *, elided: bool) -> list[str]:
        """Returns readings of a turn that names no place, what it lacks taken from the turns before."""
        earlier = frames[0]
        own_time = re.search(r"(?:19|20)\d{2}年?|[上下]半年|季度|\d{1,2}月|全年", bare)
        when = "" if own_time else earlier.time
        timed = (
            [earlier.lead + earlier.time + bare] if _STRETCH.fullmatch(earlier.time) and not own_time else []
        )
        with_place = earlier.lead + bare
        topic = earlier.topic if _PER_HEAD.search(bare) else _PER_HEAD.sub("", earlier.topic)
        with_subject = earlier.lead + (when if _BASE.search(bare) or when not in bare else "") + topic + bare
        if _NAMED_ONE_BY_ONE.match(bare) and re.fullmatch(
            r"[超近约]?\d+余?[一-鿿]{1,2}", previous.short_answer
        ):
            noun = "" if earlier.target and earlier.target in bare else earlier.target
            return [f"{earlier.lead}{previous.short_answer}{noun}{bare}"]
        if _FORMER.match(bare):
            return [f"{earlier.lead}{earlier.topic}原来是多少", with_subject]
        if _ATTRIBUTE.match(bare):
            short = (
                previous.short_answer if re.match("具体|分别", bare) and "“" in previous.short_answer else ""
            )
            return [*([earlier.lead + short + bare] if short else []), with_subject, with_place]
        first = [f.lead + f.topic + bare for f in frames[1:] if len(f.topic) > len(earlier.topic)][-1:]
        if (
            elided
            and len(earlier.topic) > 1
            and len(bare) <= _SHORT
            and not own_time
            and not BATCH.search(bare)
        ):
            completed = [earlier.lead + text for text in self._completed(bare, earlier)]
            return [*completed, *timed, with_subject, with_place, *first, bare]
        if _LEANS.search(bare) or len(bare) <= 8:
            return [*timed, with_place, with_subject, *first, bare]
        order = [with_place, bare, with_subject] if len(bare) <= 14 else [bare, with_place]
        return [*timed, *order]
