"""What a question asks for: its kind, the unit and thing asked about, and its constraints."""

from __future__ import annotations

import re
from typing import Literal

from retrieval import MEASURES, Record

Kind = Literal[
    "count", "share", "change", "ratio", "rank", "date", "duration", "money", "person", "organisation", "place",
    "document", "definition", "list", "measure", "purpose", "yesno", "comparison", "aggregation", "mentions",
    "summary", "smalltalk", "other",
]  # fmt: skip
FIGURE_KINDS = frozenset({"count", "share", "change", "ratio", "duration", "money"})

_SPOKEN_UNITS = {"回": "次", "趟": "次", "档": "个", "桩": "件", "码": "件"}
# What a measure word must not be followed by, being the head of a longer noun then: 多少人才补贴, 多少项目.
_NOT_BEFORE = {
    "人": "才员口民均工事力群", "家": "庭长属电具境务乡教", "个": "体", "名": "额单次称", "条": "件", "场": "所地景馆", "组": "织", "队": "伍员",
    "面": "积", "村": "民庄", "市": "民场", "区": "域", "部": "门队分", "年": "轻级", "代": "表", "道": "路", "点": "位", "户": "籍外", "站": "点",
    "方": "面式", "位": "置", "种": "子", "员": "工", "班": "级", "线": "路", "网": "络格上", "学": "生校员",
}  # fmt: skip


def _measure(unit: str) -> str:
    """Returns the pattern of a measure word that begins no longer noun."""
    barred = "目(?!标)" if unit == "项" else f"[{_NOT_BEFORE[unit]}]" if unit in _NOT_BEFORE else ""
    return re.escape(unit) + (f"(?!{barred})" if barred else "")


_UNIT = "|".join(map(_measure, sorted((*MEASURES, *_SPOKEN_UNITS), key=len, reverse=True)))
_HOW_MANY = re.compile(
    rf"(?:多少|(?<![那这好\d十百千万])[几幾])(?P<scale>[十百千万亿]*)(?P<unit>{_UNIT})?(?!额|字)"
)

