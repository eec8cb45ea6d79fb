"""What a figure counts: the noun phrase beside it, or the one carried over from the clauses before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.figures import Figure
from assistant.ledger.row import Role
from assistant.reading.candidates import Parsed
from assistant.reading.segments import paired_noun, segment_of

Cut = Callable[[str], Sequence[str]]

_MOST = 16
# Verbs that lead to a figure and are no part of the name of what is counted.
_ACTS = frozenset(
    (
        "建成 建立 建设 建 建有 打造 组建 开展 举办 举行 设立 设置 设 成立 新增 新建 新设 拥有 共有 现有 配备 选派 选聘 聘任 选配 "
        "印发 撤销 理顺 发放 拨付 培育 引进 登记 排查 解决 处置 招募 投入 完成 实现 覆盖 联系 推动 制定 出台 发布 下沉 "
        "签约 落地 吸引 吸纳 带动 惠及 服务 募集 捐赠 筹集 种下 收到 收集 梳理 回收 收回 清理 规范 化解 调处 调解 评选 授予 "
        "获得 获评 入选 提供 推出 推广 上线 接待 受理 办理 办结 查处 立案 整治 改造 新改造 争取 到位 申报 制作 "
        "涉及 包括 分为 组成 达成 签订 签署 引导 动员 组织 培训 表彰 命名 选树 选出 评出 认定 确定 选定 优化 调整 新开发 开发 "
        "储备 存储 采购 购买 配置 安装 增设 加装 铺设 新铺 种植 栽种 植树 救助 帮扶 资助 慰问 走访 探访 回访 签发 "
        "超 超过 达 达到 有 为 是 占 占到 约 近 共 共计 合计 总计 累计 一共 总数 总共 已 已有 已达 已超 均 都 平均 增至 升至 降至 "
        "增加 减少 增长 下降 上升 降低 提高 提升 压减 精简 缩减 分别 各 其中 还 又 再 了 过 着 也 就 并 "
        "同比 环比 比 较 与 同 从 由 到 至 将 把 对 向 在 于 被 使 让 给 以 按 据 依托 围绕 针对 面向 为了 "
        "实施 执行 推进 落实 支持 指导 建起 办起 开通 设有 打通 汇聚 凝聚 吸收 纳入 列入 列出 提出 发动 采用 使用 共同 联合 牵头"
    ).split()
)
_AFTER_NOUN = re.compile(
    r"(?:并(?!购)|使(?!用)|已(?!婚)|均(?!等)|都(?!市)|被|由|为(?!民)|在(?!职|线|校|册|岗|建)|于|从(?!业)|向|得到|得以|以上|以下|左右|进行|参加|参与|"
    r"投入|组成|构成|实现|完成|全面|全部|正式|陆续|有效|通过|成功|覆盖|开展|达到|达|占|比|较|同比|增长|下降|提升|的(?=$)|了|时|后|前|等(?!级)|中(?!小|央|心|国|共|学|介|医))"
)
_EDGE = re.compile(
    r"^(?:的|之|等(?!级)|和(?!谐|平)|与|及|以及|其(?!他)|该|这)+|(?:的|之|和|与|及|等|共|已|约|近|超|达|为|是|有|在|各|均|都|总|计)+$"
)
_CHANGE = re.compile(
    r"(?:同比|环比|比上?[去上前]?一?年|较上?[去上前]?一?年|比(?:19|20)\d\d年|较(?:19|20)\d\d年|平均|净|年均|分别|人均|实际|名义|又|再|约|超|近|仅|已|共|也|则|却|[,，])*"
    r"(?P<way>增长|增加|增幅|增速|上升|提高|提升|上涨|涨|扩大|增收|下降|减少|降低|压减|缩减|精简|回落|下滑|下跌|降幅|快于|慢于|高于|低于|高出|多出)"
    r"(?:了|率|幅度|约|近|超|超过|达|达到|为|是|至少|最多|不低于|以上)*\s*$"
)
_RESULT = re.compile(r"(?:升|增|涨|提高|提升|上升|增加|增长|降|减|下降|减少|降低)(?:至|到)[^,，]{0,3}$")
_SHARE = re.compile(
    r"占(?:到|了|据)?(?P<of>[^,，。;；:：]{0,14}?)(?:的|比例|比重)?(?:比例|比重)?(?:约|近|超|超过|达|达到|为|是|不足|到)*$|(?P<in>在[^,，。;；:：]{1,14}?)(?:中|里)?所?占(?:的)?(?:比例|比重|比)?(?:约|近|超|达|达到|为|是)*$"
)
_PER = re.compile(
    r"(?:平均|按)?(?P<per>每[一二两百千万亿\d]{0,4}[名个户家人]?[一-鿿]{0,10}?)(?=计|计算|拥有|配备|配|有|里|就|[,，]|约|近|超|不|达|$)"
)
_PER_OF = re.compile(r"按(?P<per>[一-鿿]{2,10}?)(?:计算|计|算)")
_TRAILING_TIME = re.compile(
    r"(?:截至|截止|到|至)?(?:目前|(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|末|初)?)(?:共|已|总|共计)*(?:有|达|为|是)?$"
)
_CONDITION = re.compile(
    r"([一-鿿]{0,4}[\d.]+[万亿]?(?:元|人|家|岁|平方米|个|年|%)(?:(?:到|至|—|-)[\d.]+[万亿]?(?:元|人|家|岁|平方米|个|年|%))?(?:以上|以下|以内)?)的$"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure is said of: see `LedgerRow`."""

    subject: str
    role: Role
    per: str


