"""Measure words of Chinese: what may stand after an amount and say what it counts."""

from __future__ import annotations

import re

MEASURES = (
    "个百分点 百分点 个工作日 个自然日 个小时 个月 平方公里 平方千米 平方米 立方米 平方厘米 千瓦时 公里 千米 公顷 公斤 千克 "
    "毫克 微克 厘米 毫米 微米 纳米 毫升 小时 分钟 人次 场次 班次 "
    "亩次 期次 台次 家次 项次 艘次 课次 件次 户次 辆次 车次 批次 架次 剂次 针次 例次 人份 万元 亿元 元 美元 欧元 港元 澳门元 日元 英镑 韩元 卢布 "
    "澳元 加元 新台币 块钱 周岁 周年 名 位 个 家 件 项 条 支 "
    "场 次 艘 栋 幢 座 户 岁 天 年 周 秒 倍 成 折 级 类 批 期 届 轮 株 棵 份 辆 块 套 篇 本 册 所 "
    "处 间 片 台 部 章 节 款 组 对 队 层 排 笔 宗 起 例 种 门 具 只 头 匹 架 列 顶 幅 张 把 枚 颗 "
    "粒 瓶 箱 袋 盒 桶 亩 吨 米 克 升 度 人 口 站 点 线 村 县 市 省 镇 乡 区 街道 社区 部门 板块 "
    "大 方面 环节 代 分 步 字 星 重 道 股 团 届次 课时 学时 学分 席 杯 餐 网 方 员 月 日 站点 "
    "海里 英里 英尺 寸 尺 里 斤 兆 瓦 千瓦 兆瓦 辈 面 标箱 泊位 床位 学位 剂 卷 趟 封 羽 番"
).split()
MEASURE = re.compile("|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True)))
# Single characters that are measures after digits but too common as word parts after a Chinese numeral.
WEAK_AFTER_CHINESE = frozenset("分方面线网员道重代度口点里市省区字头成步团月日星方对本部把门级大卷封番剂羽")
# Units in Latin letters and signs, matched whatever their case.
LATIN_UNITS = (
    "kwh|kw|mw|gw|km²|km2|km/h|km|kg|mg|μg|ug|cm|mm|nm|μm|m²|m2|m³|m3|㎡|㎞|㎏|℃|°c|ml|gb|tb|mb|hz|g|m|t|l"
)
_ONE_MEANING = (
    frozenset({"名", "人", "位", "个人"}),
    frozenset({"场", "场次"}),
    frozenset({"元", "块", "块钱"}),
    frozenset({"公里", "千米", "km", "㎞"}),
    frozenset({"公斤", "千克", "kg", "㎏"}),
    frozenset({"平方公里", "平方千米", "km²", "km2"}),
    frozenset({"平方米", "㎡", "m²", "m2", "平米"}),
    frozenset({"立方米", "m³", "m3", "方"}),
    frozenset({"个百分点", "百分点"}),
    frozenset({"小时", "个小时"}),
    frozenset({"岁", "周岁"}),
    frozenset({"个月", "月"}),
    frozenset({"栋", "幢"}),
    frozenset({"株", "棵"}),
    frozenset({"千瓦时", "kwh"}),
    frozenset({"千瓦", "kw"}),
    frozenset({"兆瓦", "mw"}),
    frozenset({"厘米", "cm"}),
    frozenset({"毫米", "mm"}),
    frozenset({"米", "m"}),
    frozenset({"吨", "t"}),
    frozenset({"克", "g"}),
    frozenset({"升", "l"}),
    frozenset({"毫升", "ml"}),
    frozenset({"度", "℃", "°c", "摄氏度"}),
)
_MEANING = {unit: min(group) for group in _ONE_MEANING for unit in group}


def unit_meaning(unit: str) -> str:
    """Returns one name for all units that count the same: that of 名 is that of 人, 家's is its own.

    >>> unit_meaning("名") == unit_meaning("位"), unit_meaning("人") == unit_meaning("人次")
    (True, False)
    """
    return _MEANING.get(unit.lower(), unit.lower())
