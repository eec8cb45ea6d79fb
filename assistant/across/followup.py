"""Later turns about what earlier turns compared or gave one by one: «差多少», «这两个地方哪个更高», «那毕节呢»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.across.frames import Places, operation_of, plan_question
from assistant.across.plan import Operand, Operation, Plan
from assistant.across.sides import place_mentions
from assistant.figures import extract_figures
from assistant.models import Answer

_BOTH = re.compile(
    r"^(?:那么?|请问)?(?:这|那|上面|前面|以上|刚才)?(?:的)?(?:俩|(?:两|二|几|三|四)个?(?:地方|城市|地|市|省份?|区|县|者|家|个|边|(?<=[这那前].)年|数字?))(?![一-鿿]{0,2}[和与及、])|^(?:那么?)?(?:它|他|她)们(?=.{0,6}(?:哪|谁|相差|差|比|合计|加|一共|总共))|^(?:那么?)?(?:二者|两者|两地)"
)
# «地区生产总值的增速,两个区哪个高», «后面说的这两个市,哪个的驿站更多»
_BOTH_THERE = re.compile(
    r"[,，]?(?:后面|前面|上面|刚才)?(?:说|提)?(?:到)?的?(?:这|那)?(?:两|二|三)个?(?:地方|城市|地|市|省份?|区|县|家)[,，]?(?=哪|谁|相?差|合计|加起来|一共)"
)
_OWN_THING = re.compile(
    r"^哪个的?(?!地方|城市|省|市|县|区)(?P<thing>[一-鿿]{2,8}?)(?P<how>(?:更|最|比较)?(?:多|高|少|低|大|小)).*$"
)
_WITHOUT = re.compile(r"^(?:那么?)?(?:没有?|未|不|无)(?P<what>[一-鿿]{2,8}?)的?(?:呢|有?(?:多少|几).{0,3})$")
_ASKS = re.compile(
    r"^(?:那么?|那它们|还有|请问|结果)?[,，\s]*(?:一共|总共|合计|加起来|加在一起|合起来|拢共|共)?(?:是|有)?(?:相差|差了?|差距(?:是|有)?|(?:哪一?(?:个|里|边|方|家|年|处)?(?:城市|市|省份?|区|县|地方|地区|单位)?(?:的)?|谁的?)?(?:更|最|比较)?(?:多|高|少|低|大|小|早|晚|先|快)(?:出|了)?|(?:是)?(?:几|多少)倍)?(?:多少|几(?:个百分点|倍|个|人|天)?|百分之几)?(?:个|人|钱|个百分点|个点|天|倍)?(?:呢|啊|呀)?$"
)
_OPERATOR = re.compile(r"相?差|差距|多|高|少|低|大|小|早|晚|先|快|一共|总共|合计|加起来|加在一起|合起来|倍")
_BEFORE = re.compile(
    r"(?:比|较|跟|同|与)(?:上一?年|去年|前一年|上年)(?:同期)?(?:相比)?(?P<how>.*?(?:多|少|增加|减少|高|低)了?(?:多少|几).*)$"
)
_THAN_PLACE = re.compile(
    r"^(?:那么?|它|这)?比(?P<place>[^,，?？]{2,10}?)(?P<how>(?:要|还)?(?:多|少|高|低|大|小|快|慢).*)$"
)
_THAN_THING = re.compile(
    r"^(?:那么?|它|这)?比(?P<thing>(?!上一?年|去年|前一?年|上年|同期|例|重)[^,，?？]{2,14}?)(?P<how>(?:要|还)?(?:多|少|高|低|大|小)(?:出|了)?(?:多少|几).*)$"
)
_REST = re.compile(r"^(?:那么?)?(?:剩下|其余|余下|剩余|另外)的?(?:[^,，]{0,6})?(?:呢|有?(?:多少|几).{0,3})$")
_PART = re.compile(r"^(?:那么?)?(?:其中|里面|当中)")
_OTHER = re.compile(
    r"^(?:那么?|换成|还有|另外)?[,，]?(?P<place>[^,，?？]{2,10}?)(?:的)?(?:呢|怎么样|如何|又如何)$"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_WORDS = re.compile(r"[?？。!！]|请问|各自?|分别")


class Followups:
    """Makes such a turn standalone; `places` finds place names, the library's own included."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def standalone(self, question: str, history: Sequence[tuple[str, Answer]]) -> str:
        """Returns the question with what it leaves out filled in, "" if it is no such turn."""
        earlier = [
            a.standalone_question or a.question
            for _, a in history
            if a.status not in {"smalltalk", "rejected"}
        ]
        if not earlier:
            return ""
        text = question.strip(" ?？。!！")
        own = place_mentions(text, self._places(text))
        before = plan_question(earlier[-1], self._places)
        if (
            own
            and (match := _THAN_PLACE.match(text))
            and match["how"]
            and text.startswith(own[0].text, match.start("place"))
        ):
            return self._than(own[0].text, text[match.start("place") + len(own[0].text) :], earlier[-1])
        if own:
            return self._another_place(text, own[0].text, earlier[-1], before)
        if (match := _THAN_THING.match(text)) and before is None:
            stem = re.sub(
                r"(?:有|是|为)?(?:多少|几)[名个位家支条项件人]?$",
                "",
                _WORDS.sub("", earlier[-1]).strip(" ,，"),
            )
            return f"{stem.strip(' ,，')}比{match['thing']}{match['how']}" if stem else ""
        if match := _BEFORE.search(text):
            return _year_before(earlier[-1], match["how"])
        if _BOTH.search(text):
            return self._joined(_BOTH.sub("", text), earlier, before)
        if (both := _BOTH_THERE.search(text)) and _OPERATOR.search(text):
            return self._joined(text[both.end() :], earlier, before, text[: both.start()], both[0])
        if len(text) <= 16 and _ASKS.match(text) and _OPERATOR.search(text):
            return self._joined(text, earlier, before)
        return ""

    def over_turns(self, question: str, history: Sequence[tuple[str, Answer]]) -> Plan | None:
        """Returns the plan of a turn that reckons with the figures of the last two, None if it does not.

        «两个加起来是多少», «这俩差多少», and after a part («其中…») «剩下的呢».
        """
        text = question.strip(" ?？。!！")
        answered = [(q, a) for q, a in history if a.status not in {"smalltalk", "rejected"}][-2:]
        if len(answered) < 2 or place_mentions(text, self._places(text)):
            return None
        (_, first), (asked, second) = answered
        if not all(
            a.status == "grounded" and len(extract_figures(a.short_answer)) == 1 for a in (first, second)
        ):
            return None
        without = _WITHOUT.match(text)
        rest = (_REST.match(text) and _PART.match(asked)) or (without and without["what"] in asked)
        both = _BOTH.search(text) or (len(text) <= 16 and _ASKS.match(text))
        if not rest and not (both and _OPERATOR.search(text)):
            return None
        operation: Operation = "remainder" if rest else operation_of(text) or "difference"
        questions = [a.standalone_question or a.question for a in (first, second)]
        labels = [
            re.sub(r"(?:有|是|为)?(?:多少|几)[个名家人件项栋所支条场位户]?", "", _WORDS.sub("", q))
            for q in questions
        ]
        operands = tuple(Operand(label, q) for label, q in zip(labels, questions, strict=True))
        return Plan(operation, operands, lower=bool(re.search("少|低|小", text)))

    def _than(self, place: str, how: str, earlier: str) -> str:
        """Returns the earlier question's figure set against another place («比成都少多少»)."""
        mentions = place_mentions(earlier, self._places(earlier))
        if len(mentions) != 1 or mentions[0].text == place:
            return ""
        stem = re.sub(r"(?:有|是|为)?(?:多少|几)[名个位家支条项件人]?", "", _WORDS.sub("", earlier), count=1)
        return f"{stem.strip(' ,，')}比{place}{how}"

    def _another_place(self, text: str, place: str, earlier: str, before: Plan | None) -> str:
        """Returns the earlier question asked of one more place («那毕节呢» after a comparison)."""
        match = _OTHER.match(text)
        if before is None or match is None or len(match["place"]) > len(place) + 1:
            return ""
        if before.operands and before.operands[0].place:
            return before.operands[0].question.replace(before.operands[0].place, place, 1)
        return f"{place}{before.stem}" if before.stem and not before.operands else ""

    def _joined(
        self, tail: str, earlier: Sequence[str], before: Plan | None, thing: str = "", asked: str = ""
    ) -> str:
        """Returns a question that sets side by side what the plan before, or the last turns, asked of each.

        A `thing` that the turn names itself is asked about instead.
        """
        if before is not None and len(before.operands) >= 2 and not thing:
            return _over(before, tail)
        found: dict[str, str] = {}
        for question in reversed(earlier[-3:]):
            mentions = place_mentions(question, self._places(question))
            if len(mentions) == 1 and mentions[0].text not in found:
                found[mentions[0].text] = question.replace(mentions[0].text, "", 1)
        if len(found) < 2:
            return ""
        names = list(reversed(found))
        if re.search("[两俩二]", asked):
            names = names[-2:]
        if own := _OWN_THING.match(tail):
            thing, tail = thing or own["thing"], f"哪个{own['how']}"
        stem = _WORDS.sub("", thing.lstrip("那") or next(iter(found.values()))).strip(" ,，的")
        if re.search("[早晚先]", tail):
            stem = re.sub(r"是?(?:哪一?[天年日]|什么时候|何时|哪个?月)", "", stem)
        stem = re.sub(r"^[市省县区]?委(?=[一-鿿]{2})", "", stem)  # 市委 of the one is 省委 of the other
        return f"{'和'.join(names)}，{stem}，{_asked(tail)}"


