"""Nouns that a measure word implies: 162万平方米 is an area, 4787株 are trees, without either being said."""

from __future__ import annotations

from collections.abc import Mapping

_GROUPS = {
    "平方米 平方公里 平方千米 亩 公顷": "面积 占地 建筑面积 用地 规模",
    "元 万元 亿元 美元 欧元 港元 块 块钱": "钱 金额 资金 款 款项 经费 费用 数额 总额 额度",
    "公里 千米 米 里 海里": "长度 里程 距离 全长 路程",
    "吨 公斤 千克 克 斤": "重量 分量",
    "立方米 升": "容量 体积 水量",
    "岁": "年龄 年纪 岁数",
    "年 个月 月 天 日 小时 分钟 周": "时间 时长 期限 年限 期",
    "%": "比例 占比 比重 百分比 率 份额 分量",
    "户": "家庭 住户 人家",
    "辆": "车 车辆 汽车",
    "栋 幢": "楼 楼房 房屋",
    "株 棵": "树 树木 苗木 树苗",
    "艘": "船 船只 渔船",
    "度 千瓦时": "电 电量 用电量",
}
IMPLIED: Mapping[str, str] = {unit: nouns for units, nouns in _GROUPS.items() for unit in units.split()}


def implied_nouns(unit: str) -> str:
    """Returns the nouns that a unit implies, parted by spaces, "" for a unit that counts many sorts of things."""
    return IMPLIED.get(unit, "")
