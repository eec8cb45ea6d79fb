"""Invented articles that say things differently; the places are real, nothing said of them is."""

from __future__ import annotations

from pathlib import Path

HUNAN = """---
title: 湖南省骑手友好城市建设
published: 2025-02-01
region: 湖南省
---
湖南全省建成骑手驿站2600多个。全省推进“骑手友好”行动,出台《湖南省骑手权益保障十条》。
"""
HENGYANG = """---
title: 衡阳市新就业群体服务
published: 2025-03-09
region: 湖南省衡阳市
---
截至2024年12月,衡阳市注册志愿者62万人,占常住人口的14.5%。全市建成“衡心”骑手驿站318个。
全市注册登记的社区食堂205家,其中城区食堂120家,乡镇食堂70家。
衡阳学习“枫桥经验”,排查矛盾纠纷400件,其中化解380件。

## 蒸湘区怎么做

蒸湘区建成骑手驿站41个。2024年5月7日,蒸湘区快递行业党委成立。
"""
XIANGYANG = """---
title: 襄阳市新就业群体服务
published: 2025-01-20
region: 湖北省襄阳市
---
襄阳市注册志愿者48万人,占全市人口的9.2%。襄阳市打造“襄里”小哥驿站150个。
2023年志愿服务经费3500万元,2024年志愿服务经费4200万元,增长25%。
2024年1月30日,襄阳市快递行业党委成立。襄阳把「楓橋經驗」用在小区里。
"""
LUZHOU = """---
title: 泸州市社区工作者
published: 2025-05-01
region: 四川省泸州市
---
全市共有社区工作者5310名,其中持证的2124名。
市委社会工作部与泸州职业技术学院合作建立社区学院,与西南医科大学合作建立健康学院,与四川警察学院合作建立调解学院。
"""
HENGYANG_NEWER = """---
title: 衡阳志愿服务再观察
published: 2025-06-01
region: 湖南省衡阳市
---
截至2024年12月,衡阳市注册志愿者65万人。
"""


def write(folder: Path) -> Path:
    """Returns a folder with the articles in files of their own."""
    folder.mkdir(parents=True)
    texts = {
        "hunan": HUNAN,
        "hengyang": HENGYANG,
        "xiangyang": XIANGYANG,
        "luzhou": LUZHOU,
        "later": HENGYANG_NEWER,
    }
    for name, text in texts.items():
        folder.joinpath(f"{name}.md").write_text(text, encoding="utf-8", newline="")
    return folder