def counted(
    parsed: Parsed, figure: Figure, cut: Cut, drop: Callable[[str], str], earlier: Sequence[Counted]
) -> Counted:
    """Returns what a figure of a sentence counts.

    Args:
        parsed: The sentence.
        figure: One of its quantities.
        cut: Segmenter.
        drop: Text → the text without the names of places and times at its start.
        earlier: What the quantities before it in the sentence count, in order.
    """
    text = parsed.text
    segment = segment_of(figure, parsed.figures, parsed.clauses, text)
    clause_left = text[segment.clause[0] : figure.start]
    left = text[_with_bound(parsed, segment.left[0]) : figure.start]
    carried = next((c.subject for c in reversed(earlier) if c.subject and c.role == "level"), "")
    per = _per(text[: figure.start][-40:], clause_left)
    if (figure.unit in {"%", "成"} or "分之" in figure.text) and (match := _SHARE.search(clause_left)):
        of = (match["of"] or (match["in"] or "").removeprefix("在")).strip("的中里")
        of = "" if of in {"比", "比例", "比重"} else of
        own = _noun_before(clause_left[: match.start()], cut, drop)
        return Counted(own or carried, "share", of)
    if condition := _CONDITION.search(text[: figure.start]):
        return Counted(condition[1], "level", per)
    change = _CHANGE.search(clause_left)
    if change and not _RESULT.search(clause_left):
        own = _noun_before(clause_left[: change.start()], cut, drop)
        after = (
            ""
            if figure.unit in {"%", "个百分点", "百分点", "倍", "成"}
            else _noun_after(text[slice(*segment.right)], drop)
        )
        return Counted(own or after or carried, "change", per)
    if noun := paired_noun(text, parsed.figures, figure):
        return Counted(_noun_before(noun, cut, drop) or noun, "level", per)
    if figure.unit == "%":
        return Counted(
            _noun_before(left, cut, drop) or _noun_before(clause_left, cut, drop) or carried, "share", per
        )
    right = _noun_after(text[slice(*segment.right)], drop)
    if right and not _is_verb_like(right, cut):
        return Counted(right, "level", per)
    own = _noun_before(left, cut, drop)
    if not own and (doing := _doing(text[slice(*segment.right)])) and figure.unit in {"人", "名", "家", "户"}:
        return Counted(doing, "level", per)
    own = own or _noun_before(clause_left, cut, drop) or right
    return Counted(own or _named_before(text, segment.clause[0], parsed, cut, drop) or carried, "level", per)


