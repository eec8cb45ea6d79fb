"""Whether something is told as done, planned, ordered or allowed."""

from __future__ import annotations

import re

_NEXT_VERB = (
    "于|在|继续|进一步|持续|全面|陆续|逐步|不断|大力|重点|着力|统筹|同步|会|达|超|突破|新|建成|建设|建立|开展|开放|开工|开通|推|实施|实现|完成"
    "|增|减|投入|投用|投资|有|为(?!民)|是|成为|举办|启动|深入|加快|加强|加大|不再|再|力争|从|以|按|通过|引进|引入|出台|打造|形成|围绕|聚焦"
    "|组织|组建|设立|成立|安排|发放|给予|提供|免费|覆盖|惠及|培训|招募|选派|探索|采取|适时|率先|扩大|升级|改造|迎来|面临|对|向|与|带动|培育|提升|提高|降低|上升|下降|配备|配置|举行|召开|前往|迎接|获得|获批|发布|上线|上市|亮相|参加|参与|出席|承担|接受|停止|取消|调整|优化|完善|修订|制定|研究|联合|合作|支持|帮助|吸引|应用|生产|交付|延长|缩短|提前|推迟|结束|保持|维持|达成|签署|签约|优先|重启|恢复|出售|收取|免除|补贴|奖励|依法|严格|统一|分批|可能|影响|导致|造成|产生|带来|拥有|享受|搬迁|转入|派出|组织|能|要|受益|占据|放缓|惠及|加速|回升|回落|攀升|持平|更|分别|每|全部|正式|重新|首次|择期|不"
)
_PLANNED = re.compile(
    rf"拟(?![定订合])|可(?=竣工|建成|完工|投用|通车|投产|交付)|力争|预计|有望|即将|打算|筹备|争取(?!到)|确保|目标是|(?:还|也|均|都|则|仍|必|未来|后续|下一步|下步|预期)将|将(?=(?:{_NEXT_VERB}))"
    r"|(?<![一-鿿”])计划(?![的、,，。”》表书外内单经生管])|(?<=[已还也均都会们省市县区镇局委府部院司团校年月日将])计划(?![的、,，。”》表书外内单经生管])"
    r"|(?<!行动)(?<!专项)(?<!工作)(?<!发展)(?<!年度)(?<!培养)(?<!三年)(?<!五年)(?<!实施)(?<!教学)(?<!生产)计划(?=出台|举办|举行|下沉|下发|覆盖|招募|发放|选派|解决|化解|清理|获|开展|实施|于|在|到|用|投|建|新|年|今|明|20|总|再|开|引|培|招|打|完|实|推|安|对|将|组|筹|增|以|分|通过|每|设|今后|未来|[一二三四五六七八九十\d])"
    r"|规划(?=建设|新建|布局|总|投资)|准备(?=在|于|新|建|投|开)|待建|在建|尚待"
)
_DONE = re.compile("已经?|目前|现已|截至|截止|去年|累计|其中已")
_MUST = re.compile(
    "必须|应当|务必|不得|严禁|应(?=于|在|由|按|予|向|及时|自|不|符合|具备|提交)|须(?!知)|需(?=在|于|提供|经|由|按|向)|要求"
)
_MAY = re.compile(
    "可以|可(?=在|向|到|凭|按|享|申请|获|领|通过|拨打|登录|直接|选择|自行|免|随时)|允许|鼓励|有权"
)
_PERHAPS = re.compile("可能|或许|大概率|疑似|据称|据传|传闻")
_NAMED = re.compile(r"《[^《》]*》|“[^“”]*”")


def _bare(text: str) -> str:
    """Returns the text with titles and quoted terms blanked."""
    return _NAMED.sub(lambda m: " " * len(m[0]), text)


def planned_at(text: str, position: int) -> bool:
    """Returns whether what stands at a position is told as planned: in its clause or carried to it.

    >>> planned_at("计划投入35万元,新建驿站3座", 12), planned_at("计划投入35万元,目前已投入20万元", 18)
    (True, False)
    """
    bare = _bare(text)
    start = max((m.end() for m in re.finditer("[。；;!！?？]", bare[:position])), default=0)
    end = _clause_end(bare, position)
    words = [m for m in _PLANNED.finditer(bare, start, end)]
    before = [m for m in words if m.start() < position] or words[:1]
    if not before:
        return False
    between = bare[before[-1].end() : position]
    return not (re.search("[,，]", between) and _DONE.search(between))


def _clause_end(text: str, position: int) -> int:
    match = re.compile("[,，。；;!！?？]").search(text, position)
    return match.start() if match else len(text)


def moods(text: str) -> frozenset[str]:
    """Returns how a clause speaks beside planning: a subset of `must`, `may`, `perhaps`.

    >>> sorted(moods("居民应当登记")), sorted(moods("居民可以登记"))
    (['must'], ['may'])
    """
    bare = _bare(text)
    found = (("must", _MUST), ("may", _MAY), ("perhaps", _PERHAPS))
    return frozenset(name for name, pattern in found if pattern.search(bare))
