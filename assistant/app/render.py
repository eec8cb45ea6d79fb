"""Answers as HTML: pure functions, every foreign character escaped, nothing read as Markdown or LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.app.escaping import escape
from assistant.app.excerpts import Span, Surroundings
from assistant.app.sources import chinese_date, passage_item, source_link
from assistant.models import Answer, Citation, Conflict, Notice, Statement

BADGES = {
    "grounded": ("有据", "答案的每一句都有出处"),
    "partial": ("部分有据", "问到的内容只找到一部分"),
    "abstained": ("未找到", "文章里没有说"),
    "rejected": ("未作答", "这个问题没有作答"),
}
_MARKER = re.compile(r"\[(\d{1,3})\]")
_SHOWN_SOURCES = 3


def question_html(question: str) -> str:
    """Returns what the person asked."""
    return f'<div class="question"><p>{escape(question)}</p></div>'


def waiting_html(question: str, statements: Sequence[Statement], citations: Sequence[Citation]) -> str:
    """Returns the exchange while it is answered: the checked statements so far."""
    lines = [statement.text + "".join(f"[{n}]" for n in statement.citations) for statement in statements]
    text = text_html("\n\n".join(lines), citations)
    return _exchange(question, f'<div class="text">{text}</div><p class="waiting">正在查找和核对…</p>')


def stopped_html(question: str) -> str:
    """Returns the exchange of a question whose answer was stopped."""
    return _exchange(question, '<p class="aside">已停止，没有作答。</p>')


def failed_html(question: str, reason: str) -> str:
    """Returns the exchange of a question that could not be answered for an outside reason."""
    return _exchange(question, f'<p class="failure" role="alert">{escape(reason)}</p>')


def exchange_html(question: str, answer: Answer, around: Mapping[Span, Surroundings]) -> str:
    """Returns a question with its whole answer, sources below it."""
    parts = (
        _badge(answer),
        _short_answer(answer),
        f'<div class="text">{text_html(answer.text, answer.citations)}</div>',
        *(_conflict(conflict, answer.citations) for conflict in answer.conflicts),
        _notices(answer.notices),
        _understood(answer),
        _sources(answer, around),
        _nearest(answer, around),
        _foot(answer),
    )
    return _exchange(question, "".join(parts), answer.status)


def _exchange(question: str, inner: str, status: str = "waiting") -> str:
    return (
        f'<article class="exchange">{question_html(question)}'
        f'<div class="answer {status}">{inner}</div></article>'
    )


def text_html(text: str, citations: Iterable[Citation]) -> str:
    """Returns an answer's text as paragraphs and lists, `[n]` of known sources as links to them."""
    by_number = {citation.n: citation for citation in citations}
    blocks: list[str] = []
    items: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        bullet = line.startswith(("- ", "* "))
        if bullet:
            items.append(f"<li>{_marked(line[2:], by_number)}</li>")
            continue
        blocks += [f"<ul>{''.join(items)}</ul>"] if items else []
        items = []
        blocks.append(f"<p>{_marked(line, by_number)}</p>")
    blocks += [f"<ul>{''.join(items)}</ul>"] if items else []
    return "".join(blocks)


def _marked(line: str, by_number: Mapping[int, Citation]) -> str:
    pieces = _MARKER.split(line)
    shown = []
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            shown.append(escape(piece))
        elif int(piece) in by_number:
            shown.append(marker(by_number[int(piece)]))
        else:
            shown.append(f"[{piece}]")
    return "".join(shown)


def marker(citation: Citation) -> str:
    """Returns a citation's number as a link that opens its article at the quoted place."""
    return source_link(citation, f"〔{citation.n}〕", "marker")


def _badge(answer: Answer) -> str:
    if answer.status not in BADGES:
        return ""
    label, meaning = BADGES[answer.status]
    return f'<p class="badge {answer.status}" title="{meaning}">{label}</p>'


def _short_answer(answer: Answer) -> str:
    if not answer.short_answer:
        return ""
    when = as_of(answer)
    beside = f'<span class="as-of">{escape(when)}</span>' if when else ""
    return f'<p class="short"><strong>{escape(answer.short_answer)}</strong>{beside}</p>'


def as_of(answer: Answer) -> str:
    """Returns the time the bare answer's figure holds for, else when its source was published; "" if open."""
    used = [figure for figure in answer.figures if figure.text and figure.text in answer.short_answer]
    times = {figure.as_of for figure in used}
    if len(times) == 1 and (only := times.pop()):
        return f"数据时间：{chinese_date(only)}"
    published = {citation.published for citation in answer.citations}
    if len(published) == 1 and (only := published.pop()):
        return f"报道时间：{chinese_date(only)}"
    return ""


def _conflict(conflict: Conflict, citations: Iterable[Citation]) -> str:
    by_number = {citation.n: citation for citation in citations}
    rows = []
    for version in conflict.versions:
        cited = by_number.get(version.citation)
        link = marker(cited) if cited else ""
        where = f"{escape(cited.title or cited.article_id)} {chinese_date(cited.published)}" if cited else ""
        when = chinese_date(version.as_of) or "未注明"
        rows.append(f"<tr><td>{escape(version.text)}</td><td>{escape(when)}</td><td>{where}{link}</td></tr>")
    return (
        f'<div class="conflict"><p>说法不一：{escape(conflict.about)}</p><table><thead><tr>'
        f"<th>说法</th><th>数据时间</th><th>出处</th></tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _notices(notices: Iterable[Notice]) -> str:
    items = "".join(f"<li>{escape(notice.text)}</li>" for notice in notices)
    return f'<ul class="notices" aria-label="提示">{items}</ul>' if items else ""


def _understood(answer: Answer) -> str:
    if not answer.standalone_question or answer.status in {"smalltalk", "rejected"}:
        return ""
    changed = _bare(answer.standalone_question) != _bare(answer.question)
    return (
        f'<details class="understood"{" open" if changed else ""}><summary>理解为…</summary>'
        f"<p>{escape(answer.understood or answer.standalone_question)}</p></details>"
    )


def _bare(question: str) -> str:
    return re.sub(r"\W", "", question)


def _sources(answer: Answer, around: Mapping[Span, Surroundings]) -> str:
    items = [passage_item(citation, around, number=citation.n) for citation in answer.citations]
    if not items:
        return ""
    more = "".join(items[_SHOWN_SOURCES:])
    folded = (
        f"<details><summary>其余 {len(items) - _SHOWN_SOURCES} 条出处</summary><ol>{more}</ol></details>"
        if more
        else ""
    )
    shown = "".join(items[:_SHOWN_SOURCES])
    return f'<section class="sources"><h3>出处</h3><ol>{shown}</ol>{folded}</section>'


def _nearest(answer: Answer, around: Mapping[Span, Surroundings]) -> str:
    items = "".join(passage_item(passage, around) for passage in answer.nearest)
    if not items:
        return ""
    heading = "最接近的原文（未能回答问题，仅供参考）"
    return f'<section class="sources nearest"><h3>{heading}</h3><ol>{items}</ol></section>'


def _foot(answer: Answer) -> str:
    if answer.status in {"smalltalk", "rejected"}:
        return ""
    how = f"由模型 {answer.model} 组织语言" if answer.mode == "llm" and answer.model else "逐句摘自原文"
    seconds = f"{max(answer.elapsed_ms, 10) / 1000:.2f} 秒"
    return (
        f'<p class="foot"><span>{escape(how)} · 用时 {seconds}</span>'
        '<button type="button" class="copy">复制答案</button></p>'
    )
