"""`jushi figures`: the ledger of the figures found in the articles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import say, well_formed, write_json_array, write_text
from assistant.cli.opening import chosen_data_dir, openers
from assistant.cli.options import AsJson, DataDir
from assistant.cli.search import MOST_CHARACTERS
from assistant.ledger.row import LedgerRow

_ROLES = {"level": "", "share": "占比", "change": "增减"}


def figures(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="[QUERY]", help="要找的指标；不写就列出全部。")] = "",
    data: DataDir = None,
    region: Annotated[str, typer.Option("--region", metavar="R", help="只列这个地区的数字。")] = "",
    as_json: AsJson = False,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="写成 Excel 文件，数字仍是数字。")
    ] = None,
) -> None:
    """列出文章里的数字：指标、数值、单位、地区、时间和原句。"""
    if as_json and xlsx:
        raise typer.BadParameter("--json 和 --xlsx 只能用一个。")
    if len(query) > MOST_CHARACTERS:
        say(f"要找的指标超过 {MOST_CHARACTERS} 字。请缩短后再查。")
        raise typer.Exit(1)
    with openers(context).assistant(chosen_data_dir(data)) as assistant:
        rows = assistant.each_figure(well_formed(query), well_formed(region))
        if as_json:
            write_json_array(row.model_dump(mode="json") for row in rows)
        elif xlsx:
            from assistant.ledger.workbook import write_workbook

            say(f"已写入 {xlsx}，共 {write_workbook(rows, xlsx)} 个数字。")
        elif not _listed(rows):
            say("没有找到这样的数字。" if query or region else "文章里没有数字。")


def _listed(rows: Iterable[LedgerRow]) -> bool:
    """Writes the figures in lines and returns whether there were any."""
    found = False
    for row in rows:
        found = True
        write_text(readable_row(row))
    return found


def readable_row(row: LedgerRow) -> str:
    """Returns a figure with what it counts, its place, time, sentence and article in two lines."""
    about = f"{row.subject}{_ROLES[row.role]}" or "（原文未直接写明指标）"
    per = f"（口径：{row.per}）" if row.per else ""
    known = [row.place, row.as_of or row.time]
    head = "  ".join(filter(None, (f"{about}{per}：{row.text}", *known)))
    return f"{head}\n    “{' '.join(row.sentence.split())}” 《{row.title or row.article_id}》"
