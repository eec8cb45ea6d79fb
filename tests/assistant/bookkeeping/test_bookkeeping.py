from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant.bookkeeping.bars import chart_of, indicators
from assistant.bookkeeping.corrections import Correction, Corrections, ShownRow, with_corrections
from assistant.bookkeeping.limits import LedgerWanted, rows_wanted, units
from assistant.bookkeeping.scales import scaled
from assistant.bookkeeping.workbook import workbook
from assistant.ledger.row import LedgerRow


def row(place: str = "青禾市", value: str = "32000", **more: object) -> LedgerRow:
    sentence = f"{place}现有志愿者{value}名。"
    start = sentence.index(value)
    fields = {
        "article_id": place, "subject": "志愿者", "text": f"{value}名", "value": value, "unit": "名",
        "place": place, "level": "市", "as_of": "2025", "sentence": sentence, "sentence_start": 0,
        "start": start, "end": start + len(value) + 1,
    }  # fmt: skip
    return LedgerRow.model_validate({**fields, **more})


def shown(*rows: LedgerRow) -> list[ShownRow]:
    return [ShownRow(row=one) for one in rows]


@pytest.fixture
def corrections(tmp_path: Path) -> Iterator[Corrections]:
    opened = Corrections(tmp_path)
    yield opened
    opened.close()


def correction(of: LedgerRow, **fields: str) -> Correction:
    given = {"article_id": of.article_id, "start": of.start, "end": of.end, "text": of.text}
    return Correction.model_validate({**given, **fields})


class TestCorrections:
    def test_the_row_stays_as_the_article_has_it(self, corrections):
        kept = corrections.keep(correction(row(), value="31000", reason="笔误", by="李"))
        (one,) = with_corrections([row()], corrections.all())
        assert (one.row, one.said("value"), one.said("unit")) == (row(), "31000", "名")
        assert kept.at

    def test_one_that_no_longer_fits_the_article_does_not_hold(self, corrections):
        corrections.keep(correction(row(), value="31000"))
        (one,) = with_corrections([row(text="32000人")], corrections.all())
        assert one.correction is None

    def test_it_is_taken_back(self, corrections):
        kept = corrections.keep(correction(row(), value="31000"))
        assert corrections.take_back(kept.key)
        assert not corrections.take_back(kept.key)
        assert corrections.all() == {}

    def test_they_survive_closing(self, corrections, tmp_path):
        kept = corrections.keep(correction(row(), place="青溪"))
        other = Corrections(tmp_path)
        assert other.all() == {kept.key: kept}
        other.close()

    @pytest.mark.parametrize("fields", [{"value": "三万"}, {"as_of": "去年"}])
    def test_values_are_numbers_and_dates_dates(self, fields):
        with pytest.raises(ValueError, match="validation error"):
            correction(row(), **fields)


class TestChart:
    def test_each_place_stands_with_its_latest_figure(self):
        rows = shown(row(value="3", as_of="2023"), row(value="5"), row("云岭市", "9"))
        assert indicators(rows) == ["志愿者（名）"]
        chart = chart_of(rows, "志愿者（名）")
        assert [(bar.place, str(bar.value)) for bar in chart.bars] == [("云岭市", "9"), ("青禾市", "5")]
        assert chart.warnings == ()

    @pytest.mark.parametrize(
        ("more", "warning"),
        [
            ({"per": "常住人口"}, "口径不同"),
            ({"as_of": "2019"}, "时间不同"),
            ({"level": "省"}, "层级不同"),
            ({"qualifier": "约"}, "约数"),
        ],
    )
    def test_what_cannot_be_compared_is_said(self, more, warning):
        chart = chart_of(shown(row(), row("云岭市", "9", **more)), "志愿者（名）")
        assert warning in "".join(chart.warnings)

    def test_one_place_or_another_unit_is_no_chart(self):
        assert chart_of(shown(row(), row(value="5")), "志愿者（名）") is None
        assert chart_of(shown(row(), row("云岭市", "9", unit="支")), "志愿者（名）") is None
        assert chart_of(shown(row(), row("云岭市", "9", role="change")), "志愿者（名）") is None


class TestLimits:
    def test_years_and_units(self):
        rows = [row(), row("云岭市", "9", as_of="", published="2024-05-01", unit="支")]
        found = rows_wanted(lambda query, region: rows, {}, LedgerWanted(year="2024"))
        assert [one.row.place for one in found] == ["云岭市"]
        assert rows_wanted(lambda query, region: rows, {}, LedgerWanted(unit="人")) == []
        assert units(shown(*rows, row("山口县"))) == ["名", "支"]

    def test_what_is_looked_for_is_asked_of_the_ledger(self):
        asked = []
        rows_wanted(
            lambda *given: asked.append(given) or [], {}, LedgerWanted(query="志愿者", region="青禾市")
        )
        assert asked == [("志愿者", "青禾市")]


@pytest.mark.parametrize(
    ("value", "unit", "scale", "qualifier", "expected"),
    [
        ("12345678912", "元", "亿", "", "约123.457亿元"),
        ("0", "人", "万", "", "0万人"),
        ("5000", "场次", "万", "超", "超0.5万场次"),
        ("80000", "人", "万", "左右", "8万人左右"),
        ("x", "人", "万", "", ""),
        ("5", "人", "", "", ""),
    ],
)
def test_scaled(value, unit, scale, qualifier, expected):
    assert scaled(value, unit, scale, qualifier) == expected


def test_the_workbook_keeps_corrections_on_a_sheet_of_their_own():
    fixed = ShownRow(row=row(), correction=correction(row(), value="31000", reason="=1+1"))
    book = load_workbook(io.BytesIO(workbook([fixed, *shown(row("云岭市", "9"))])))
    assert book.sheetnames == ["数字台账", "更正"]
    assert [cell.value for cell in book["数字台账"]["B"]] == ["数值", 32000, 9]
    assert book["更正"]["F2"].value == 31000
    assert book["更正"]["J2"].data_type == "s"
    assert load_workbook(io.BytesIO(workbook(shown(row())))).sheetnames == ["数字台账"]
