"""The menu that gives an answer, or the whole conversation, as a file."""

from __future__ import annotations

from assistant.export.sheets import has_sheets
from assistant.models import Answer

# A kind of `export_routes.KINDS`, what it is called, what it is for.
WAYS = (
    ("final", "Word 成稿", "正文无注释，出处另列清单"),
    ("review", "Word 核稿版", "每处引用都有脚注和原句"),
    ("markdown", "Markdown", "纯文本，带出处和原句"),
    ("sheets", "Excel 表格", "数字和表格，每行带出处和原句"),
)


def export_menu(answer: Answer) -> str:
    """Returns the menu below an answer; figures and tables are one click away where there are any."""
    tables = has_sheets(answer)
    ways = [way for way in WAYS if way[0] != "sheets" or tables]
    one, all_ = _group("这条回答", ways, "answer"), _group("整个对话", WAYS, "talk")
    sheet = (
        '<button type="button" class="plain" data-do="export" data-kind="sheets" data-part="answer" '
        'title="把数字和表格存为 Excel，每行带出处和原句">存为表格</button>'
        if tables
        else ""
    )
    return (
        '<details class="pick export"><summary>导出</summary>'
        f'<div class="choices">{one}{all_}</div></details>{sheet}'
    )


def _group(label: str, ways: list[tuple[str, str, str]] | tuple[tuple[str, str, str], ...], part: str) -> str:
    buttons = "".join(
        f'<button type="button" data-do="export" data-kind="{kind}" data-part="{part}">'
        f"<b>{name}</b> <small>{purpose}</small></button>"
        for kind, name, purpose in ways
    )
    return f'<div role="group" aria-label="{label}"><h5>{label}</h5>{buttons}</div>'
