"""An earlier question asked again with one of its parts replaced: place by place, year by year, thing by thing."""

from __future__ import annotations

import re

from assistant.following.frame import Frame, Places
from assistant.reading.question import question_kind, understand

TIME_ALONE = re.compile(
    r"^(?:到|在|截至|截止到?|至)?(?:(?:19|20)\d{2}年?(?:\d{1,2}月份?|[上下]半年|第?[一二三四]季度|前三季度|[底末初])?|去年|今年|前年|[上下]半年|第?[一二三四]季度|前三季度|全年)的?$"
)
_TIME_FIRST = re.compile(
    r"^(?P<time>(?:19|20)\d{2}年?(?:\d{1,2}月份?|[上下]半年|第?[一二三四]季度|前三季度)?|去年|今年|前年|[上下]半年|第?[一二三四]季度|前三季度)的?(?P<rest>[一-鿿“”]{2,})$"
)
_SHORT_CODE = re.compile(r"^[“\"‘「]?([0-9A-Za-z])[”\"’」]?$")
BATCH = re.compile(r"首批|第?[一二三四五六七八九\d]批|第[一二三四五六七八九\d]+(?:轮|期|届|次)")
_MODIFIES = re.compile(r"(?:的|过|好|掉|以[上下内外]|上|成功|成)$")
_MONEY = re.compile(r"(?:金|费|钱|款|额|资金|补贴|补助|工资|收入|投资|经费|捐赠|税)$")
_COUNTED = re.compile(r"(?:床位|院校|学校|机构|人数|志愿者|职工|学生|学员|人员|项目|场次|户数|驿站|小区)$")
_PEOPLE_ASKED = frozenset({"人", "名", "位", "户", "人次"})

_WHOLE = re.compile(r"(?P<all>全[国省市县区])的?(?P<mean>平均)?(?:水平|情况)?的?")
# What is told of a thing, and of others like it: the 率 of «农村劳动力的就业率».
_MEASURED = re.compile(
    r"(?:[一-鿿]{0,3}(?<![功效频])率|占比|比例|比重|增速|增幅|涨幅|增加值|面积|标准|均价|价格|年龄|满意度)$"
)


class Replacing:
    """Puts what a later turn names in the place of the like part of an earlier question.

    Args:
        places: Text → administrative places in it as (start, end, name).
    """

    def __init__(self, places: Places) -> None:
        self._places = places

    def is_place(self, text: str) -> bool:
        """Returns whether a text is the name of a place and no more."""
        return bool(self.whole_place(text))

    def whole_place(self, text: str) -> str:
        """Returns the place that a text consists of (三亚海棠区), "" if it says more or names none."""
        places = self._places(text)
        end = places[0][1] if places else 0
        for start, after, _ in places[1:]:
            end = after if start == end else end
        whole = text[places[0][0] : end] if places else ""
        return whole if whole and len(whole) >= len(text.strip("那在市省区县的 ")) - 1 else ""

    def replaced(self, new: str, earlier: Frame, *, of: bool = False) -> list[str]:
        """Returns the earlier question with its like part replaced by `new`: a place by a place, a year by a year.

        With `of` it is a part of what was asked about («获证的呢»).
        """
        if place := self.whole_place(new):
            return [earlier.with_place(place)]
        if whole := _WHOLE.fullmatch(new):
            return [earlier.with_place(whole["all"] + ("平均" if whole["mean"] else ""))]
        if TIME_ALONE.match(new):
            return [earlier.with_time(re.sub("^(?:到|在|截至|截止到?|至)|的$", "", new))]
        if (code := _SHORT_CODE.match(new)) and (
            olds := re.findall(
                r"(?<=[“\"‘「])[0-9A-Za-z](?=[”\"’」])|(?<![\dA-Za-z])\d(?=指|代表|是什么)", earlier.text
            )
        ):
            position = earlier.text.rfind(olds[-1])
            return [earlier.text[:position] + code[1] + earlier.text[position + 1 :]]
        if (old := BATCH.search(earlier.text)) and BATCH.fullmatch(new):
            return [earlier.text.replace(old[0], new, 1)]
        if timed := _TIME_FIRST.match(new):
            return self._another_time(timed["time"], timed["rest"], earlier)
        if places := self._places(new):
            return self._another_body(new, places[0], earlier)
        return self.another_thing(new + "的" if of else new, earlier)

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
        return [place[2] + text for text in self.another_thing(thing, earlier, lead="")]

    def another_thing(self, new: str, earlier: Frame, lead: str | None = None) -> list[str]:
        """Returns readings with another thing asked about, place, time and way of asking kept."""
        lead = earlier.lead if lead is None else lead
        when = lead + earlier.time
        if question_kind(new)[0] != "other" and not _MODIFIES.search(new):
            return [when + earlier.topic + new, when + new]
        if self._counted_otherwise(new, earlier):
            return [
                f"{when}{new}{'有多少' if understand(earlier.text).kind == 'money' else '多少钱'}",
                when + new,
            ]
        found = [when + new + earlier.bare_tail]
        if measured := _of_its_like(new, earlier.topic):
            return [when + measured + earlier.bare_tail, *found]
        if earlier.target:
            swapped = [self.swapped(earlier, new, lead)]
            if _MODIFIES.search(new):
                bounded = bool(re.search(r"以[上下内外]", new))  # of the same things, and so counted alike
                same = self.swapped(earlier, new.removesuffix("的") + "的" + earlier.target, lead)
                swapped.insert(0 if bounded else 1, same)
            found = [*swapped, *found] if earlier.after else [*found, *swapped]
        return [*found, when + earlier.topic + new + earlier.bare_tail]

    def _counted_otherwise(self, new: str, earlier: Frame) -> bool:
        """Returns whether the earlier question counts people and the thing named is money, or the other way about."""
        asked = understand(earlier.text)
        if asked.kind == "count" and asked.unit in _PEOPLE_ASKED:
            return bool(_MONEY.search(new))
        return asked.kind == "money" and asked.unit != "" and bool(_COUNTED.search(new))

    def swapped(self, earlier: Frame, new: str, lead: str) -> str:
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


def _of_its_like(new: str, topic: str) -> str:
    """Returns what was asked about with its thing replaced by a like one, "" if nothing is told of a thing there.

    >>> _of_its_like("易地搬迁的劳动力", "农村劳动力就业率")
    '易地搬迁的劳动力就业率'
    """
    for length in range(min(4, len(new)), 1, -1):
        at = topic.find(new[-length:])
        if at > 0 and len(topic) - at - length >= 2:
            return new + topic[at + length :]
    match = _MEASURED.search(topic)
    if match is None or match.start() == 0 or _MEASURED.search(new):
        return ""
    return f"{new.removesuffix('的')}的{match[0]}"
