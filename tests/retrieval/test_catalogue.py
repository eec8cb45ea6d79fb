from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.catalogue import Catalogue, ids_about, regions_of
from retrieval.models import ArticleMeta

WORDS = st.text(alphabet="青禾兰桥市县", max_size=4)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=8), st.sets(WORDS, max_size=3))
def test_the_same_as_going_through_all(rows: list[tuple[str, str]], names: set[str]) -> None:
    metas = [ArticleMeta(article_id=f"文{n}", region=r, title=t) for n, (r, t) in enumerate(rows)]
    wanted = [m.article_id for m in metas if any(n and n in m.region + m.title for n in names)]
    assert ids_about(metas, names) == Catalogue(metas).about(names) == wanted
    assert regions_of(metas) == tuple(dict.fromkeys(m.region for m in metas))
    assert Catalogue(metas).ids == {m.article_id for m in metas}
