"""`jushi ask`: one answer, or many from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.batch import BatchItem, run_batch
from assistant.cli.console import progress_bar, say, well_formed, write_json, write_text
from assistant.cli.opening import UnknownScope, chosen_data_dir, held_ids, openers, resolve_scope
from assistant.cli.options import (
    AsJson,
    BatchIn,
    BatchOut,
    DataDir,
    DocxOut,
    MarkdownOut,
    ReviewCopy,
    Scope,
    check_batch_usage,
    split_scope,
)
from assistant.cli.readable import readable_answer
from assistant.export import to_docx, to_markdown
from assistant.export.questions import UnusableWorkbook, answer_workbook
from assistant.models import Answer, Mode
from assistant.ports import AssistantPort, Turn


def ask(  # noqa: PLR0913  a command's options are its parameters
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="要问的话。")] = None,
    data: DataDir = None,
    as_json: AsJson = False,
    mode: Annotated[
        Mode | None, typer.Option("--mode", metavar="extractive|llm", help="逐句摘自原文，或由模型组织语言。")
    ] = None,
    scope: Scope = None,
    batch: BatchIn = None,
    out: BatchOut = None,
    docx: DocxOut = None,
    review: ReviewCopy = False,
    markdown: MarkdownOut = None,
) -> None:
    """问一个问题，答案句句注明出处；也可用 --batch 成批作答。"""
    check_batch_usage(question, batch, out)
    if batch and (docx or markdown):
        raise typer.BadParameter("--docx 和 --markdown 只用于单个问题，不能和 --batch 同用。")
    if review and not docx:
        raise typer.BadParameter("--review 要和 --docx 一起用。")
    with openers(context).assistant(chosen_data_dir(data)) as assistant:
        if mode == "llm" and assistant.model_state().state == "none":
            say("还没有接入模型。请用 JUSHI_LLM 指明（如 ollama:qwen2.5:7b），或去掉 --mode llm。")
            raise typer.Exit(1)
        if batch and out and batch.suffix.lower() == ".xlsx":
            _ask_workbook(assistant, batch, out, mode)
        elif batch and out:
            _ask_batch(assistant, batch, out, mode)
        else:
            limits = split_scope(scope)
            answer = _ask_one(assistant, well_formed(question or ""), limits, mode, as_json=as_json)
            _save(answer, docx, markdown, review=review)


def _ask_one(
    assistant: AssistantPort, question: str, scope: list[str] | None, mode: Mode | None, *, as_json: bool
) -> Answer:
    try:
        answer = assistant.ask(question, (), resolve_scope(scope, held_ids(assistant.library)), mode)
    except UnknownScope as error:
        answer = Answer(question=question, status="rejected", text=str(error))
    if as_json:
        write_json(answer.model_dump(mode="json"))
    elif answer.status == "rejected":
        say(answer.text)
    else:
        write_text(readable_answer(answer))
    if answer.status == "rejected":
        raise typer.Exit(1)
    return answer


def _save(answer: Answer, docx: Path | None, markdown: Path | None, *, review: bool) -> None:
    turns = [(answer.question, answer)]
    if docx:
        docx.write_bytes(to_docx(turns, review=review))
    if markdown:
        markdown.write_text(to_markdown(turns), encoding="utf-8")


def _ask_workbook(assistant: AssistantPort, source: Path, target: Path, mode: Mode | None) -> None:
    try:
        with progress_bar("作答") as advance:
            done = answer_workbook(
                source.read_bytes(), lambda asked: assistant.ask(well_formed(asked), (), None, mode), advance
            )
    except UnusableWorkbook as error:
        say(f"{source}：{error}")
        raise typer.Exit(1) from None
    target.write_bytes(done)
    say(f"完成，结果已写入 {target}。")


def _ask_batch(assistant: AssistantPort, source: Path, target: Path, mode: Mode | None) -> None:
    def answer(item: BatchItem) -> Iterator[dict[str, Any]]:
        history: list[Turn] = []
        for name, question in zip(item.ids(), item.questions, strict=True):
            given = assistant.ask(question, tuple(history), item.scope, mode)
            history.append((question, given))
            yield {"id": name, **given.model_dump(mode="json")}

    run_batch(source, target, held_ids(assistant.library), answer)
    say(f"完成，结果已写入 {target}。")
