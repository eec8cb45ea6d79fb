"""Commands on the library itself: ingest, articles, article, remove, check."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, cast

import typer

from assistant.cli.console import progress_bar, say, write_json, write_text
from assistant.cli.opening import chosen_data_dir, openers
from assistant.cli.options import AsJson, DataDir
from assistant.cli.readable import readable_article, readable_meta
from assistant.ports import LibraryPort
from retrieval import EDITABLE, Edit, IngestResult

_MOST_NAMED = 20
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
    mirror: Annotated[
        bool, typer.Option("--mirror", help="与文件夹保持一致：文件夹里已经没有的，也从库中删除。")
    ] = False,
) -> None:
    """装入文章：Word、PDF、网页、表格、OFD、.txt、.md、.jsonl 文件，或整个文件夹。重复执行不会重复收录。"""
    if mirror and not all(path.is_dir() for path in paths):
        raise typer.BadParameter("--mirror 后面只能写文件夹。")
    counts: Counter[str] = Counter()
    met: list[IngestResult] = []
    with openers(context).library(chosen_data_dir(data)) as library:
        with progress_bar("装入文章", shown=not as_json) as advance:
            for result in library.ingest(paths, progress=advance, allow_internal=allow_internal):
                counts[result.result] += 1
                _report(result, as_json=as_json)
                if mirror:
                    met.append(result)
        say(_summary(counts))
        if mirror:
            _forget_departed(library, paths, met)
    if counts["rejected"]:
        raise typer.Exit(1)


def _forget_departed(library: LibraryPort, folders: Iterable[Path], met: list[IngestResult]) -> None:
    """Removes what has left the folders, after saying how much that is."""
    if not met:
        say("文件夹是空的，没有删除库中的文章。确要清空请用 jushi remove。")
        return
    gone = list(dict.fromkeys(origin for folder in folders for origin in library.departed(folder, met)))
    if not gone:
        say("库中没有已离开文件夹的文章。")
        return
    say(f"文件夹里已经没有的来源有 {len(gone)} 个，正在从库中删除：")
    for origin in gone[:_MOST_NAMED]:
        say(f"- {origin}")
    if len(gone) > _MOST_NAMED:
        say(f"……共 {len(gone)} 个。")
    say(f"已删除 {library.forget(gone)} 篇；另有其他来源的文章保留。")


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


def articles(
    context: typer.Context,
    values: Annotated[
        list[str] | None, typer.Argument(metavar="[项=值…]", help="与 --set 连用，例如 title=题名。")
    ] = None,
    edited: Annotated[
        str | None, typer.Option("--set", metavar="ID", help=f"修改一篇的信息，可改：{'、'.join(EDITABLE)}。")
    ] = None,
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """列出库里的文章；用 --set 修改一篇的标题、日期等信息（重新装入时保留）。"""
    if edited is not None or values:
        _edit(context, edited or "", values or [], data, as_json=as_json)
        return
    with openers(context).library(chosen_data_dir(data)) as library:
        metas = list(library.articles())  # read whole while the library is open
    if as_json:
        write_json([meta.model_dump(mode="json") for meta in metas])
    elif metas:
        for meta in metas:
            write_text(readable_meta(meta))
    else:
        say("库里还没有文章。用 jushi ingest 装入自己的文章，或运行 jushi 先装入自带的文章。")


def _edit(
    context: typer.Context, article_id: str, values: list[str], data: Path | None, *, as_json: bool
) -> None:
    pairs = [value.partition("=") for value in values]
    if not article_id or not pairs or any(not mark or name not in EDITABLE for name, mark, _ in pairs):
        raise typer.BadParameter(f"写法是 jushi articles --set ID 项=值…，项可以是 {'、'.join(EDITABLE)}。")
    fields = cast("Edit", {name: value for name, _, value in pairs})
    with openers(context).library(chosen_data_dir(data)) as library:
        meta = library.edit(article_id, **fields)
    if as_json:
        write_json(meta.model_dump(mode="json"))
    else:
        write_text(readable_meta(meta))


def article(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ID", help="文章编号，见 jushi articles。")],
    data: DataDir = None,
    as_json: AsJson = False,
    original: Annotated[
        Path | None, typer.Option("--original", metavar="PATH", help="把原始文件存到这里（文件或文件夹）。")
    ] = None,
) -> None:
    """显示一篇文章的全文；用 --original 取回原始文件。"""
    with openers(context).library(chosen_data_dir(data)) as library:
        found = library.article(article_id)
        if original is not None:
            _save_original(library, article_id, original)
            return
    if as_json:
        write_json(found.model_dump(mode="json"))
    else:
        write_text(readable_article(found))


def _save_original(library: LibraryPort, article_id: str, target: Path) -> None:
    kept = library.original(article_id)
    if kept is None:
        say("这篇没有原始文件：粘贴的文字和 .jsonl 里的文章只有正文。")
        raise typer.Exit(1)
    place = target / Path(library.original_name(article_id)).name if target.is_dir() else target
    if place.exists():
        say(f"已经有这个文件，没有覆盖：{place}。请换一个名称。")
        raise typer.Exit(1)
    shutil.copyfile(kept, place)
    write_text(str(place))


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