def _with_bound(parsed: Parsed, start: int) -> int:
    """Returns where the words before a figure begin, a bound that belongs to them included («亿元以上项目76个»)."""
    bound = next((f for f in parsed.figures if f.end == start and re.search("以[上下内]$", f.text)), None)
    return start if bound is None else bound.start


def _per(around: str, clause_left: str) -> str:
    for pattern, where in ((_PER, clause_left), (_PER, around), (_PER_OF, around)):
        found = [m["per"] for m in pattern.finditer(where)]
        if found and len(found[-1]) > 1:
            return found[-1]
    return ""


def _noun_after(right: str, drop: Callable[[str], str]) -> str:
    """Returns the noun phrase right after a figure, "" if something else stands there."""
    opened = re.match(r"[“《‘]([^”》’]{1,20})[”》’](?:[一-鿿]{0,6}(?=[,，。;；、]|$))?", right)
    if opened:
        return opened[0]
    right = re.sub(r"^[(（][^()（）]*(?:[)）]|$)", "", right)  # «1069亿元(人民币,下同)»: an aside is no noun
    phrase = re.sub(r"[(（][^()（）]{0,12}[)）]", lambda m: m[0].replace("、", "／"), right)
    phrase = re.match(r"[^,，。;；:：、\n]*", phrase)[0]  # type: ignore[index]
    phrase = phrase.replace("／", "、")
    if match := _AFTER_NOUN.search(phrase):
        phrase = phrase[: match.start()]
    return _EDGE.sub("", drop(phrase.strip()))[:_MOST] if len(phrase.strip()) > 1 else ""


def _named_before(text: str, start: int, parsed: Parsed, cut: Cut, drop: Callable[[str], str]) -> str:
    """Returns what the clause before names («服务驿站、友好场景等,全省已建成1000多个»), "" if that has a figure."""
    before = [c for c in parsed.clauses if c[1] <= start]
    if not before or any(f.is_quantity and before[-1][0] <= f.start < before[-1][1] for f in parsed.figures):
        return ""
    return _noun_before(re.sub(r"等$", "", text[slice(*before[-1])].strip()), cut, drop)


def _doing(right: str) -> str:
    """Returns what those counted do («1381人通过考试»), "" if nothing short stands there."""
    phrase = re.match(r"[一-鿿]{2,8}(?=[,，。;；、]|$)", right)
    return phrase[0] if phrase else ""


def _noun_before(left: str, cut: Cut, drop: Callable[[str], str]) -> str:
    """Returns the noun phrase that ends a stretch of text, verbs and adverbs at its end taken off."""
    pieces = re.split(r"[,，。;；:：]", _close(left))
    text = drop(_TRAILING_TIME.sub("", pieces[-1].strip()))
    words = list(cut(text))
    while words and (words[-1] in _ACTS or words[-1] in "的之(（)）“”‘’《》、 " or not words[-1].strip()):
        words.pop()
    start = len(words)
    for i in range(len(words) - 1, -1, -1):
        if words[i] in _ACTS and not _inside_name(words, i):
            break
        start = i
    return _EDGE.sub("", "".join(words[start:]).strip("()（） "))[-_MOST:] if start < len(words) else ""


def _inside_name(words: Sequence[str], i: int) -> bool:
    """Returns whether the word stands inside quotation marks."""
    before, after = "".join(words[:i]), "".join(words[i:])
    return before.count("“") > before.count("”") and "”" in after


def _close(text: str) -> str:
    """Returns the text without an opening bracket that nothing closes, and what stands before it."""
    cut = max(text.rfind("("), text.rfind("（"))
    return text[cut + 1 :] if cut >= 0 and not re.search(r"[)）]", text[cut:]) else text


def _is_verb_like(phrase: str, cut: Cut) -> bool:
    words = list(cut(phrase))
    return bool(words) and words[0] in _ACTS