# First match wins: the more telling pattern stands first.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("smalltalk", r"^(你好|您好|嗨|哈喽|hi|hello|早上好|下午好|晚上好|在吗|谢谢|多谢|感谢|再见|拜拜|你是谁|你叫什么|你能做什么|你会什么|你有什么功能|怎么用你?|辛苦了|好的|嗯|ok)[\s,，。!！?？~呀啊吗呢了]*(你|您|能帮我做什么)?[。!！?？~]*$"),
    ("mentions", r"(哪些|哪几篇|哪篇|几篇|多少篇)(文章|报道|材料|资料)|(文章|报道|材料).{0,6}(提到|提及|讲到|涉及).{0,12}(哪些|哪几篇)"),
    ("summary", r"((?:总结|概括|归纳)(?![了出成为])|概述|综述|简要介绍|主要讲|讲了(些)?什么|主要内容|大意)"),
    ("change", r"(跟|与|和|同|较|比)(19|20)\d{2}年?(相比|比)?.{0,24}(多|少|增|减|涨|降).{0,3}(多少|百分之|几)|比(上年|上一年|去年|前年|同期).{0,20}(多|少|增|减|涨|降).{0,3}(多少|百分之|几)"),
    ("aggregation", r"((?<!支持)(?<!指导)(?<!推动)(?<!帮助)(?<!组织)(?<!带动)(?<!督促)(?<!协调)(?<!帮扶)(?<!来自)各地|各市|各省|几个(市|地方|城市)|五地|每个(市|地方)|分别在各).{0,14}(多少|几|哪些|如何|怎么|什么|情况)|哪些地方.{0,10}(有|建|设|提)"),
    ("comparison", r"(谁|哪个(市|城市|地方|省)?|哪里|哪边|哪一?年)[^,，]{0,10}(更|最[高多少低大]|[高多少低大](?:一?[些点])?(?:$|[?？。,，呢啊谁]))|(相比|比起来|对比|比较).{0,10}|.+[和与跟].+(差多少|相差|多几)|.(?<![共谐缓温])[和与跟][^,，]{1,12}[,，]?谁(?![?？。]*$)|比.{2,16}(多|少|高|低)(多少|几)|几倍"),
    ("rank", r"第几|老几|(?<!安)排(名|在)?第?几|位居第?几|居.{0,6}第几|是不是首个|名列"),
    ("yesno", r"[快慢高低多少大小早晚升降涨跌增减强弱]还是[快慢高低多少大小早晚升降涨跌增减强弱不](?!样)|(吗|嘛|(?<!什)(?<!怎)(?<!多)么|没有?|不)[?？。]*$|算不算|是否|有没有|是不是|能不能|会不会|对不对|允不允许|可不可以|要不要|用不用|需不需要|该不该|行不行|够不够|属不属于"),
    ("date", r"什么时候|啥时候|何时|何[年月日](?!代)|几时|(?:在|于|公元|西元)几[年月](?!内|里|之)|哪一?天|哪一?日|几月几?[日号]?|几号(?![楼院门线桌房馆厅口车路]|文件)|哪个?月|哪一?年(?!.{0,6}(?:多|高|少|低))|什么时间"),
    ("duration", r"多久|多长时间"),
    ("purpose", r"(?:解决|破解|应对|针对)的?(?:是)?(?:什么|哪些|啥)(?:样的)?(?:问题|难题|困难|矛盾)|为什么|为何|为啥|什么原因|(?:出于|有)(?:什么|啥|何种?)(?:考虑|目的|用意|想法)|(?:派|有|起)(?:什么|啥)(?:用场|用处|作用)|图(?:个)?(?:什么|啥)|目的何在|用意何在"),
    ("list", r"哪几?[两二三四五六七八九十几](个|项|种|类|方|支|家|所|点|条|大|句|步|员|次|场|份|部|位|样|本|级|名)?"),
    ("change", r"(增长|增加|增幅|增速|涨幅|涨了?|降了|升了|多了|少了|便宜了?|贵了?|压减|砍掉|减掉|减少|降低|下降|降幅|提升|提高|上升|同比|环比|缩减|缩水|缩小|扩大|精简|下滑|下跌|跌了?|(?<![解除清换卖化处撤拆丢去拿灭打甩扔关停])掉了|回落|回升|收窄|放缓|提速)[^,，]{0,8}(多少|几|百分|率|幅度|比例)|[减增升降]了(?:多少(?=[?？。]*$|个?百分|成)|几成|百分)|(多少|几)(?:个百分点|成|倍)?的?.{0,2}(增长|下降|减少)|(增长率|增幅|增速|降幅|涨幅)"),
    ("share", r"(占比|比例|比重|百分比|百分之几|百分之多少|几成|占.{0,14}(多少|几成|几|多大|多高|怎样)|[费税利汇]率.{0,8}(多少|多高|几)|满意度|覆盖率|通过率|成功率|化解率|调解率|解决率|合格率|[一-鿿]率(?:的?[一-鿿]{0,4}(?:平均|总体)?(?:水平|目标|指标))?(是|为|有|达)?(多少|多高)?[?？]?$|[一-鿿]率(?![先领])[一-鿿]{0,5}又?是多少[?？]?$|多大(?:的)?(?:比例|份额|比重)|[一-鿿]率(?:现在|目前|如今|已经?|大概|大约|平均|最高|最低|能|可|要|才|都|只|分别)*(?:是|为|有|占|达到?了?|升?到了?)?(?:多少|多高|几|百分之))"),
    ("money", r"(?:多少|几)个?[^,，。?？多]{0,6}(?<![价值本赚挣])钱(?![款财粮包币])|(?:多少|几)个亿|(?<![数产总])值(?:了)?(?:多少|几[千百万])(?![名个家户人件项次])|(?:补贴?|奖励?|罚款?|赔偿?|发放?|领到?|拿到?|交|缴|捐|花了?|挣|赚|贷|分(?:到|得)?)(?:了|给)?多少[?？。]?$|(?:多少|几)[^,，。?？多]{0,6}(?:资金|经费|补贴|返还|津补贴|养老金|工资|津贴|费用|奖金|捐款|善款)(?![的对家户覆机])|(?<!以上的)(?<!以下的)多少(钱|奖(?:金|励)?(?=[?？。]?$)|元|万元(?!以[上下])|亿元(?!以[上下])|资金|经费|钱款|善款|捐款|收入|款|现金)|几(块钱|元|万元(?!以[上下])|亿元(?!以[上下]))|(金额|资金|经费|捐款|收入|产值|销售额|薪酬|投资|营收|税收)(?![^,，]{0,14}以[上下]的?)(?:[^,，]{0,8})(多少|是几|规模|有多大)"),
    ("duration", r"多久|多长时间|多长(?!时)|(?<![那这])几(天|年|个月|小时|分钟|周)|多少(天|年|个月|小时|分钟)|期限"),
    ("date", r"什么时候|啥时候|何时|何[年月日](?!代)|哪一?年|哪个?月|哪一?天|哪一?日|几月|几号(?![楼院门线桌房馆厅口车路])|几时|哪日|什么时间|时间是|日期|成立时间|挂牌时间|时间$|几点"),
    ("ratio", r"(每万|每千|每百|人均|平均每|每[一-鿿]{0,6}名?).{0,16}(多少|几)|比率"),
    ("ratio", r"(?:水平|标准|幅度|指数|系数|得分|分值)(?:现在|目前|已经?|约)*(?:是|为|达到?了?)?(?:多少|多高)"),
    ("count", r"多少|(?<![\d十百千万])几[十百千万]?(?:" + _UNIT + r")|有几|有多(大|长|高|宽|重|远|深|厚)|多大(?:年[纪龄])?[?？。]*$|面积多大|多大(?:的)?[一-鿿]{0,4}(?:面积|规模)|(?:什么|啥|何种)规模|(?:面积|规模|流量|容量|产量|总量)(?:是|有|达)?(?:几|多)|数量|人数|总数|数目|(?<!哪)个数(?!字)|总量|规模有多大|多大规模"),
    ("organisation", r"(?:[跟和与同]|联合|会同)(?:谁|什么人)|谁家"),
    ("person", r"谁|哪一?[位名](?!额)|何人|什么人|哪一?个?人(?!群|口|才|力|员)|(?<!机器)(?<!主)(?<!法)(人|者|员|师|师傅|小哥|嫂|长|家|手|生|警|兵|民|书记|支书|主任|主席|经理|总裁|教授|负责人|代表|同志|同学|大姐|大妈|大叔|女士|先生|大爷|奶奶|爷爷|司机|老师|医生|店主|老板|男子|女子|小伙子?|姑娘|老汉|老太太?|主播|干部|选手|冠军|得主|男孩|女孩|孩子|男童|女童|夫妇|儿子|女儿|妻子|丈夫)(?:名字)?叫(什么|啥|何)|姓名|姓什么|姓甚|负责人是|部长是|书记是|记者是|(?<!工)作者是?[?？]?$|(?<!记)(?<!长)(?<!长)(记者|部长|书记|会长|主任|局长|负责人)[?？]?$"),
    ("measure", r"(?:靠|按照?|通过|采[取用]|采用)(?:的是)?(?:了)?(?:什么|哪些|哪种|何种?|啥)(?:样的)?(?:办法|方式|方案|措施|手段|途径|模式|机制|做法)"),
    ("document", r"(什么|哪些|哪个|哪份|哪几个|哪部|何种)(核心)?(文件|制度|方案|意见|办法|规则|细则|措施文件|条例|规定|通知)|(文件|方案|意见|办法|规则)(名称|叫什么|全称|名字|是什么|有哪些)|(印发|出台|制定|发布|制订|颁布)了?(什么|哪些|哪个)|全称"),
    ("organisation", r"(哪个|哪些|哪几个|哪家|哪几家|什么|哪所|哪几所|何)(单位|部门|机构|公司|企业|组织|学校|大学|高校|院校|协会|商会|团体|媒体|报社|委员会|保险|支?队伍?|行业)|由谁|谁牵头"),
    ("place", r"哪里|哪儿|在哪|何地|何处|(哪个|哪些|什么|哪几个)(地方|城市|省份?|市|区|县|镇|乡|街道|村|地区|广场|酒店|小区|园区|社区|街道|平台|栏目)|门牌号|几号[楼院门房馆厅]|房间|哪间|方位|什么位置|所在(地|村|区|市|县|社区)"),
    ("purpose", r"为什么|为何|为啥|什么原因|原因是|目的|为了什么|作用是|意义|有什么用|干什么用"),
    ("measure", r"怎么(做|样|办|解决|破解|推进|开展|减负|落实|建|抓|管)?|如何|怎样|什么(做法|举措|办法|措施|方式|途径|手段)|哪些(做法|举措|措施|办法|工作)|做法|举措"),
    ("list", r"哪些|哪几|哪[两二三四五六七八九十]|各是什么|分别对应|有什么|有啥|包括什么|包含什么|分别(是|为|指|有)|都有|列举|名单"),
    ("definition", r"是什么|是啥|什么是|指(的是)?(什么|啥)|什么意思|啥意思|含义|怎么理解|何谓|定义|意思是|代表(什么|啥)|内容是|叫什么|叫啥|叫做什么"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_HOW_MUCH_AFTER = re.compile(
    r"(?:吗|嘛|没有?|是不是|有没有|是否).*(?:多少|百分之几|几(?=[个家名项人件次成倍]))"
)
_TERSE_FIGURE = re.compile(
    r"(工资|补贴|经费|津贴|费用|占比|比例|比重|率|人数|数量|总数|数|金额|资金|收入|增幅|增速|规模|量|场次|人次|班次|上限|下限|总额|款)$"
)
_MONEY_NOUNS = frozenset({"金额", "资金", "收入", "工资", "补贴", "经费", "津贴", "费用", "款", "总额"})
_UNIT_NOUN = re.compile(
    r"(份|栋|户|家|支|件|场|人|名|个|项|辆|株|次|块|所|座|条|篇|艘|处|套|起|台|类|级|(?<![岗床摊座学单席车泊工厂展点职机部])位)(?:次)?(?:数|数量)$|(场次|人次|班次)$"
)
_QUESTION_WORDS = re.compile(
    r"请问|请告诉我|告诉我|想问一?下|想知道|我想了解|帮我查一?下|查一?下|麻烦|能否|可以|到底|究竟|大概|大约|一共|总共|共计|合计|目前|现在|截至目前|"
    r"多少|什么时候|什么|哪些|哪个|哪一|哪几|哪里|哪位|哪|谁|何[年月日时处地人](?!代)|如何|怎么样|怎么|怎样|为什么|为何|是否|有没有|是不是|吗|呢|吧|啊|呀|嘛|了没|"
    r"是多少|有多少|分别|各自|具体|主要|情况|关于|其中|这个|那个|这些|那些|它们|他们|它|他|她"
)
_ASKED_FOR_BEFORE = re.compile(
    r"([^,，。;；?？!！\s]*?)(?:一共|总共|共|累计|大概|目前|现在)*(?:有|是|为|达到?|达|设有?|建了?|占)?(?:多少|(?<![那这好])几)"
)
_ASKED_FOR_AFTER = re.compile(
    rf"(?:多少|(?<![那这好])几)[十百千万]*(?:{_UNIT})?(?:以上)?([^,，。;；?？!！\s是有]*)"
)
_QUOTED = re.compile(r"《([^《》]+)》|[“\"‘「『]([^“”\"‘’「」『』]+)[”\"’」』]")
_STOCK = re.compile(r"(有|是|为|达)(多少|几)|总数|数量|人数|总共|一共")


class Question(Record):
    """A question as understood.

    Attributes:
        text: The question in simplified characters and half width.
        kind: What sort of answer is asked for.
        unit: Measure word named in the question (`家` of «几家»), `""` if none.
        asked: The thing counted or measured, as named; `""` if not clear.
        after: True if that thing is named after 多少 («多少家企业»), false if before («企业有多少家»).
        quoted: Names in 《》 or quotation marks.
        terse: True for keywords without a question word.
    """

    text: str
    kind: Kind
    unit: str = ""
    asked: str = ""
    after: bool = False
    quoted: tuple[str, ...] = ()
    terse: bool = False

    @property
    def wants_figure(self) -> bool:
        """True if the bare answer is a figure."""
        return self.kind in FIGURE_KINDS


def question_kind(text: str) -> tuple[Kind, bool]:
    """Returns the kind of a question and whether it was terse (keywords without a question word)."""
    for kind, pattern in _KINDS:
        if pattern.search(text.strip()):
            if kind == "yesno" and _HOW_MUCH_AFTER.search(text):
                continue  # «是不是跌得厉害,跌了多少»: the figure is what is asked for
            return kind, False
    if match := _TERSE_FIGURE.search(text.strip(" ?？。")):
        word = match[1]
        return (
            "share"
            if word in {"占比", "比例", "比重", "率"}
            else "money"
            if word in _MONEY_NOUNS
            else "count"
        ), True
    return "other", not re.search(r"[?？]", text) and bool(re.search(r"\s", text.strip()))


_BECOMES = re.compile(
    "(?:增加|增长|增|提高|提升|上升|升|扩大|扩充|涨|减少|减|降低|下降|降|压减|压缩|精简|缩减)了?(?:到|至|为|成)了?(?:多少|几|百分之几)"
)


_CLASS_OF_SUMS = re.compile("(?:多少|几)个?(?:千|万|亿|百万|千万)+元以[上下]的?[一-鿿]")
_SUM_OF_MONEY = re.compile("(?:多少|几)个(?:亿(?![人户次])|钱)")
_OBJECTS = re.compile(
    "(?:提高|提升|扩大|增强|改善)了?(?:多少|几)(?:大|个)?(?:方面|类|项|种|领域|层面)(?:的)?[一-鿿]{2}"
)


def _by_unit(kind: Kind, text: str) -> Kind:
    """Returns the kind that the measure word after 多少 or 几 makes certain, else the kind as it was."""
    if _CLASS_OF_SUMS.search(text):
        return "count" if kind in {"money", "other"} else kind  # «多少亿元以上项目» counts the projects
    if _SUM_OF_MONEY.search(text) and kind in {"money", "count", "other"}:
        return "money"
    if kind == "change" and _OBJECTS.search(text):  # «提高多少方面的能力» counts what is bettered
        kind = "count"
    if kind == "change" and _BECOMES.search(text):  # «增加到多少家» asks for what there is now
        kind = "share" if re.search("[率度]|比例|比重|占比|百分", text) else "count"
    if kind == "yesno" and re.search("允不允许|能不能|可不可以|许不许", text):
        return kind  # «允不允许一个人干几个岗» asks for no number
    match = _HOW_MANY.search(text)
    if (
        match is None
        or not match["unit"]
        or text[: match.start()].endswith("哪")  # 哪几家: which ones, not how many
        or match["unit"] in {"成", "倍", "个百分点"}
        or kind in {"comparison", "aggregation", "mentions", "rank"}
    ):
        return kind
    if match["unit"] in {"年", "天", "个月", "小时", "分钟", "周"} and kind != "date":
        return "duration"
    if match["unit"] in {"元", "万元", "亿元", "块钱"}:
        return "money"
    return (
        "count"
        if kind in {"money", "share", "yesno", "other", "list", "organisation", "place", "document"}
        or (
            kind == "change"
            and re.search(
                r"(?:多少|几)" + re.escape(match["unit"]) + r"[^,，]{0,8}(?:增长|增加|下降|减少|上升)", text
            )
        )
        else kind
    )


_MONEY_ASKED = re.compile(
    "(?:净利润|利润|溢利|营收|营业收入|总收入|销售额|成交额|交易额|产值|总额|投资额|金额|资金|经费|贷款|余额|存款|税额|税款|赔款|捐款|善款|造价|价款|房价|租金|工资|薪酬|奖金|补助|补贴|保费|费用)"
    "(?:[,，]?(?:加起来|一共|总共|总的|共|合计|累计|大概|约))*(?:有|是|为|达到?|达|放了?|发了?|贷了?|批了?)?(?:多少|几)(?![名个家户人件项次笔种类倍成支])"
)


def _asked(text: str) -> tuple[str, bool]:
    after = _ASKED_FOR_AFTER.search(text)
    if after and len(after[1]) >= 2 and not after[1].startswith(("吗", "呢", "啊", "呀", "的", "来")):
        return _QUESTION_WORDS.sub("", after[1]).strip("了吗呢 ")[:24], True
    before = _ASKED_FOR_BEFORE.search(text)
    return (_trim(before[1]) if before else ""), False


def _trim(text: str) -> str:
    text = _QUESTION_WORDS.sub("", text).strip("的了吗呢在已被把与和 ")
    text = re.split(r"里面|里头|当中|之中|其中|(?<![手家心])里|中(?![国央心级学小])", text)[-1] or text
    last = text.rpartition("的")[2]
    return (last if len(last) >= 2 else text)[-16:]


def understand(text: str) -> Question:
    """Returns the question as understood from its wording alone.

    Args:
        text: The question in simplified characters and half width, context of the conversation filled in.
    """
    kind, terse = question_kind(text)
    kind = _by_unit(kind, text)
    if kind == "count" and _MONEY_ASKED.search(text):
        kind = "money"
    many = _HOW_MANY.search(text)
    counted = many and not (_SUM_OF_MONEY.search(text) or _CLASS_OF_SUMS.search(text))
    measure = (many["unit"] or "") if many and counted else ""
    noun = _UNIT_NOUN.search(text.strip(" ?？。"))
    asked, after = _asked(text) if kind not in {"date", "person", "purpose"} else ("", False)
    quoted = tuple(a or b for a, b in _QUOTED.findall(text))
    return Question(
        text=text,
        kind=kind,
        unit=_SPOKEN_UNITS.get(measure, measure) if many else (noun[1] or noun[2]) if noun else "",
        asked=asked,
        after=after,
        quoted=quoted,
        terse=terse,
    )
