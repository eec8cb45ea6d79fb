from __future__ import annotations

import pytest

from assistant.ledger.extract import LedgerReader
from assistant.ledger.places import level_of
from assistant.ledger.row import LedgerRow
from retrieval import Article
from retrieval.sentences import split_sentences

TEXT = """衡阳市志愿服务一年间

截至2024年12月，衡阳市的注册志愿者约62万人，占常住人口的14.5%。全市建成骑手驿站318个，推行“15分钟服务圈”。

蒸湘区怎么做

该区制定《骑手友好二十条措施》，发放创业贷款1500万元，比上年增长12%。平均每万名居民配备网格员18.5名。“1+3+N”体系覆盖6号线沿线。
"""


@pytest.fixture(scope="module")
def reader(language) -> LedgerReader:
    return LedgerReader(language.normalise, lambda text: language.matcher.words(text))


@pytest.fixture(scope="module")
def rows(reader: LedgerReader) -> dict[str, LedgerRow]:
    article = Article(
        article_id="hengyang", title="衡阳", published="2025-03-09", region="湖南省衡阳市", text=TEXT
    )
    found = reader.rows(article, split_sentences("hengyang", TEXT))
    assert all(TEXT[row.start : row.end] == row.text for row in found)
    assert all(TEXT[row.sentence_start :].startswith(row.sentence) for row in found)
    return {row.text: row for row in found}


def test_figures_of_names_codes_and_lines_are_no_rows(rows):
    assert set(rows) == {"约62万人", "14.5%", "318个", "1500万元", "12%", "18.5名"}


def test_a_row_says_what_is_counted_where_and_when(rows):
    row = rows["约62万人"]
    assert (row.subject, row.value, row.unit, row.qualifier) == ("注册志愿者", "620000", "人", "约")
    assert (row.place, row.level, row.as_of) == ("衡阳市", "市", "2024-12")


def test_a_share_carries_its_subject_and_names_its_denominator(rows):
    row = rows["14.5%"]
    assert (row.subject, row.role, row.per) == ("注册志愿者", "share", "常住人口")


def test_a_change_is_no_level(rows):
    assert (rows["12%"].subject, rows["12%"].role) == ("创业贷款", "change")


def test_a_heading_gives_the_place(rows):
    assert (rows["1500万元"].place, rows["1500万元"].level) == ("蒸湘区", "县")


def test_a_rate_keeps_what_it_is_counted_by(rows):
    assert rows["18.5名"].per == "每万名居民"
    assert rows["18.5名"].subject == "网格员"


def test_the_whole_city_is_the_city(rows):
    assert rows["318个"].place == "衡阳市"


@pytest.mark.parametrize(
    ("place", "level"),
    [("海南省", "省"), ("北京市", "省"), ("恩施州", "市"), ("吉阳区", "县"), ("文城镇", "乡镇")],
)
def test_levels(place, level):
    assert level_of(place) == level
