"""Commands on the library itself: ingest, articles, article, remove, check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import progress_bar, say, write_json, write_text
from assistant.cli.opening import chosen_data_dir, openers
from assistant.cli.options import AsJson, DataDir
from assistant.cli.readable import readable_article, readable_meta
from retrieval import IngestResult

OUTCOMES = {
    "added": "新增",
    "updated": "更新",
    "unchanged": "未变",
    "duplicate": "重复",
    "rejected": "未收",
}


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="文件或文件夹，可写多个。")],
    data: DataDir = None,
    as_json: AsJson = False,
    allow_internal: Annotated[
        bool, typer.Option("--allow-internal", help="标有“内部资料”等字样的也收入（有密级的一律不收）。")
    ] = False,
) -> None:
    """装入文章：Word、PDF、网页、表格、OFD、.txt、.md、.jsonl 文件，或整个文件夹。重复执行不会重复收录。"""
    counts: Counter[str] = Counter()
    with (
        openers(context).library(chosen_data_dir(data)) as library,
        progress_bar("装入文章", shown=not as_json) as advance,
    ):
        for result in library.ingest(paths, progress=advance, allow_internal=allow_internal):
            counts[result.result] += 1
            _report(result, as_json=as_json)
    say(_summary(counts))
    if counts["rejected"]:
        raise typer.Exit(1)


def _report(result: IngestResult, *, as_json: bool) -> None:
    if as_json:
        write_json(result.model_dump(mode="json"))
    elif result.reason:
        write_text(f"{OUTCOMES[result.result]}  {result.path}：{result.reason}")


def _summary(counts: Counter[str]) -> str:
    if not counts:
        return "没有找到可装入的文章。支持 Word、PDF、网页、表格、OFD 和文本文件，请检查路径。"
    parts = [f"{name} {counts[outcome]} 篇" for outcome, name in OUTCOMES.items() if counts[outcome]]
    return "完成：" + "，".join(parts) + "。"


def articles(context: typer.Context, data: DataDir = None, as_json: AsJson = False) -> None:
    """列出库里的文章。"""
    with openers(context).library(chosen_data_dir(data)) as library:
        metas = library.articles()
    if as_json:
        write_json([meta.model_dump(mode="json") for meta in metas])
    elif metas:
        for meta in metas:
            write_text(readable_meta(meta))
    else:
        say("库里还没有文章。用 jushi ingest 装入自己的文章，或运行 jushi 先装入自带的文章。")


def article(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ID", help="文章编号，见 jushi articles。")],
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """显示一篇文章的全文。"""
    with openers(context).library(chosen_data_dir(data)) as library:
        found = library.article(article_id)
    if as_json:
        write_json(found.model_dump(mode="json"))
    else:
        write_text(readable_article(found))


def remove(
    context: typer.Context,
    article_ids: Annotated[list[str], typer.Argument(metavar="ID…", help="文章编号，可写多个。")],
    data: DataDir = None,
) -> None:
    """从库里删除文章，各个索引同时删除。"""
    with openers(context).library(chosen_data_dir(data)) as library:
        removed = library.remove(article_ids)
    for article_id in removed:
        write_text(article_id)
    missing = [name for name in dict.fromkeys(article_ids) if name not in removed]
    if missing:
        say(f"库里没有这些文章：{'、'.join(missing)}。用 jushi articles 可查看现有编号。")
        raise typer.Exit(1)
    say(f"已删除 {len(removed)} 篇。")


def check(
    context: typer.Context,
    data: DataDir = None,
    repair: Annotated[bool, typer.Option("--repair", help="不一致时修好。")] = False,
) -> None:
    """核对原文库与各个索引是否一致。"""
    with openers(context).library(chosen_data_dir(data)) as library:
        report = library.check()
        if repair and not report.ok:
            _say_all(report.problems)
            say("正在修复…")
            report = library.repair()
    if not report.ok:
        _say_all(report.problems)
        advice = "修复后仍有问题，请反馈给维护者。" if repair else "可用 jushi check --repair 修复。"
        say(f"各索引不一致。{advice}")
        raise typer.Exit(1)
    write_text(f"一致：{report.articles} 篇文章，{report.chunks} 个段落。")


def _say_all(problems: Iterable[str]) -> None:
    for problem in problems:
        say(f"- {problem}")
