"""Words that cannot stand for one another in a sentence: opposites, roles, ranks and levels."""

from __future__ import annotations

import re

# Of each line, a statement may use a word only where the clause that it tells uses it (or one joined by /).
_LINES = """
增长/增加/上升/提高/提升/增多/上涨/扩大/新增/增强/增至/升至 下降/减少/降低/缩减/压减/缩小/回落/下滑/减弱/减至/降至
开放/开通/开业/启用/投用 关闭/停用/关停/封闭/停业
成立/组建/设立/建立 撤销/撤并/解散/撤
支持/赞成/同意 反对/拒绝/不同意
允许/准许 禁止/严禁/不得
公开 保密/内部
合并/整合 拆分/分拆
城镇/城市/城区 农村/乡村/村镇
线上/网上 线下/现场
国内/境内 国外/境外/海外
省内 省外
高于/超过/超出/多于/大于 低于/少于/不足/不到/小于
以上 以下 以内
优于 劣于
进口 出口
收入 支出
男/男性 女/女性
上午/早上 下午/晚上/夜间
东部 西部 南部 北部 中部
之前/以前 之后/以后
牵头 配合 协助 参与/参加 指导 监督
主办 承办 协办
市委书记 市长
书记 主任 部长 局长 处长 科长 市长 县长 区长 镇长 院长 校长 会长 主席 秘书长 组长 队长 站长 所长
主持 出席/列席
任命 免去
最高 最低
最多 最少
最大 最小
最早 最晚
第一 末位
盈利 亏损
顺差 逆差
买入/购买 卖出/出售
流入 流出
迁入 迁出
获奖/表彰 处罚/通报/批评/处分
有效 无效
成功 失败
同意 驳回
原告 被告
胜诉 败诉
确诊 疑似 治愈 死亡
老年人/老人 青年/年轻人 儿童/未成年人 妇女 残疾人
签约 落地 开工/动工 竣工/完工 投产
走访 帮扶
发放/派发 接收/回收/收回
排查/摸排 化解/调解/解决 整改
受理 办结
申请 获批
报名/报考 录取/录用
立案 结案
产量 销量
小学 初中 高中 大学
本科 专科 硕士 博士
"""
_TABLE: list[list[frozenset[str]]] = [
    [frozenset(side.split("/")) for side in line.split()] for line in _LINES.strip().splitlines()
]
_WORDS = {word: (i, j) for i, line in enumerate(_TABLE) for j, side in enumerate(line) for word in side}
_PATTERN = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))
_DEPUTY = re.compile(
    "副(?=书记|主任|部长|局长|处长|科长|市长|县长|区长|镇长|院长|校长|会长|主席|秘书长|组长|队长|站长|所长|总|省长|教授)"
)


def opposite_fault(stated: str, source: str, around: str) -> str:
    """Returns the first word of a clause in whose place the source's clause has one that excludes it, or "".

    >>> opposite_fault("由民政局配合", "由民政局牵头", "由民政局牵头,住建局配合")
    '配合'
    """
    theirs = _by_line(source)
    for match in _PATTERN.finditer(stated):
        line, side = _WORDS[match[0]]
        if side not in theirs.get(line, {side}):
            return match[0]
    if bool(_DEPUTY.search(stated)) != bool(_DEPUTY.search(source)) and re.search(
        "书记|主任|长|主席|教授", stated
    ):
        return "副"
    return ""


def _by_line(text: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for match in _PATTERN.finditer(text):
        line, side = _WORDS[match[0]]
        found.setdefault(line, set()).add(side)
    return found
