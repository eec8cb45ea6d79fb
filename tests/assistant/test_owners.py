"""Whose words are whose: end-to-end questions over sentences with several figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant

_TEXT = """青溪县人力资源情况

青溪县从今年起提高基层待遇:农村教师和镇村医生的收入,每月分别增加700元、450元以上。
全县办税企业按营业额看,2000万元以下的有61户,2000万元到5000万元的有14户,5000万元以上的有9户。
今年报名培训的有4200人,同比增长12.5%,结业的有3100人,同比增长40.2%。
目前全县镇卫生院都已设置科室6个、门诊点8个,原来的15个门诊点合并而成。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("owners")
    (folder / "qingxi.txt").write_text(_TEXT, encoding="utf-8")
    with Assistant.open(folder / "data") as opened:
        list(opened.library.ingest([folder / "qingxi.txt"]))
        yield opened


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("青溪县的农村教师每月增收多少?", "700元"),
        ("青溪县的镇村医生每月收入增加多少?", "450元以上"),
        ("青溪县营业额连两千万都不到的企业有多少户?", "61户"),
        ("青溪县营业额2000万至5000万的企业有几户?", "14户"),
        ("青溪县营业额超过5000万元的企业有几户?", "9户"),
        ("青溪县报名培训的人比上年同期增长了百分之几?", "12.5%"),
        ("青溪县结业的人同比涨幅是多少?", "40.2%"),
        ("青溪县的镇卫生院原来有多少个门诊点?", "15个"),
        ("青溪县的镇卫生院有多少个门诊点?", "8个"),
    ],
)
def test_each_question_gets_its_own_figure(assistant: Assistant, question: str, figure: str) -> None:
    assert assistant.ask(question).short_answer == figure
