from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.catalogue import Brief, Catalogue, ids_about, regions_of
from retrieval.models import ArticleMeta

WORDS = st.text(alphabet="青禾兰桥市县", max_size=4)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=8), st.sets(WORDS, max_size=3))
def test_the_same_as_going_through_all(rows: list[tuple[str, str]], names: set[str]) -> None:
    metas = [ArticleMeta(article_id=f"文{n}", region=r, title=t) for n, (r, t) in enumerate(rows)]
    wanted = [m.article_id for m in metas if any(n and n in m.region + m.title for n in names)]
    assert ids_about(metas, names) == Catalogue.of(metas).about(names) == wanted
    assert regions_of(metas) == tuple(dict.fromkeys(m.region for m in metas))
    assert Catalogue.of(metas).ids == {m.article_id for m in metas}


def test_the_whole_is_read_when_somebody_goes_through_it() -> None:
    metas = [ArticleMeta(article_id=f"文{n}", region="青禾市", title="标题") for n in range(3)]
    read: list[int] = []

    def whole() -> list[ArticleMeta]:
        read.append(1)
        return metas

    catalogue = Catalogue([Brief(m.article_id, m.region, m.title) for m in metas], whole)
    assert (len(catalogue), bool(catalogue), catalogue.regions) == (3, True, ("青禾市",))
    assert catalogue.about(["青禾"]) == ["文0", "文1", "文2"]
    assert not read
    assert list(catalogue) == metas
    assert (catalogue[1], list(catalogue[1:])) == (metas[1], metas[1:])
    assert len(read) == 1
