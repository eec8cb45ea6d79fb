"""Commands that keep a library: rebuild, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import progress_bar, say, write_text
from assistant.cli.opening import chosen_data_dir, openers
from assistant.cli.options import DataDir

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")]


def rebuild(context: typer.Context, data: DataDir = None) -> None:
    """按原文重建两个索引；建好之前照常使用旧的。"""
    with (
        openers(context).library(chosen_data_dir(data)) as library,
        progress_bar("重建索引") as advance,
    ):
        report = library.rebuild(advance)
    if not report.ok:
        for problem in report.problems:
            say(f"- {problem}")
        raise typer.Exit(1)
    write_text(f"已重建：{report.articles} 篇文章，{report.chunks} 个段落。")


def backup(file: BackupFile, data: DataDir = None) -> None:
    """把整个资料库备份成一个文件；界面开着也可以。"""
    from retrieval import back_up

    articles = back_up(chosen_data_dir(data), file.expanduser())
    write_text(f"已备份 {articles} 篇文章：{file}")


def restore(context: typer.Context, file: BackupFile, data: DataDir = None) -> None:
    """把备份恢复到一个新的文件夹（用 --data 指定）。"""
    from retrieval import restore as unpack

    folder = chosen_data_dir(data)
    unpack(file.expanduser(), folder)
    say("正在重建索引…")
    with openers(context).library(folder) as library:
        report = library.check()
    if not report.ok:
        raise typer.Exit(1)
    write_text(f"已恢复 {report.articles} 篇文章：{folder}")
