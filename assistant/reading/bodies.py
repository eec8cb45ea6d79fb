"""Bodies named in a text: offices, firms, schools, teams; found by their last word and the nouns before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

_LAST = re.compile(
    "(?:[局厅院队]|部|委|办|会|中心|公司|集团|大学|学校|中学|小学|党校|银行|联盟|妇联|支部|党组|政府|部门|单位|机构|企业|合作社|出版社|报社|旅行社|"
    "研究所|派出所|事务所|队伍|小组|电视台|日报|晚报|4s店|商店|工厂|协会|商会|工会|工委|党委|团委|政法委|网格|联社|总站|气象台|新华社|编辑部)$"
)
# Words that end like a body and are none.
_NONE = frozenset(
    (
        "社会 机会 大会 聚会 晚会 宴会 盛会 会 教会 误会 体会 领会 学会 全部 内部 外部 干部 局部 西部 东部 中部 南部 北部 部 委 办 部队 排队 "
        "结局 格局 布局 大局 全局 开局 局 当局 院 庭院 小院 大院 医院病房 厅 大厅 客厅 餐厅 队 举办 承办 主办 开办 兴办 合办 协办 申办 创办 督办 查办 交办 代办 经办 "
        "帮办 联办 领办 快办 通办 联合办 网办 经济社会 原委 编委 评委 常委 理事会 座谈会 发布会 运动会 推介会 研讨会 交流会 现场会 招聘会 恳谈会 协商会 议事会 分会场 会商"
    ).split()
)
_ANY = frozenset(
    "部门 单位 机构 企业 公司 队伍 小组 政府 网格 党委 支部 学校 中心 厅局 委局".split()
)  # name no body
_VAGUE = re.compile(
    "(?:全[省市县区国]|部分|有关|相关|各级|各类|当地|本地|基层|服务|参保|重点|多家|多个|所在|事项|主管|上级|下级|大型|中小|小微|机关)*"
    "(?:部门|单位|机构|企业|公司|队伍|团队|小组|政府|网格|党委|支部|学校|中心|一网通办|事业单位)$"
)  # 全省企业, 基层队伍: name no body either
_INSIDE = frozenset({"n", "j", "s", "b", "l", "x"})  # tags of words a name is built from
_NEVER = frozenset(
    "的 了 和 与 及 或 在 对 把 被 使 让 为 由 从 向 到 是 有 将 各 该 本 等 其 这 那 一 要 以".split()
)
_MOST = 8  # words of one name

Words = Callable[[str], Sequence[str]]


def body_spans(
    text: str, words: Words, tag: Callable[[str], str], last: Collection[str] = ()
) -> list[tuple[int, int, str]]:
    """Returns the bodies that a text names as (start, end, text), in order, each as long as its nouns reach.

    Args:
        text: Any text.
        words: Cuts a text into words that make it up again.
        tag: Word → its part of speech, "" if unknown.
        last: Words that such a name ends with instead, to find schemes, estates and the like.
    """
    found: list[tuple[int, int, str]] = []
    run: list[tuple[int, int]] = []
    position = 0
    for word in [*words(text), "。"]:
        start, position = position, position + len(word)
        if word in "“”‘’" or _builds(word, tag):
            run.append((start, position))
            continue
        if (body := _body(text, run, last)) is not None:
            found.append(body)
        run = []
    return found


def _builds(word: str, tag: Callable[[str], str]) -> bool:
    if word in _NEVER or not re.fullmatch(r"[一-鿿a-zA-Z0-9·]+", word):
        return False
    kind = tag(word)
    return (
        not kind
        or kind[:1] in _INSIDE
        or kind in {"vn", "an", "zg"}
        or (len(word) == 1 and word in "办委部团")
    )


def _body(text: str, run: Sequence[tuple[int, int]], last: Collection[str]) -> tuple[int, int, str] | None:
    """Returns the longest body at the end of a run of nouns, None if the run names none."""
    ends = [i for i, (a, b) in enumerate(run) if _is_last(text, a, b, last)]
    if not ends:
        return None
    first = max(0, ends[-1] - _MOST + 1)
    start, end = run[first][0], run[ends[-1]][1]
    while text[start] in "”’" or (text[start] in "“‘" and not re.search("[”’]", text[start:end])):
        start += 1
    if text[end : end + 1] in "”’" and re.search("[“‘]", text[start:end]):
        end += 1
    name = text[start:end]
    vague = name in _ANY or name in last or (not last and _VAGUE.fullmatch(name))
    return (start, end, name) if end - start > 1 and not vague else None


def _is_last(text: str, start: int, end: int, last: Collection[str]) -> bool:
    word = text[start:end]
    if last:
        return any((text[:end].endswith(w) and end - len(w) <= start + 1) or word.endswith(w) for w in last)
    if word in _NONE:
        return (
            len(word) == 1
            and start > 0
            and bool(re.match("[一-鿿]", text[start - 1]))
            and word in "局院厅办委部队"
        )
    return bool(_LAST.search(word.lower()))
