"""Invented articles for the tests: places, people and figures that do not exist."""

from __future__ import annotations

import json
from pathlib import Path

QINGHE = """# 青禾市志愿服务走深走实

截至2024年6月，青禾市注册志愿者约62万人，占常住人口的14.5%。
全市建成骑手驿站318个，覆盖所有街道。

## 云溪区
云溪区成立快递行业党委，下设党支部47个。
"""
LANQIAO = """# 兰桥县网格员队伍建设

兰桥县共有专职网格员1236名，平均每个社区4.2名。
今年以来，网格员走访群众8.7万人次，解决问题5314件。
"""


def write(folder: Path, name: str, text: str) -> Path:
    """Returns the path of a file just written."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def numbered(n: int) -> str:
    """Returns the text of the n-th article of a series; its figure is its own."""
    return (
        f"# 第{n}号街道社区治理见闻\n\n栖霞里街道第{n}号社区今年新增志愿者{7000 + n}名，"
        f"办成实事{300 + n % 50}件。\n"
        "社区食堂每天为老人供餐，居民议事会每月召开一次，大家都说日子越过越有滋味。\n"
    )


def write_series(folder: Path, count: int, name: str = "series.jsonl") -> Path:
    """Returns a .jsonl file of `count` articles with ids `s0000`, `s0001`, …"""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    lines = (json.dumps({"id": f"s{n:04}", "text": numbered(n)}, ensure_ascii=False) for n in range(count))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
