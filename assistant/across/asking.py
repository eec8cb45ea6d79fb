"""Operands into questions of their own, each for one figure, date or statement."""

from __future__ import annotations

import re

from assistant.reading.question import understand

WHICH = r"(?:哪一?(?:个|家|边|方|里|处|所|支|座|项|类|种|年|座|块|头|笔|条)?(?:城市|市|省份?|区|县|地方|地区|单位|部门|群体|年份)?|谁家?|何者|孰|那个(?=多|少|高|低|大|小|更))"
HIGH = r"(?:多(?!少|数|个|种|样|元)|高(?!校|新|考|中|等|质|级|层|端|铁|龄)|大(?!概|约|学|型|队|小|致|众|赛|会|棚|厅)|强|快|靠前|居前|领先|占先|长|久|重|贵|广|密)"
LOW = r"(?:(?<!多)少(?!年|数|先)|低(?!保|收|碳)|小(?!区|学|时|组|微|程|镇|哥|型|额)|弱|慢|靠后|落后|短|轻)"
EARLY, LATE = r"(?:先(?!进|锋|行|后|生)|早(?!餐|期))", r"(?:(?<![以之然最])后(?!备|续|勤|来)|晚(?!会|报)|迟)"
_EVENT = "成立|挂牌|组建|设立|出台|印发|启动|开始|建成|发布|举办|召开|实施|上线"
_COMPARING = re.compile(
    rf"^(?:更|还)?(?:{HIGH}|{LOW}|{EARLY}|{LATE}|超过?|高)(?:出来?|了|过|于)?(?!学|中|型|业|校|数据|龄|期)"
)
_NOISE = re.compile(
    rf"{WHICH}|更加?|比较|相比(?:之下|较)?|比起来|相对|来说|来看|而言|(?<=[多高少低快])(?:一些|一点儿?|点儿?)|还是|得(?=多|高|少|低|快|慢|好)|差了?(?=多少|几)|相差|差距|差值|差数|之差|分别|合计|加起来|加在?一起|加到?一?(?:块儿?|起)|相加|总共|一共|合起来|拢共|两个?(?:区|市|省|县|地|地方|城市|年|者|家)(?:里|中)?|两年|这两年|之间|两者|二者|[啊呀呢吧嘛吗]|[?？。!！]"
)
_HOW_MANY = re.compile(
    r"(?:多少|几)(?![乎何])[十百千万亿]*(?:个百分点|百分点|个点|点|倍|人次|场次|班次|平方米|公里|小时|个月|个人|[一-鿿])?"
)
_RATE = re.compile(r"占比|比例|比重|率(?!先)|增速|增幅|涨幅|降幅|满意度|百分比|份额")
_GROWS = re.compile(r"涨势|涨得|增长|涨(?![价工薪养补津待])|增速|降幅|下降")  # 涨工资 is what was done
_NAMES = re.compile(
    r"(?:名称|名字|全称|名单|文件|做法|举措|措施|情况|经验|机制|模式|特色|亮点|品牌|方案|办法)$"
)
_ADJECTIVE_END = re.compile(rf"(?:的|最|更)*(?:{HIGH}|{LOW}|{EARLY}|{LATE})(?:了|出|些|的)*$")

_AS_MUCH = re.compile(
    rf"^(?P<a>[^,，]{{2,30}}?)(?:有没)?有(?P<b>[^,，有]{{2,24}}?)(?:那么|这么|的)?(?P<how>{HIGH}|{LOW})(?:吗|么|没有?)?$"
)

# «A的社工多,还是B的社工人才多».
_OR_RATHER = re.compile(
    rf"^(?:是|到底是)?(?P<a>[^,，]{{3,30}}?)(?P<how>{HIGH}|{LOW})[,，]?还是(?P<b>[^,，]{{3,30}}?)(?P=how)(?:呢|啊|一?些|一?点儿?)?$"
)


_WISH = re.compile(
    r"[?？吗呢么]|多少|几(?![乎何])|哪|谁|什么|怎|如何|是否|是不是|有没有|对比|比较|帮|(?<![申邀聘])请|核[实对]"
    r"|查[一找询]|列[出举]|算[一出]"
)


