"""Questions whose answer no article states and that follows from two figures of one: the rest, the average, the share."""

from __future__ import annotations

import re

from assistant.across.plan import Operand, Plan

_AVERAGE = re.compile(
    r"^(?P<lead>.*?)平均(?:每|一)(?:一?(?:个|名|家|户|所|位|支))?(?P<x>[^,，]{1,12}?)(?P<v>有|建|配|设|[一-鿿]{2})了?(?P<ask>(?:多少|几)[个名家件项条场支位户]?)(?P<y>.{0,20})$"
)
_AVERAGE_TO = re.compile(
    r"^(?P<lead>.{4,40}?)[,，]?(?:平均|分?摊|匀|折算|换算)(?:到|下来|给|在)?(?:每|一)(?:一)?(?:个|名|家|户|所|位|支)?(?P<x>[^,，多几]{1,12}?)(?:身上|头上)?(?:是|有|合|得|能有|大约|约)*(?P<ask>(?:多少|几)[个名家件项条场支位户块元]?)$"
)
_RATE_OF = re.compile(
    r"^(?P<w>.{3,24}?)的(?P<p>[^的]{2,8}?)(?:的?比例|占比|比率|率)(?:是|为|有)?(?:多少|多高|几成|百分之几)?$"
)
_AVERAGE_OF = re.compile(
    r"^(?P<lead>.{2,30}?)平均每(?:一)?(?:个)?(?P<x>[^,，多几]{1,6}?)(?:有|是|约)?(?P<ask>(?:多少|几)(?:人次|人|名|个|家|件|项|元|场次|场)?)$"
)
_PART_AMONG = re.compile(
    r"^(?P<w>.{3,24}?)(?:当中|之中|里面|中|里)[,，]?(?P<p>(?=.{0,10}以[上下])[^,，]{2,16}?)的?(?:占比|比例|比重)(?:是|为|有|占)?(?:多少|多高|几成|百分之几)?$"
)
_PART_OF = re.compile(
    r"^(?P<p>.{3,24}?)占(?:了|到)?(?P<w>[^,，]{2,20}?)(?:的|总数)*(?:比例|比重|百分之|几成|多少).*$"
)
_REST = re.compile(
    r"(?:还|尚)(?:有|剩下?|差|欠|余下?)?(?P<ask>(?:多少|几)[个名家件项条场支位户起]?)(?P<y>[^,，没未]{0,10})(?:没有?|未|尚未|待)(?P<v>[一-鿿]{1,4}?)的?$"
)
_REST_OF = re.compile(
    r"(?:没有?|未|尚未)(?P<v>[一-鿿]{2,4}?)的(?:还|一共|总共)?(?:有|是|剩)?(?P<ask>(?:多少|几)[个名家件项条场支位户起]?).*$"
)
_VACANT = re.compile(
    r"(?P<stem>.*?(?:编制|岗位|名额|职数|床位))(?:还|尚)?(?:空着?|空缺|缺|空余)(?:着|了)?(?P<ask>(?:多少|几)[个名张]?).*$"
)
_OUTSIDE = re.compile(
    r"^(?P<all>.+?)[,，]?\s*(?:除了?|不算|不含|去掉)?(?P<out>[一-鿿]{2,8}?)(?:以外|之外|外)(?:的)?(?:还)?(?:有|是)?(?P<ask>(?:多少|几)[个名家件项条场支位户栋座起]?.*)$"
)
_PLACE = re.compile(r"^(?:[一-鿿]{2,4}?(?:省|市|区|县)|[一-鿿]{2}(?=[一-鿿]{2}))")
DONE = r"解决|化解|办结|办理|完成|处置|调处|整改|通过|到位|建成|落实|回复|答复|成功"
FILLED = r"配备|到岗|在岗|在编|实有|实配|选配|选优配强|工作人员|到位|使用|入住"


def _average_or_among(text: str) -> Plan | None:
    """Returns the plan of «…平均每班次多少人次», «…平均到每个乡镇是几个», «楼宇中税收1亿元以上的占比», None for others."""
    if match := _AVERAGE_OF.match(text):
        lead = match["lead"].strip("的")
        many = Operand(match["lead"], f"{lead}有{match['ask']}")
        base = Operand(match["x"], f"{lead}有多少{match['x']}")
        return Plan("average", (many, base), fallback=True, stem=match["x"])
    if match := _PART_AMONG.match(text):
        found = _PLACE.match(match["w"])
        place = found[0] if found else ""
        thing = match["w"].removeprefix(place).strip("的")
        part = Operand(match["p"], f"{place}{match['p']}的{thing}有多少")
        return Plan("part", (part, Operand(match["w"], f"{match['w']}有多少")), fallback=True)
    if match := _AVERAGE_TO.match(text):
        found = _PLACE.match(match["lead"])
        many = Operand(match["lead"], f"{match['lead']}有{match['ask']}")
        base = Operand(match["x"], f"{found[0] if found else ''}有多少{match['x']}")
        return Plan("average", (many, base), fallback=True, stem=match["x"])
    return None


def plan_derived(text: str) -> Plan | None:
    """Returns the plan of a question for a rest, an average or a share, None for others.

    A plain reading of the question is tried before it: an article that states the figure is right.
    """
    text = text.strip(" ?？。!！")
    if (match := _AVERAGE.match(text)) and not re.match(r"[一二两十百千万\d]", match["x"]):
        many = Operand(f"{match['v']}{match['y']}", f"{match['lead']}{match['v']}{match['ask']}{match['y']}")
        base = Operand(match["x"], f"{match['lead']}有多少{match['x']}")
        return Plan("average", (many, base), fallback=True, stem=match["x"])
    if plan := _average_or_among(text):
        return plan
    if (match := _REST.search(text)) or (match := _REST_OF.search(text)):
        lead = text[: match.start()].strip("的,，")
        return Plan(
            "remainder", (Operand("总数", f"{lead}有{match['ask']}"),), stem=match["v"], fallback=True
        )
    if match := _VACANT.match(text):
        return Plan(
            "remainder", (Operand("总数", f"{match['stem']}有{match['ask']}"),), stem="空缺", fallback=True
        )
    if match := _OUTSIDE.match(text):
        lead = match["all"].strip("的,，")
        place = _PLACE.match(lead)
        whole = Operand("全部", f"{lead}有{match['ask']}", place[0] if place else "")
        part = Operand(
            match["out"], f"{match['out']}{_PLACE.sub('', lead, count=1)}有{match['ask']}", match["out"]
        )
        return Plan("remainder", (whole, part))
    if match := _RATE_OF.match(text):
        whole = Operand(match["w"], f"{match['w']}有多少")
        return Plan("part", (Operand(match["p"], f"{match['w']}{match['p']}的有多少"), whole), fallback=True)
    if match := _PART_OF.match(text):
        people = re.fullmatch(r"(?P<who>.{2,})人数", match["p"])
        asked = f"{people['who']}的有多少人" if people else f"{match['p']}有多少"
        return Plan(
            "part",
            (Operand(match["p"], asked), Operand(match["w"], f"{match['w']}有多少")),
            fallback=True,
        )
    return None
