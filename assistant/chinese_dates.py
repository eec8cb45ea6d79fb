"""Dates as people write them."""

from __future__ import annotations


def chinese_date(iso: str) -> str:
    """Returns `YYYY[-MM[-DD]]` as people write it.

    >>> chinese_date("2025-03-09"), chinese_date("2025-12"), chinese_date("")
    ('2025年3月9日', '2025年12月', '')
    """
    parts = iso.split("-") if iso else []
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False) if part.isdigit()
    )
