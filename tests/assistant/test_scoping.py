from __future__ import annotations

import pytest

from assistant.scoping import Scope, article_ids, describe, region_choices, year_choices
from retrieval import ArticleMeta

METAS = [
    ArticleMeta(article_id="a", title="甲", region="丰原省青禾市", published="2025-03-09", also=("a2",)),
    ArticleMeta(article_id="b", title="乙", region="丰原省", published="2024"),
    ArticleMeta(article_id="c", title="丙"),
]


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope(), None),
        (Scope(regions=("丰原省",)), {"a", "b"}),
        (Scope(regions=("丰原省青禾市",)), {"a"}),
        (Scope(years=("2024", "2025")), {"a", "b"}),
        (Scope(articles=("a2",)), {"a"}),
        (Scope(regions=("丰原省",), years=("2024",)), {"b"}),
        (Scope(years=("1999",)), set()),
    ],
)
def test_articles_within(scope, ids):
    assert article_ids(scope, METAS) == ids


def test_a_scope_is_said_shortly():
    assert describe(Scope(articles=("a", "b")), METAS) == "《甲》、《乙》"
    assert describe(Scope(articles=("a", "b", "c")), METAS) == "《甲》等3篇"


def test_choices_count_their_articles():
    assert ("丰原省（2篇）", "丰原省") in region_choices(METAS)
    assert year_choices(METAS) == [("2025年（1篇）", "2025"), ("2024年（1篇）", "2024")]
