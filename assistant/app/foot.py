"""What can be done with an answer: copy it three ways, export it, judge it, ask again."""

from __future__ import annotations

from assistant.app.escaping import escape
from assistant.app.export_html import export_menu
from assistant.citing.copies import report_sentences, with_sources
from assistant.citing.references import references
from assistant.conversations.records import Rating
from assistant.models import Answer

AGAIN = '<button type="button" class="plain" data-do="again">重问</button>'


def foot_html(answer: Answer, rating: Rating | None) -> str:
    """Returns the last line of an answer: its buttons and how long it took."""
    if answer.status == "smalltalk":
        return ""
    if answer.status == "rejected":
        return f'<div class="foot">{AGAIN}</div>'
    seconds = f"{max(answer.elapsed_ms, 10) / 1000:.2f} 秒"
    copy = _copy_menu(answer) if answer.statements else ""
    took = f'<span class="took">用时 {seconds}</span>'
    return f'<div class="foot">{copy}{export_menu(answer)}{AGAIN}{_rating(rating)}{took}</div>'


def _copy_menu(answer: Answer) -> str:
    ways = (
        ("正文句", "report", report_sentences(answer)),
        ("带出处", "sources", with_sources(answer)),
        ("参考文献", "reference", references(answer.citations)),
    )
    buttons = "".join(
        f'<button type="button" class="plain" data-do="copy" data-way="{way}">{label}</button>'
        f'<pre class="copy-{way} verbatim" hidden>{escape(text)}</pre>'
        for label, way, text in ways
    )
    return f'<span class="copies" role="group" aria-label="复制答案"><span>复制</span>{buttons}</span>'


def _rating(rating: Rating | None) -> str:
    verdict = rating.verdict if rating else ""
    buttons = "".join(
        f'<button type="button" class="plain rate" data-do="{way}" title="{meaning}" '
        f'aria-pressed="{"true" if verdict == way else "false"}">{label}</button>'
        for way, label, meaning in (("up", "赞", "这条回答有用"), ("down", "踩", "这条回答有问题"))
    )
    said = ""
    if rating and rating.verdict == "down":
        why = "：".join(part for part in (rating.reason, rating.comment) if part)
        said = f'<span class="why">已记下{"：" + escape(why) if why else ""}</span>'
    return f"{buttons}{said}"
