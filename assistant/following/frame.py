"""An earlier question taken apart: its place, its time, the thing it was about and how it asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.reading.question import Kind, understand

Places = Callable[[str], "list[tuple[int, int, str]]"]

_WH = r"(?:百分之)?(?:多少|几|什么时候|啥时候|什么|何时|哪|谁|怎么|怎样|如何|为什么|为何|多[久长大高宽重远快]|是不是|是否|有没有)"
_ADVERB = r"(?:平均|一共|总共|累计|分别|共计?|每年|每月|目前|现在|已经?|大概|大约|又|都)*"
_VERB = (
    r"(?:花费?|耗费|减少|增加|增长|下降|提高|提升|上升|涨|跌|降|升|拥有|享有|配有|设有|建有|有|是|为|占|达到?|建了?|建成|设了?|设有|开展了?|办了?|举办|投入|收到|收入|发放|发了?|"
    r"获得|拿到|完成|签约|解决|化解|登记|覆盖|服务|参加|参与|成立|挂牌|叫做?|指|包括|由|在|从|用|能|要)?"
)
_TAIL = re.compile(rf"{_ADVERB}{_VERB}(?:了|到|(?<!通)过|着|的)*{_WH}.*$")
_PART = re.compile(
    r"(?:里面|里头|里|当中|其中|中)的?那?个?[“\"‘「]?[0-9A-Za-z][”\"’」]?$"
)  # of what has the part
_COUNTS = re.compile(r"[一-鿿]{0,4}?(?:多少|几)[一-鿿]{0,2}[?？]?")
_TERSE = re.compile(
    r"\s*(?:数量|总数|人数|个数|金额|总额|占比|比例|比重|增幅|增速|场次|人次|规模|收入|资金)\s*[?？]?$"
)
_TIME = re.compile(
    r"(?<!较)(?<!比)(?<!跟)(?<!与)(?<!同)(?:(?:19|20)\d{2}年?(?:\d{1,2}月份?|[上下]半年|第?[一二三四]季度|前三季度)?|去年|今年|前年|[上下]半年|第?[一二三四]季度|前三季度|全年)(?!相比|比)"
)
_TRAILING = re.compile(
    rf"(?:{_ADVERB}(?:有|是|为|占|达到?|叫做?|指的?|推行的?|实施了?|开展了?|发放了?|花了?|花费了?|建了?|办了?|设了?|成立了?|制定了?|印发了?|出台了?|投入了?|收到了?|共|了|的|在|由|从)+)$"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A question's parts.

    Attributes:
        text: The whole question.
        place: Its first place as (start, end, as written), or None.
        time: Its time as written, "" if none.
        topic: What it was about: its words before the asking, without place and time.
        target: What was counted or measured, as it stands in the text, "" if not clear.
        kind: What sort of answer it asked for.
        tail: How it asked, verb included («涨了百分之几?»), "" if there is no question word.
        after: True if the thing counted stands behind the question word.
    """

    text: str
    place: tuple[int, int, str] | None
    time: str
    topic: str
    target: str
    tail: str
    after: bool = False
    kind: Kind = "other"

    @property
    def bare_tail(self) -> str:
        """How it asked, without the thing counted; the measure word goes with it, it may not fit another."""
        if not (self.after and self.target):
            return self.tail
        bare = self.tail.replace(self.target, "", 1)
        return "有多少" if _COUNTS.fullmatch(bare) and understand(self.text).kind == "count" else bare

    @property
    def lead(self) -> str:
        """The name of the place, "" if none."""
        return self.place[2] if self.place else ""

    def with_place(self, name: str) -> str:
        """Returns the question about another place."""
        if self.place is None:
            return name + self.text
        rest = self.text[self.place[1] :]
        if name != self.lead:
            rest = re.sub(r"^全[省市县区]", "", rest)  # what is asked of a whole province is not of its city
        return self.text[: self.place[0]] + name + rest

    def with_time(self, time: str) -> str:
        """Returns the question about another time."""
        if self.time:
            return self.text.replace(self.time, time, 1)
        head = self.place[1] if self.place else 0
        return self.text[:head] + time + self.text[head:]


def frame(text: str, places: Places) -> Frame:
    """Returns the parts of a standalone question."""
    place = _place(text, places)
    bare = text[: place[0]] + text[place[1] :] if place else text
    time = _TIME.search(bare)
    when = time[0] if time else ""
    bare = bare.replace(when, "", 1) if when else bare
    tail = _TAIL.search(bare) or _TERSE.search(bare)
    topic = _TRAILING.sub("", bare[: tail.start()] if tail else bare).strip("的,，、?？。在:： ")
    topic = _PART.sub("", topic)
    asked = understand(text)
    target = _noun_of(asked.asked) if asked.after else asked.asked
    if not asked.after:
        target = target.replace(place[2], "") if place else target
        target = target.replace(when, "") if when else target
        target = target.strip("的")
    elif len(target) >= 2:
        topic = target  # «发放了多少人才补贴»: what is counted stands behind
    target = target if len(target) >= 2 and target in text else ""
    return Frame(text, place, when, topic[-24:], target, tail[0] if tail else "", asked.after, asked.kind)


def _place(text: str, places: Places) -> tuple[int, int, str] | None:
    """Returns the first place with what belongs to it: 万宁和乐镇, 三亚海棠区, 毕节市."""
    found = places(text)
    if not found:
        return None
    start, end = found[0][:2]
    for a, b, _ in found[1:]:
        if a == end:
            end = b
    if town := re.match(
        r"(?![为在和与的有是给向从由把每])[一-鿿]{2,3}?(?:镇|街道|乡)(?![镇村(（])", text[end:]
    ):
        end += town.end()
    return start, end, text[start:end]


def _noun_of(phrase: str) -> str:
    """Returns the noun that a phrase behind 多少 begins with: 社区 of «社区实现交叉任职»."""
    if (match := re.search(r"的([^的]{2,12})$", phrase)) and not re.search("已|都|正|了", phrase):
        return match[1] if len(phrase) > 12 else phrase
    return re.split(r"(?:已经?|都|正在|实现|参加|参与|完成|建立|制定|加入|来自|接受|获得|享受|落户)", phrase)[
        0
    ]
