from __future__ import annotations

import pytest

from assistant.reading.asked import Asked
from assistant.reading.bonuses import ruled_out
from assistant.reading.question import understand


@pytest.mark.parametrize(
    ("question", "left", "right", "fined"),
    [
        ("男骑手有多少人?", "其中女骑手", ",", True),
        ("女骑手有多少人?", "其中女骑手", ",", False),
        ("通过考试的有多少人?", "报考人数为", ",", True),
        ("报考和通过的有多少人?", "报考人数为", ",", False),
        ("首批选派了多少人?", "头一批选派", "名", False),
        ("选派了多少人?", "首批选派", "名", False),
        ("城镇居民人均收入是多少?", "农村常住居民的人均收入达到", ",", True),
    ],
)
def test_the_figure_of_another_member_is_fined(language, question, left, right, fined):
    understood = understand(question)
    asked = Asked(understood, language.terms(understood, ()))
    assert (ruled_out(asked, {"left": left, "right": right}, language.matcher) > 0) is fined
