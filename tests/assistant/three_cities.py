"""Three invented articles. The places are real because the gazetteer knows them; nothing said of them is."""

from __future__ import annotations

from pathlib import Path

HENGYANG = """---
title: 衡阳市志愿服务走深走实
publisher: 湘水日报
published: 2025-03-09
region: 湖南省衡阳市
---
截至2024年12月,衡阳市注册志愿者约62万人,占常住人口的14.5%。全市建成骑手驿站318个,覆盖所有街道。
今年,全市新增志愿服务队伍56支。去年,全市志愿服务时长达120万小时。目前,全市共有社区食堂205家。

## 蒸湘区怎么做

2024年5月7日,蒸湘区快递行业党委成立,下设党支部47个。该区印发《骑手友好社区建设办法》,推行“邻里帮”机制。
蒸湘区尚未建成骑手公寓。
"""
XIANGYANG = """---
title: 襄阳市志愿服务摘要
publisher: 汉水观察
published: 2025-01-20
region: 湖北省襄阳市
digest: true
---
# 襄阳市志愿服务摘要

截至2024年11月,襄阳市注册志愿者超48万余人,占常住人口的9.2%。全市专职网格员1236名,平均每个社区4.2名。
2023年,襄阳市投入志愿服务经费3500万元,2024年投入4200万元。
"""
LUZHOU = """泸州市社区工作者队伍建设观察

截至11月,泸州市共有社区工作者5310名,其中持证人数2124名,占比40%。今年,全市招录社区工作者180名。
议事厅挂着横幅<script>alert("x")</script>,居民王秀兰说,议事会每月召开一次。
"""


def write_articles(folder: Path) -> Path:
    """Returns a folder with the three articles in files of its own."""
    folder.mkdir(parents=True)
    for name, text in (("hengyang.md", HENGYANG), ("xiangyang.md", XIANGYANG), ("luzhou.txt", LUZHOU)):
        folder.joinpath(name).write_text(text, encoding="utf-8", newline="")
    return folder