def tells(text: str) -> bool:
    """Returns whether a turn is a whole sentence that asks and wishes nothing: its source is to be found.

    >>> tells("2023年7月,甲市补贴提高240元,比乙市多3%。"), tells("甲市和乙市的补贴对比一下。")
    (True, False)
    """
    return text.rstrip().endswith("。") and not _WISH.search(text)


def as_compared(text: str) -> str:
    """Returns «A有B多吗» and «A多还是B多» as «A与B相比，哪个多»."""
    match = _AS_MUCH.match(text) or _OR_RATHER.match(text)
    if match is None:
        return text
    return f"{match['a']}和{match['b']}，哪个{match['how']}"


def measure_in(tail: str) -> str:
    """Returns what a comparison's tail says of the measure.

    >>> measure_in("哪个成员部门多"), measure_in("多配几个社区工作者"), measure_in("加起来多少钱"), measure_in("高几个百分点")
    ('成员部门', '配几个社区工作者', '多少钱', '')
    """
    tail = re.sub(r"(?:更|最)(?:为|加)?[一-鿿]{1,2}(?:一?些|一?点儿?)?[?？]?$", "", tail)
    text = re.sub(r"的?(?:几|多少)倍", " ", _NOISE.sub(" ", tail.replace("多多少", "多 多少")))
    pieces = (p.strip(" 的,，:：是有为比") for p in re.split(r"[,，:：\s]", text))
    return "".join(kept for p in pieces if (kept := _measure_piece(p)))


def _measure_piece(piece: str) -> str:
    many = _HOW_MANY.search(piece)
    if many is None:
        return _COMPARING.sub("", _ADJECTIVE_END.sub("", piece)) if piece else ""
    before = _COMPARING.sub("", piece[: many.start()]).strip("的是有")
    if re.search(r"百分点|点$|倍", many[0]) or many[0] in {"多少", "几"}:
        return before + piece[many.end() :]
    return before + piece[many.start() :]


def asking(stem: str, whole: str) -> str:
    """Returns a stem as a question for one figure or date; `whole` is the question it comes from."""
    stem = re.sub(
        r"(?<![一-鿿]年)在(?=[一-鿿“]{2,16}(?:方面|上))|(?:方面|(?<=[^以网线之])上)(?=[^一-鿿]*(?:减|增|有|出|涨|降)|$)",
        "，",
        stem,
    )
    for short, full in (("减了", "减少"), ("增了", "增加"), ("涨了", "增长"), ("降了", "下降")):
        stem = re.sub(rf"(?<![一-鿿]){short}|{short}(?=多少|几)", full, stem)
    if verb := dated_event(whole):
        stem = re.sub(rf"{verb}(?:了|的)?(?:(?:多少|几)(?:天|年|个月|日))?", "", stem)
        return f"{stem}什么时候{verb}"
    if re.search(r"多少|几(?![乎何])|什么|哪|怎|如何|谁|多大", stem):
        return stem
    if _NAMES.search(stem) and not re.search("多少|几", whole):
        return f"{stem}有哪些"
    if _RATE.search(stem):
        return f"{stem}是多少"
    if _GROWS.search(stem):
        return _GROWS.sub("", stem) + "增长百分之多少"
    if _RATE.search(whole):
        return f"{stem}是多少"
    if _GROWS.search(whole):
        return f"{stem}增长百分之多少"
    unit = unit_of(whole)
    return f"{stem}有多少{unit}" if not stem.endswith("有") else f"{stem}多少{unit}"


def dated_event(text: str) -> str:
    """Returns the verb of an event of which the order or the time is asked, "" if it is not."""
    order = re.search(
        rf"(?:{EARLY}|{LATE})(?P<a>{_EVENT})|(?P<b>{_EVENT})(?:得|时间)?(?:更|比较|的)?(?:{EARLY}|{LATE})|(?P<c>{_EVENT})(?:的)?时间",
        text,
    )
    if order is None:
        return ""
    return next(v for v in (order["a"], order["b"], order["c"]) if v)


def unit_of(text: str) -> str:
    """Returns the measure word that a question counts by, "" where it names none or one of the comparison."""
    unit = understand(text).unit
    return "" if unit in {"倍", "个百分点", "百分点", "成", "年", "天", "月", "个月", "点"} else unit
