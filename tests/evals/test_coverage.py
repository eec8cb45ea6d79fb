from __future__ import annotations

import pytest

from evals.cases import Case, GoldFigure, Turn
from evals.coverage import mentions

TEXT = "青石镇有驿站36个。\n截至11月，志愿者约1.2万人，占30%，依“11431”和三项机制。"


def case(**fields: object) -> Case:
    turn = Turn.model_validate(
        {"question": "?", "kind": "count", "style": "plain", "articles": ["007"]} | fields
    )
    return Case(id="one", turns=(turn,))


def covered(gold: Case) -> set[str]:
    return {m.figure.text for m in mentions({"007": TEXT}, [gold]) if m.cases}


@pytest.mark.parametrize(
    ("fields", "texts"),
    [
        ({"figures": [GoldFigure(text="36个", value="36", unit="个")]}, {"36个"}),
        ({"figures": [GoldFigure(text="36户", value="36", unit="户")]}, set()),
        (
            {"figures": [GoldFigure(text="约1.2万人", value="12000", unit="名", as_of="2025-11")]},
            {"11月", "约1.2万人"},
        ),
        ({"figures": [GoldFigure(text="30%", value="30", unit="%")]}, {"30%"}),
        ({"evidence": ["12000人"]}, {"约1.2万人"}),
        ({"answers": [["“11431”体系", "其他"]]}, {"11431"}),
        ({"evidence": ["三项机制"]}, {"三项"}),
        ({"evidence": ["36个"], "articles": ["008"]}, set()),
    ],
)
def test_a_case_covers_figures_by_value_and_unit(fields: dict[str, object], texts: set[str]) -> None:
    assert covered(case(**fields)) == texts


def test_every_figure_is_listed_in_order() -> None:
    found = mentions({"007": TEXT}, [])
    assert [m.figure.text for m in found] == ["36个", "11月", "约1.2万人", "30%", "11431", "三项"]
    assert [m.in_digits for m in found] == [True, True, True, True, True, False]
