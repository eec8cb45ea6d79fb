"""The tab 核对材料 as HTML: the place for the draft, the draft with its marks, what was found."""

from __future__ import annotations

from assistant.app.escaping import escape
from assistant.app.sources import known_of, source_link
from assistant.drafts.annotating import summary
from assistant.drafts.report import KINDS, RESULTS, pieces
from assistant.verifying.records import DraftItem, DraftReport

MOST_CHARACTERS = 50_000
MARKS = {"supported": "✓", "different": "≠", "not_found": "?"}


def draft_html() -> str:
    """Returns the place where a draft is pasted or dropped."""
    return (
        '<div class="draft-in"><p class="aside">粘贴一段材料，或把 Word、PDF、文本文件拖进来。'
        "每个数字、日期、人名和文件名都会与资料库核对；材料不会存下来。</p>"
        '<textarea class="draft-text" rows="9" aria-label="要核对的材料" '
        'placeholder="在这里粘贴材料"></textarea>'
        '<div class="draft-buttons"><button type="button" class="door primary" data-do="verify">核对</button>'
        '<label class="attach" tabindex="0"><input type="file" class="draft-file" '
        'aria-label="选择材料文件">选择文件</label><span class="attaching" role="status"></span></div></div>'
    )


def report_html(text: str, report: DraftReport) -> str:
    """Returns a checked draft: its text with marks, then each item with its source and the difference."""
    if not report.items:
        return '<p class="aside" role="status">这段材料里没有可以核对的数字、日期、人名或文件名。</p>'
    shown = "".join(_piece(piece, number, report) for piece, number in pieces(text, report.items))
    items = "".join(_item(number, item) for number, item in enumerate(report.items, start=1))
    keys = "".join(f'<span class="checked {name}">{MARKS[name]} {RESULTS[name]}</span>' for name in RESULTS)
    return (
        f'<div class="report-head"><p role="status">{summary(report)}</p><span class="keys">{keys}</span>'
        '<button type="button" class="door" data-do="annotate">导出批注 Word</button></div>'
        f'<div class="report"><div class="drafted verbatim">{shown}</div>'
        f'<ol class="findings" data-walk="draft">{items}</ol></div>'
    )


def _piece(piece: str, number: int, report: DraftReport) -> str:
    inner = "<br>".join(escape(line) for line in piece.split("\n"))
    if not number:
        return inner
    item = report.items[number - 1]
    label = RESULTS[item.result]
    return (
        f'<a class="checked {item.result}" href="#finding-{number}" data-finding="{number}" '
        f'title="{label}">{inner}<sup>{MARKS[item.result]}</sup></a>'
    )


def _item(number: int, item: DraftItem) -> str:
    source = ""
    if item.passage is not None:
        title = escape(f"《{item.passage.title or item.passage.article_id}》")
        quote = escape(" ".join(item.passage.quote.split()))
        source = (
            f"{source_link(item.passage, title, 'name verbatim')}"
            f'<span class="where">{escape(known_of(item.passage))}</span>'
            f'<blockquote class="verbatim">{quote}</blockquote>'
        )
    difference = f'<p class="difference verbatim">{escape(item.difference)}</p>' if item.difference else ""
    return (
        f'<li id="finding-{number}" class="{item.result}"><span class="checked {item.result}">'
        f"{MARKS[item.result]} {RESULTS[item.result]}</span>"
        f'<b class="verbatim">{escape(item.text)}</b><span class="kind">{KINDS[item.kind]}</span>'
        f"{difference}{source}</li>"
    )
