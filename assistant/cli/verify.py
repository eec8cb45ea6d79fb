"""`jushi verify`: a person's own draft checked against the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import say, well_formed, write_json, write_text
from assistant.cli.opening import chosen_data_dir, openers
from assistant.cli.options import AsJson, DataDir
from assistant.verifying.records import DraftItem, DraftReport
from retrieval import ArticleUnreadable
from retrieval.articles import RejectedArticle, read_articles
from retrieval.decoding import decode

MOST_CHARACTERS = 200_000
_RESULTS = {"supported": "有据", "different": "不一致", "not_found": "库中未见"}
_KINDS = {"figure": "数字", "date": "时间", "name": "名称", "document": "文件"}


def verify(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="稿件（.txt、.md、.docx 等）；- 表示从标准输入粘贴。")
    ],
    data: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """核对材料：把自己的稿件与资料库对照，逐项标出有据、不一致或库中未见。稿件不会入库。"""
    text, refusal = _draft(file)
    if refusal:
        say(refusal)
        raise typer.Exit(1)
    with openers(context).assistant(chosen_data_dir(data)) as assistant:
        report = assistant.verify(text)
    if as_json:
        write_json(report.model_dump(mode="json"))
    else:
        write_text(readable_report(report))
    if not report.agrees:
        raise typer.Exit(1)


def _draft(file: str) -> tuple[str, str]:
    """Returns the draft's text, and in Chinese why there is none to check ("" if there is)."""
    if file == "-":
        raw = sys.stdin.buffer.read()
        try:
            text = decode(raw) if raw.strip() else ""
        except ArticleUnreadable as error:
            return "", f"读不了标准输入：{error}"
    else:
        path = Path(file)
        if not path.is_file():
            return "", f"没有这个文件：{file}。请检查路径，或用 - 从标准输入粘贴。"
        parts = list(read_articles(path, allow_internal=True))
        rejected = next((p for p in parts if isinstance(p, RejectedArticle)), None)
        if rejected is not None:
            return "", f"读不了 {path.name}：{rejected.reason}"
        text = "\n".join(p.text for p in parts if not isinstance(p, RejectedArticle))
    if not text.strip():
        return "", "稿件是空的。请给出要核对的文字。"
    if len(text) > MOST_CHARACTERS:
        return "", f"稿件超过 {MOST_CHARACTERS} 字。请分成几份再核对。"
    return well_formed(text), ""


def readable_report(report: DraftReport) -> str:
    """Returns the report as lines for people: what is different and missing first."""
    if not report.items:
        return "稿件里没有要核对的数字、时间、名称或文件。"
    counts = f"共 {len(report.items)} 项：有据 {report.supported}，不一致 {report.different}，库中未见 {report.not_found}。"
    order = {"different": 0, "not_found": 1, "supported": 2}
    lines = [_line(item) for item in sorted(report.items, key=lambda i: (order[i.result], i.start))]
    return "\n".join([counts, *lines])


def _line(item: DraftItem) -> str:
    head = f"〔{_RESULTS[item.result]}〕{_KINDS[item.kind]} {item.text}"
    parts = [head, f"    稿件：{item.sentence}"]
    if item.difference:
        parts.append(f"    {item.difference}")
    if item.passage:
        source = "，".join(filter(None, (item.passage.title, item.passage.publisher, item.passage.published)))
        parts.append(
            f"    出处：{source}" if item.difference else f"    出处：{source}：{item.passage.quote}"
        )
    return "\n".join(parts)
