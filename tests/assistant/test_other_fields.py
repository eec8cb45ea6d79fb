"""Questions about pensions, schools and incomes: what an article's date, its title and its plans say of a figure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.reading.constraints import _stands_alone
from assistant.reading.language import Language
from assistant.reading.question import question_kind
from assistant.reading.years import year_of_undated
from retrieval import Library

PENSIONS = """---
title: 青陵省启动2023年调整退休人员养老金工作
publisher: 青陵晨报
published: 2023-07-21
region: 湖南省
---
近日印发的通知决定,从2023年1月1日起,为2022年12月31日前已领取养老金的退休人员提高养老金。

此次调整惠及40余万名退休人员。所有参与调整的退休人员都可以享受33元的定额调整金额。全省总体调整水平为2022年月人均养老金的3.6%。
"""
NURSERIES = """---
title: 衡阳市今年新建12所幼儿园
region: 湖南省衡阳市
---
记者获悉,今年全市新建12所幼儿园,新增学位2400个。

2023年,年内新建幼儿园列入衡阳市民生实事。目前,衡阳毛入园率91.5%、普惠率88.2%、公办率58.4%,均高于全省85.1%、80.3%、50.2%的平均水平,已达到规划提出的“到2025年,达到90%、85%、50%”的目标。其余7所幼儿园2024年秋季将竣工交付使用。
"""
INCOMES = """---
title: 昭川市脱贫人口收入增长
publisher: 昭川日报
published: 2023-08-02
region: 云南省昭通市
---
2022年,该市脱贫人口人均纯收入达12800元、同比增长14.2%,今年上半年达6900元、同比增长15.3%。
全市200万农村劳动力、90万脱贫劳动力、15万易地搬迁劳动力就业率分别达81.9%、83.2%、86.2%。
该市组织210万适龄妇女参加免费筛查。
"""
GRANTS = """---
title: 南岭县今年资助困难学生
publisher: 南岭晨报
published: 2024-08-20
region: 广东省韶关市
---
列支198万元,救助在校困难大学生1400名,每人资助资金1000至2000元;列支337万元,救助在校困难中小学生5500名。
南岭县首批样板点有40个村上榜,县里计划在2024至2026年三年的时间里,分批推选120个样板点。
2010年至2023年,南岭单位工业增加值能耗和水耗分别下降61%和72%。保税物流进出口6200万元,同比增长21.3%,占27.4%。
南岭县任务数152个(其中,卫生院41个),已开工148个,已完工93个。会议要求对十个县(市、区)的项目进展开展督导。
今年前7个月,南岭县对日本出口3200万元。该县公交票价比原定时间提前1个月下降三成。
"""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory, language: Language) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("other_fields")
    for name, text in (("a", PENSIONS), ("b", NURSERIES), ("c", INCOMES), ("d", GRANTS)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with Library.open(folder / "data") as library:
        assert {r.result for r in library.ingest(sorted(folder.glob("*.md")))} == {"added"}
    with Assistant(Library.open(folder / "data"), language) as real:
        yield real


@pytest.mark.parametrize(
    ("question", "short"),
    [
        # The title and the day from which it counts date what is told without a time of its own.
        ("2023年调整退休人员养老金,定额调整是多少元?", "33元"),
        ("2023年养老金全省总体调整水平是多少?", "3.6%"),
        ("衡阳2023年新建了多少所幼儿园?", "12所"),
        ("衡阳要到2024年秋季才交付的幼儿园有几所?", "7所"),
        # What is aimed at is not how things are.
        ("衡阳幼儿园公办率现在是多少?", "58.4%"),
        ("衡阳 幼儿园 公办率", "58.4%"),
        # What a clause leaves out stands before it, and one of three in a row is one.
        ("2023年上半年昭通脱贫人口人均纯收入同比增长多少?", "15.3%"),
        ("昭通脱贫劳动力就业率是多少?", "83.2%"),
        # Whom money is for stands in the clause behind it.
        ("南岭县为在校困难大学生列支了多少资金?", "198万元"),
        ("南岭县首批样板点有几个?", "40个"),
        ("2010年至2023年南岭单位工业增加值水耗下降多少?", "72%"),
        ("南岭保税物流进出口占全县的比重是多少?", "27.4%"),
        ("南岭县已经完工的项目有多少个?", "93个"),
        ("南岭县前7个月对日本出口多少元?", "3200万元"),
    ],
)
def test_answers(asking, question, short):
    assert asking.ask(question).short_answer == short


@pytest.mark.parametrize(
    "question",
    [
        "2022年养老金全省总体调整水平是多少?",
        "衡阳2021年新建了多少所幼儿园?",
        "衡阳目前共有多少所幼儿园?",
        "昭通组织适龄妇女免费筛查花了多少经费?",
        "南岭县前7个月对韩国出口多少元?",
    ],
)
def test_near_misses_are_refused(asking, question):
    assert asking.ask(question).status == "abstained"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("省里支持各地新建幼儿园多少所?", "count"),
        ("各地新建幼儿园多少所?", "aggregation"),
        ("评级往上升一档,能一次拿多少奖?", "money"),
        ("新增了多大建筑面积?", "count"),
        ("毛入园率的全国平均水平是多少?", "share"),
        ("养老金总体调整水平是多少?", "ratio"),
    ],
)
def test_kind(text, kind):
    assert question_kind(text)[0] == kind


@pytest.mark.parametrize(
    ("clause", "alone"),
    [("衡阳南岳区上半年产值达9亿元", False), ("衡阳市上半年产值达9亿元,南岳区居首", True)],
)
def test_a_city_before_its_district_is_not_spoken_of_itself(language, clause, alone):
    assert _stands_alone("衡阳", clause, language.places(clause)) is alone


def test_an_article_without_a_date_is_of_the_last_year_it_names():
    assert year_of_undated("2022年起步。2023年列入实事。今年新建9所。") == "2023"
    assert year_of_undated("2023年建了3所,今年建了9所。") == ""
    assert year_of_undated("今年建了9所。") == ""
