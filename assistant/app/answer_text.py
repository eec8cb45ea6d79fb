"""An answer's text as HTML: paragraphs, lists, headings and tables, `[n]` as links; nothing else is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from assistant.app.escaping import escape
from assistant.app.sources import source_link
from assistant.models import Citation

_MARKER = re.compile(r"\[(\d{1,3})\]")
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_HEADING = re.compile(r"#{1,6}\s+(\S.*)")
_STRONG = re.compile(r"\*\*([^*]+)\*\*")
Known = Mapping[int, Citation]


def text_html(text: str, citations: Iterable[Citation]) -> str:
    """Returns an answer's text as HTML, `[n]` of known sources as links to them."""
    known = {citation.n: citation for citation in citations}
    lines = filter(None, (line.strip() for line in text.splitlines()))
    return "".join(block for kind, group in groupby(lines, _kind) for block in _blocks(kind, group, known))


def _kind(line: str) -> str:
    if line.startswith(("- ", "* ")):
        return "item"
    if line.startswith("|") and line.endswith("|") and len(line) > 2:
        return "row"
    return "heading" if _HEADING.fullmatch(line) else "line"


def _blocks(kind: str, lines: Iterable[str], known: Known) -> Iterator[str]:
    if kind == "item":
        yield f"<ul>{''.join(f'<li>{_marked(line[2:], known)}</li>' for line in lines)}</ul>"
    elif kind == "row":
        yield _table(list(lines), known)
    elif kind == "heading":
        for line in lines:
            yield f"<h4>{_marked(line.lstrip('# '), known)}</h4>"
    else:
        for line in lines:
            yield f"<p>{_marked(line, known)}</p>"


def _table(rows: list[str], known: Known) -> str:
    ruled = len(rows) > 1 and _RULE.fullmatch(rows[1]) is not None
    head = _row(rows[0], "th", known) if ruled else ""
    body = "".join(_row(row, "td", known) for row in (rows[2:] if ruled else rows))
    return f'<div class="table"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def _row(row: str, tag: str, known: Known) -> str:
    cells = re.split(r"(?<!\\)\|", row[1:-1])
    shown = (_marked(cell.strip().replace("\\|", "|"), known) for cell in cells)
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in shown)}</tr>"


def _marked(line: str, known: Known) -> str:
    shown = []
    for place, piece in enumerate(_MARKER.split(line)):
        if place % 2 == 0:
            shown.append(_STRONG.sub(r"<b>\1</b>", escape(piece)))
        elif int(piece) in known:
            shown.append(marker(known[int(piece)]))
        else:
            shown.append(f"[{piece}]")
    return "".join(shown)


def marker(citation: Citation) -> str:
    """Returns a citation's number as a link that opens its article at the quoted place."""
    return source_link(citation, f"〔{citation.n}〕", "marker")
