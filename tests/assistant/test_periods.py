from __future__ import annotations

import pytest

from assistant.reading.periods import find_periods, period_match
from assistant.reading.spots import find_spots


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("上半年", ["1-6"]), ("下半年", ["7-12"]), ("第一季度", ["1-3"]), ("前三季度", ["1-9"]), ("1—9月", ["1-9"]),
        ("1至6月份", ["1-6"]), ("前5个月", ["1-5"]), ("全年", ["1-12"]), ("四季度", ["10-12"]), ("三个季节", []), ("11-12日", []),
    ],
)  # fmt: skip
def test_parts_of_a_year(text, months):
    assert [m for _, m in find_periods(text)] == months


def test_another_part_of_the_year_is_no_answer():
    assert period_match(("1-6",), "一季度产值", "") == -1
    assert period_match(("1-6",), "一季度产值7亿元,上半年", "") == 1
    assert period_match(("1-6",), "产值", "上半年经济运行情况") == 1
    assert period_match(("1-6",), "产值", "") == 0
    assert period_match((), "一季度产值", "") == 0


@pytest.mark.parametrize(
    ("text", "ends", "spots"),
    [
        ("青石县白水镇有网格员30名", [3], ["白水镇"]), ("青石县新城镇的驿站", [3], ["新城镇"]), ("按城镇常住人口计算", [], []),
        ("返乡人员和各街道干部", [], []), ("在望江街道,乡镇和乡村", [], ["望江街道"]), ("全市乡镇(街道)", [], []),
    ],
)  # fmt: skip
def test_towns_are_told_from_words_that_look_like_them(text, ends, spots):
    assert find_spots(text, ends) == spots
