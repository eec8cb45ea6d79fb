"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="资料目录；默认取 JUSHI_DATA，否则为用户数据目录。"),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON（UTF-8）。")]
Scope = Annotated[
    str | None, typer.Option("--scope", metavar="ID,…", help="只在这些文章里查，编号之间用逗号隔开。")
]
BatchIn = Annotated[
    Path | None, typer.Option("--batch", metavar="IN.jsonl", help="从文件成批读取问题，每行一个 JSON。")
]
BatchOut = Annotated[Path | None, typer.Option("--out", metavar="OUT.jsonl", help="成批作答的结果写到这里。")]

DocxOut = Annotated[Path | None, typer.Option("--docx", metavar="FILE", help="把答案另存为 Word 文件。")]
ReviewCopy = Annotated[bool, typer.Option("--review", help="Word 文件用核稿版（带编号注释）。")]
MarkdownOut = Annotated[
    Path | None, typer.Option("--markdown", metavar="FILE", help="把答案另存为 Markdown 文件。")
]


def split_scope(scope: str | None) -> list[str] | None:
    """Returns the ids of a `--scope` value; Chinese commas and 、 separate too."""
    if scope is None:
        return None
    return scope.replace("，", ",").replace("、", ",").split(",")


def check_batch_usage(question: str | None, source: Path | None, target: Path | None) -> None:
    """Raises typer.BadParameter unless there is either a question or a batch file with its target."""
    if source is None and target is not None:
        raise typer.BadParameter("--out 要和 --batch 一起用。")
    if source is not None and target is None:
        raise typer.BadParameter("成批作答时请用 --out 指明结果写到哪个文件。")
    if source is None and question is None:
        raise typer.BadParameter("请写上要问的话，或用 --batch 给出问题文件。")
    if source is not None and question is not None:
        raise typer.BadParameter("问题和 --batch 只能用一个。")
    if source and target and source.exists() and target.exists() and source.samefile(target):
        raise typer.BadParameter("--out 和 --batch 是同一个文件，问题会被盖掉。请换一个结果文件。")
