from __future__ import annotations

import pytest

from evals.cases import GoldFigure, Turn
from evals.corpus import Corpus

TEXT = "青石镇有约1.2万名志愿者。全镇设驿站36个、议事厅4间。\n驿站由《青石镇办法》规定。"


@pytest.fixture
def corpus() -> Corpus:
    return Corpus({"007_qingshi": TEXT, "008_other": "别处有志愿者500名。"})


@pytest.fixture
def turn() -> Turn:
    return Turn(
        question="青石镇有多少志愿者?",
        kind="count",
        style="plain",
        articles=("007",),
        figures=(GoldFigure(text="约1.2万名", value="12000", unit="名", qualifier="约"),),
        evidence=("1.2万名",),
    )
