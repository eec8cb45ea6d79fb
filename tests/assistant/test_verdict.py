"""Yes or no, where a sentence's own words decide it."""

from __future__ import annotations

import pytest

from assistant.reading.language import Language
from assistant.reading.question import understand
from assistant.reading.scoring import cover
from assistant.reading.verdict import verdict


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("望川增速比全省快吗?", "上半年,望川增速慢于全省水平。", "否"),
        ("望川增速快于全省吗?", "上半年,望川增速快于全省水平。", "是"),
        ("望川养老金会低于全省水平吗?", "确保望川养老金不低于全省水平。", "否"),
        ("异地患者还要办转诊手续吗?", "异地患者无需办理转诊手续。", "否"),
        ("多格合一在各镇都完成了没?", "多格合一已在全市各镇完成。", "是"),
        ("望川是不是已经建成示范城?", "望川积极争创示范城,建成驿站三个。", ""),  # hoped for
        ("候访室是不是只给干部用?", "候访室供干部和群众使用。", ""),  # of others as well
        ("医学生能申请资助吗?", "困难新生(医学生、军校生除外)均可申请资助。", "否"),
        ("新生能申请资助吗?", "困难新生(医学生、军校生除外)均可申请资助。", ""),
        ("望川收入是不是下降了?", "望川收入持续增长。", "否"),
        ("增速是快还是慢?", "增速快于全省。", ""),
        ("望川设立法人了吗?", "望川建成公园。", ""),
    ],
)
def test_verdict(language: Language, question: str, sentence: str, said: str):
    terms = language.terms(understand(question), ())
    assert verdict(question, sentence, cover(terms, {"clause": sentence}, language.matcher)) == said
