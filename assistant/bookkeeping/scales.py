"""Amounts in 万 or 亿 beside the way the article writes them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Literal

Scale = Literal["", "一", "万", "亿"]
_STEPS = {"一": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
_NO_AMOUNTS = frozenset({"%", "％", "‰", "个百分点", "倍", "折", "年", "月", "日", "岁", "时"})
_DIGITS = 6


# Words of rough amounts that stand behind the number or behind its unit; all others stand before.
_BEHIND_NUMBER = frozenset({"多", "余", "来"})
_BEHIND_UNIT = frozenset({"以上", "左右", "上下", "以下", "以内"})


def scaled(value: str, unit: str, scale: Scale, qualifier: str = "") -> str:
    """Returns an amount in another scale, exact as far as six digits reach; "" where there is nothing to say.

    A percentage or a date is no amount to convert.

    >>> scaled("1161000", "人", "万"), scaled("116.5", "元", "万"), scaled("19.66", "%", "万")
    ('116.1万人', '0.01165万元', '')
    >>> scaled("3900000", "人", "亿", "超…余"), scaled("330", "家", "一", "多")
    ('超0.039亿余人', '330多家')
    """
    if not scale or unit in _NO_AMOUNTS:
        return ""
    try:
        amount = Decimal(value) / _STEPS[scale]
    except InvalidOperation:
        return ""
    places = max(0, _DIGITS - 1 - amount.adjusted()) if amount else 0
    rounded = amount.quantize(Decimal(1).scaleb(-places))
    number = f"{rounded.normalize():f}{'' if scale == '一' else scale}"
    rough = qualifier or ("" if rounded == amount else "约")
    before, _, behind = rough.partition("…")
    if "…" in rough or before in _BEHIND_NUMBER:
        before, behind = (before, behind) if "…" in rough else ("", before)
        return f"{before}{number}{behind}{unit}"
    return f"{number}{unit}{before}" if before in _BEHIND_UNIT else f"{before}{number}{unit}"