def _over(before: Plan, tail: str) -> str:
    labels = [o.label for o in before.operands]
    first = before.operands[0]
    if not first.question.startswith(first.label):
        return f"{'和'.join(labels)}{_asked(tail)}"
    stem = _WORDS.sub("", first.question.removeprefix(first.label)).strip(" ,，的")
    own = {o.question.removeprefix(o.label) for o in before.operands}
    if len(own) > 1:
        nouns = [re.sub(r"(?:有)?(?:多少|几)[一-鿿]{0,2}$|是多少$", "", o.question) for o in before.operands]
        return f"{'和'.join(nouns)}，{_asked(tail)}"
    return f"{'和'.join(labels)}，{stem}，{_asked(tail)}"


def _asked(tail: str) -> str:
    tail = re.sub(r"^(?:那么?|请问|还有|的)|[,，呢啊呀]", "", tail).strip()
    return tail or "哪个多"


def _year_before(earlier: str, how: str) -> str:
    """Returns the earlier question of its year and the year before."""
    year = _YEAR.search(earlier)
    if year is None:
        return ""
    stem = re.sub(r"(?:有|是|为)?(?:多少|几)[一-鿿]{0,2}$", "", _WORDS.sub("", earlier).strip(" ,，"))
    return f"{stem}比{int(year[0]) - 1}年{how}"
