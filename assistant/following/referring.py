"""What 它, 这个文件, 第二个, 里面 and 那里 of a later question stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.following.frame import Frame
from assistant.following.items import listed_items
from assistant.models import Answer
from assistant.reading.candidates import ORGANISATION

_CLASS = "个|份|项|支|家|部(?!分)|套|座|种|位|条|笔|些|次|场|批|类|篇|处|所|栋|届|件"
_NOUN = (
    "部分|文件|方案|办法|意见|体系|机制|部门|单位|机构|中心|协会|商会|工作法|模式|品牌|平台|活动|计划|行动|措施|学院|队伍|驿站|人|小组|"
    "项目|资金|补贴|补助|奖金|捐款|钱|款|政策|工程|制度|会议|大会|比赛|公司|企业|医院|学校|方面|事|工作(?!指引|方案|计划|规则|部|法|机制|站|室|者|条例|办法)|数字|数|部(?!分|门)|局(?!面)|镇|乡|街道|村|社区|县|区|市|省|城市|地方"
)
_PRONOUN = re.compile(
    rf"(?:它们?|(?<!其)他们?|她们?)(?P<of>的)?|(?:这|那|该|上述|前面说的那?|刚才说的那?|前面那|刚才那|上面说的那?)(?:(?:{_CLASS})(?P<noun>{_NOUN})?|(?P<bare>{_NOUN}))"
)
_INSIDE = re.compile(
    r"^(?:那|在)?(?:这里头|这里面|这其中|这当中|那里头|里面|里头|其中|当中|之中)(?:的)?|(?<=占了)其中|(?<=占)其中"
)
_PART = re.compile(
    r"(?:那个|这个|第)?[“\"‘「]?[0-9A-Za-z]|第|分|包括|包含|有|是|都|各|具体|一共|拆|哪|多少|几"
)
_THERE = re.compile(
    r"那里(?!头|面)|那边|当地|该地|该市|该省|该县|该区|那儿|这里(?!头|面)|本地|这个地方|那个地方"
)
_ORDINAL = re.compile(
    r"第([一二三四五六七八九]|\d)(?:个|份|项|条|家|位|种|部)(?![一-鿿]*批)(?![“\"‘「]?[0-9A-Za-z])|(?P<last>最后一个|后一个|后者)|(?P<first>前一个|前者)"
)
# «推进会是在哪儿开的»: a thing by its sort, and what is asked of it.
_NAMES_ITSELF = re.compile(
    r"[一-鿿]{1,5}(?:会|仪式|活动|行动|项目|工程|平台|论坛|比赛|大赛|计划|政策|办法|通知|公司|中心|学校|医院|基地|桥|站|馆)(?=[是在有由从哪什几多叫占到花])"
)
_LONG = 8  # characters from which a question says enough without the thing that its pronoun means
_DIVISIONS = frozenset({"镇", "乡", "街道", "村", "县", "区", "市", "省", "城市", "地方"})
_TOWNS = frozenset({"镇", "乡", "街道", "村", "社区"})
_BODIES = frozenset({
    "部",
    "局",
    "部门",
    "单位",
    "机构",
    "中心",
    "协会",
    "商会",
    "学院",
    "队伍",
    "公司",
    "企业",
    "医院",
    "学校",
})
_SORTS = frozenset({"商会", "协会", "公司", "学院", "医院"})
_DOCUMENTS = frozenset({"文件", "方案", "办法", "意见", "制度", "政策"})
_DIGITS = "一二三四五六七八九"
_CODE = re.compile(r"[0-9A-Z]+(?:\+[0-9A-Z]+)+")  # 1+7+N


def resolved(question: str, talk: Sequence[Answer], earlier: Frame) -> list[str]:
    """Returns readings of a question with its references replaced, the likeliest first; [] if it refers to nothing.

    Args:
        question: The later turn.
        talk: The answers before it, the last one last.
        earlier: What the last turn asked.
    """
    previous = talk[-1]
    spoken = " ".join(a.standalone_question or a.question for a in reversed(talk[:-1]))
    if match := _THERE.search(question):
        return [question[: match.start()] + earlier.lead + question[match.end() :]] if earlier.lead else []
    if _ORDINAL.search(question):
        return []  # see `of_a_list`
    if match := _INSIDE.search(question):
        rest = question[match.end() :]
        wholes = [
            _spliced(question, match, whole + ("里的" if match.start() == 0 else ""))
            for whole in _wholes(previous, earlier)
        ]
        own = match.start() == 0 and not _PART.match(rest)
        return [rest, *wholes] if own else wholes
    match = _PRONOUN.search(question)
    if match is None:
        return []
    noun = match["noun"] or match["bare"] or ""
    tail = match["of"] or ""
    return [
        _spliced(question, match, entity + tail)
        for entity in _entities(previous, earlier, noun, match[0], spoken)
    ]


def of_a_list(question: str, talk: Sequence[Answer]) -> tuple[str, str] | None:
    """Returns the question with an ordinal replaced by the item that it names, and the question that listed it.

    The list is the last one answered; None where the question names no item of one.
    """
    match = _ORDINAL.search(question)
    if match is None:
        return None
    rest = question[match.end() :]
    for answer in (a for a in reversed(talk) if a.status != "abstained"):
        asked = answer.standalone_question or answer.question
        noun = _noun_at(rest, asked + answer.text)
        if item := _item(match, listed_items(answer, asked, noun)):
            return question[: match.start()] + item + rest.removeprefix(noun), asked
    return None


def _spliced(question: str, match: re.Match[str], text: str) -> str:
    return question[: match.start()] + text + question[match.end() :]


def _noun_at(rest: str, known: str) -> str:
    """Returns the noun that a text begins with: the longest beginning that was spoken of before, "" if none."""
    if rest[:1] in "是有在叫为的由":
        return ""
    return next((rest[:n] for n in (4, 3, 2) if len(rest) >= n and rest[:n] in known), "")


def _item(match: re.Match[str], items: list[str]) -> str:
    """Returns the item that an ordinal names, "" if there is none."""
    if match["last"]:
        return items[-1] if len(items) > 1 else ""
    number = 1 if match["first"] else int(match[1]) if match[1].isdigit() else _DIGITS.find(match[1]) + 1
    return items[number - 1] if len(items) >= max(2, number) else ""


def pointed_at(question: str, named: Sequence[str]) -> str:
    """Returns a question without the 那个 before the thing that it names itself («那个推进会在哪儿开的»)."""
    match = _PRONOUN.match(question)
    if match is None or match["noun"] or match["bare"] or match[0][-1] in "它他她们的":
        return question
    rest = question[match.end() :]
    return rest if _NAMES_ITSELF.match(rest) or (named and rest.startswith(named[0])) else question


def refers(question: str) -> str | None:
    """Returns what a question asks besides the reference it begins with, None if it begins with none.

    «它的党委书记叫什么» asks 党委书记叫什么; «这个部门是哪天成立的» asks nothing without the body it means: "".
    """
    if (match := _INSIDE.match(question)) and _PART.match(question[match.end() :]):
        return ""
    match = _PRONOUN.match(question)
    if match is None:
        return None
    rest = question[match.end() :]
    plain = match["noun"] is None and match["bare"] is None and match[0][-1] in "它们"
    return rest if match["of"] or (plain and len(rest) > _LONG) else ""


def _names(text: str) -> list[str]:
    return re.findall(r"《[^《》]+》|“[^“”]+”", text)


def _wholes(previous: Answer, earlier: Frame) -> list[str]:
    """Returns what 里面 may mean: a name just answered, a name asked about, the topic."""
    short = previous.short_answer
    if code := _CODE.search(short):
        return [f"“{code[0]}”"]
    found = [short] if short and _is_name(short) else []
    return list(dict.fromkeys(filter(None, [*found, *_names(earlier.text)[:1], earlier.topic])))


def _is_name(short: str) -> bool:
    return bool(_names(short)) or (len(short) <= 24 and not re.search(r"\d", short) and "、" not in short)


def _body(noun: str, bodies: list[str], asked: str, spoken: str) -> list[str]:
    """Returns the body that «这个商会» means: one of that sort, named last; [] if none was named."""
    if noun in _SORTS:
        found = re.search(rf"[一-鿿]{{2,16}}?{noun}", f"{asked} {spoken}")
        bodies = [found[0]] if found else bodies
    bodies = bodies or [m[0] for m in ORGANISATION.finditer(spoken)]
    return [max(bodies, key=len)] if bodies else []


def _division(noun: str, earlier: Frame, spoken: str) -> str:
    """Returns the town or village of that sort named last, else the place asked about; "" for any other noun."""
    if noun not in _DIVISIONS:
        return ""
    town = rf"(?![的了在有是个这那该与全各])[一-鿿]{{2,3}}?{noun}(?![一-鿿]?[级干委])"
    match = re.search(town, f"{earlier.text} {spoken}") if noun in _TOWNS else None
    return match[0] if match else earlier.lead


def _entities(previous: Answer, earlier: Frame, noun: str, said: str, spoken: str) -> list[str]:
    """Returns what a pronoun may mean, by the noun it bears."""
    short = previous.short_answer
    if place := _division(noun, earlier, spoken):
        return [place]
    bodies = [m[0] for text in (earlier.text, short) for m in ORGANISATION.finditer(text)]
    if noun in _BODIES:
        return _body(noun, bodies, earlier.text, spoken)
    if noun == "小组" and (bodies := re.findall(r"[一-鿿]{2,16}小组", previous.text)):
        return [max(bodies, key=len)]
    if noun in {"人", ""} and said.startswith(("他", "她")) and short and _is_name(short):
        return [short]
    if noun in {"钱", "款", "资金", "补贴", "补助", "方面", "事", "工作", "数", "数字"}:
        return list(dict.fromkeys(filter(None, [earlier.target or earlier.topic, earlier.topic])))
    if noun in _DOCUMENTS:
        titles = re.findall(r"《[^《》]+》", f"{short} {previous.text} {earlier.text}")
        return titles[:1] or [n for n in _names(f"{short} {earlier.text}") if noun in n][:1]
    documents = [n for n in (*_names(short), *_names(earlier.text)) if not noun or noun in n]
    names = [*documents, *_names(short), *_names(earlier.text)]
    if names:
        return [names[0]]
    if not noun and said.startswith("它") and earlier.lead and not (short and _is_name(short)):
        return [earlier.lead, *([earlier.topic] if earlier.topic else [])]
    if short and _is_name(short):
        return [short]
    topic = (
        earlier.topic if not noun or noun not in earlier.topic else re.split(noun, earlier.topic)[0] + noun
    )
    return [topic] if topic else []
