"""`jushi search`: the retrieval alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.batch import BadLine, BatchItem, run_batch
from assistant.cli.console import say, well_formed, write_json, write_text
from assistant.cli.opening import UnknownScope, chosen_data_dir, held_ids, openers, resolve_scope
from assistant.cli.options import AsJson, BatchIn, BatchOut, DataDir, Scope, check_batch_usage, split_scope
from assistant.cli.readable import readable_hits
from assistant.ports import LibraryPort
from retrieval import Query

MOST_CHARACTERS = 2000


def search(  # noqa: PLR0913 - a parameter an option
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="要查的话。")] = None,
    data: DataDir = None,
    top_k: Annotated[int, typer.Option("--k", metavar="N", min=1, max=1000, help="最多几条；默认 10。")] = 10,
    scope: Scope = None,
    per_article: Annotated[bool, typer.Option("--per-article", help="每篇文章最多一条。")] = False,
    as_json: AsJson = False,
    batch: BatchIn = None,
    out: BatchOut = None,
) -> None:
    """只检索，不作答：列出最相关的段落。"""
    check_batch_usage(question, batch, out)
    with openers(context).library(chosen_data_dir(data)) as library:
        if batch and out:
            _search_batch(library, batch, out, top_k=top_k, per_article=per_article)
            return
        text = well_formed(question or "")
        refusal = unusable(text)
        try:
            ids = resolve_scope(split_scope(scope), held_ids(library))
        except UnknownScope as error:
            refusal = refusal or str(error)
        if refusal:
            say(refusal)
            raise typer.Exit(1)
        _write(library, Query(text=text, scope=ids, top_k=top_k, per_article=per_article), as_json=as_json)


def unusable(question: str) -> str:
    """Returns why a question cannot be searched for, in Chinese; "" if it can."""
    if not question.strip():
        return "问题是空的。请写上要查的话。"
    if len(question) > MOST_CHARACTERS:
        return f"问题超过 {MOST_CHARACTERS} 字。请缩短后再查。"
    return ""


def _write(library: LibraryPort, query: Query, *, as_json: bool) -> None:
    hits = library.search(query)
    if as_json:
        write_json([hit.model_dump(mode="json") for hit in hits])
    elif hits:
        write_text(readable_hits(hits, {meta.article_id: meta.title for meta in library.articles()}))
    else:
        say("没有找到相关段落。")


def _search_batch(library: LibraryPort, source: Path, target: Path, *, top_k: int, per_article: bool) -> None:
    query = partial(Query, top_k=top_k, per_article=per_article)

    def answer(item: BatchItem) -> Iterator[dict[str, Any]]:
        for name, question in zip(item.ids(), item.questions, strict=True):
            if refusal := unusable(question):
                yield BadLine(name, refusal).rejected()
                continue
            hits = library.search(query(text=question, scope=item.scope))
            yield {"id": name, "hits": [hit.model_dump(mode="json") for hit in hits]}

    run_batch(source, target, held_ids(library), answer)
    say(f"完成，结果已写入 {target}。")
