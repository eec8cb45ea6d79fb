"""Answers as HTML: pure functions, every foreign character escaped, nothing read as Markdown or LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.app.answer_text import marker, text_html
from assistant.app.escaping import escape
from assistant.app.excerpts import Span, Surroundings, collect_surroundings
from assistant.app.foot import AGAIN as _AGAIN
from assistant.app.foot import foot_html
from assistant.app.sources import DIGEST_BADGE, known_of, passage_item, source_link
from assistant.chinese_dates import chinese_date
from assistant.conversations.records import Conversation, Exchange, Pending, Rating
from assistant.models import Answer, Citation, Conflict, Notice, Statement
from assistant.ports import LibraryPort

BADGES = {
    "grounded": ("有据", "答案的每一句都有出处"),
    "partial": ("部分有据", "问到的内容只找到一部分"),
    "abstained": ("未找到", "文章里没有说"),
    "rejected": ("未作答", "这个问题没有作答"),
}
_SHOWN_SOURCES = 3
_LONG = 24


def past_html(conversation: Conversation, library: LibraryPort) -> str:
    """Returns all exchanges but the latest."""
    shown = conversation.exchanges if conversation.pending else conversation.exchanges[:-1]
    key = conversation.conversation_id
    return "".join(
        exchange_html(one, at, around_of(one, library), key, compact=True) for at, one in enumerate(shown)
    )


def latest_html(conversation: Conversation, library: LibraryPort) -> str:
    """Returns the exchange under way, else the latest; "" in a conversation not begun."""
    if conversation.pending:
        return waiting_html(conversation.pending)
    if not conversation.exchanges:
        return ""
    at, one = len(conversation.exchanges) - 1, conversation.exchanges[-1]
    return exchange_html(one, at, around_of(one, library), conversation.conversation_id)


def around_of(exchange: Exchange, library: LibraryPort) -> Mapping[Span, Surroundings]:
    """Returns what stands around the passages of an exchange."""
    answer = exchange.answer
    return collect_surroundings((*answer.citations, *answer.nearest), library) if answer else {}


def waiting_html(pending: Pending) -> str:
    """Returns the exchange while it is answered: the checked statements so far."""
    text = _statements_html(pending.statements, pending.citations)
    waiting = '<p class="waiting" role="status">正在查找和核对…</p>'
    question = _question_html(pending.question, pending.scope)
    return (
        f'<article class="exchange" aria-busy="true">{question}{_answer("waiting", text + waiting)}</article>'
    )


def exchange_html(
    exchange: Exchange,
    at: int,
    around: Mapping[Span, Surroundings],
    key: str = "",
    *,
    compact: bool = False,
) -> str:
    """Returns a question with what came of it; `at` is its place in the conversation, `key` the id of that.

    `compact` folds the sources of an earlier answer.
    """
    question = _question_html(exchange.question, exchange.scope, editable=True)
    return (
        f'<article class="exchange" data-at="{at}" data-talk="{escape(key)}">{question}'
        f"{_outcome(exchange, around, compact=compact)}</article>"
    )


def _outcome(exchange: Exchange, around: Mapping[Span, Surroundings], *, compact: bool) -> str:
    if exchange.answer is not None:
        return answer_html(exchange.answer, around, exchange.rating, compact=compact)
    if exchange.outcome == "failed":
        said = f'<p class="failure" role="alert">{escape(exchange.reason)}</p>'
    else:
        shown = _statements_html(exchange.statements, exchange.citations)
        said = (
            shown
            + f'<p class="aside">{"已停止，上面是停止前核对过的。" if shown else "已停止，没有作答。"}</p>'
        )
    return _answer(exchange.outcome, said + f'<div class="foot">{_AGAIN}</div>')


def answer_html(
    answer: Answer,
    around: Mapping[Span, Surroundings],
    rating: Rating | None = None,
    *,
    compact: bool = False,
) -> str:
    """Returns an answer: the bare answer first, then its statements, sources and what can be done with it."""
    parts = (
        _short_answer(answer),
        f'<div class="text verbatim">{text_html(answer.text, answer.citations)}</div>',
        *(_conflict(conflict, answer.citations) for conflict in answer.conflicts),
        _notices(answer.notices),
        _understood(answer),
        _sources(answer, around, compact=compact),
        _nearest(answer, around),
        foot_html(answer, rating),
        _cards(answer.citations),
    )
    return _answer(answer.status, _badges(answer) + "".join(parts))


def _answer(status: str, inner: str) -> str:
    return f'<div class="answer {status}">{inner}</div>'


def _question_html(question: str, scope: str, *, editable: bool = False) -> str:
    within = f'<span class="within">只问 {escape(scope)}</span>' if scope else ""
    edit = (
        '<button type="button" class="plain edit" data-do="edit" aria-label="修改问题后重问">修改</button>'
        if editable
        else ""
    )
    return f'<div class="question">{edit}<p class="verbatim">{escape(question)}</p>{within}</div>'


def _statements_html(statements: Sequence[Statement], citations: Sequence[Citation]) -> str:
    lines = [statement.text + "".join(f"[{n}]" for n in statement.citations) for statement in statements]
    text = text_html("\n\n".join(lines), citations)
    return f'<div class="text verbatim">{text}</div>' if text else ""


def _badges(answer: Answer) -> str:
    if answer.status not in BADGES:
        return ""
    label, meaning = BADGES[answer.status]
    found = [f'<span class="badge {answer.status}" title="{meaning}">{label}</span>']
    if answer.status != "rejected":
        found.append(_mode_badge(answer))
    if any(citation.digest for citation in answer.citations):
        found.append(DIGEST_BADGE)
    if any(notice.kind == "incomplete_source" for notice in answer.notices):
        found.append('<span class="badge partial" title="所据文章可能没有收全">可能不完整</span>')
    return f'<p class="badges">{"".join(found)}</p>'


def _mode_badge(answer: Answer) -> str:
    if answer.mode == "llm":
        named = escape(f"由模型 {answer.model or ''} 组织语言，每句都经核对")
        return f'<span class="badge" title="{named}">模型</span>'
    return '<span class="badge" title="逐句摘自原文">摘录</span>'


def _short_answer(answer: Answer) -> str:
    if not answer.short_answer:
        return ""
    first = answer.citations[0] if answer.citations else None
    source = source_link(first, escape(f"《{first.title or first.article_id}》"), "name") if first else ""
    when = as_of(answer)
    more = len({citation.article_id for citation in answer.citations})
    source += f" 等{more}篇" if more > 1 else ""
    beside = " · ".join(part for part in (escape(when), source) if part)
    size = " long" if len(answer.short_answer) > _LONG else ""
    return (
        f'<div class="short{size}"><strong class="verbatim">{escape(answer.short_answer)}</strong>'
        f'<span class="as-of">{beside}</span></div>'
    )


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
        f'<p class="verbatim">{escape(answer.understood or answer.standalone_question)}</p></details>'
    )


def _bare(question: str) -> str:
    return re.sub(r"\W", "", question)


def _sources(answer: Answer, around: Mapping[Span, Surroundings], *, compact: bool) -> str:
    items = [passage_item(citation, around, number=citation.n) for citation in answer.citations]
    if not items:
        return ""
    shown = 0 if compact else _SHOWN_SOURCES
    label = f"其余 {len(items) - shown} 条出处" if shown else f"{len(items)} 条出处"
    more = "".join(items[shown:])
    folded = f"<details><summary>{label}</summary><ol>{more}</ol></details>" if more else ""
    open_ones = f"<h3>出处</h3><ol>{''.join(items[:shown])}</ol>" if shown else ""
    return f'<section class="sources">{open_ones}{folded}</section>'


def _nearest(answer: Answer, around: Mapping[Span, Surroundings]) -> str:
    items = "".join(passage_item(passage, around) for passage in answer.nearest)
    if not items:
        return ""
    heading = "最接近的原文（未能回答问题，仅供参考）"
    return f'<section class="sources nearest"><h3>{heading}</h3><ol>{items}</ol></section>'


def _cards(citations: Sequence[Citation]) -> str:
    """Returns what a marker shows when the pointer rests on it; the page takes it from here."""
    cards = "".join(
        f'<div data-n="{citation.n}"><b>〔{citation.n}〕{escape(citation.title or citation.article_id)}</b>'
        f"<span>{escape(known_of(citation))}</span><q>{escape(' '.join(citation.quote.split()))}</q></div>"
        for citation in citations
    )
    return f'<div class="cards verbatim" hidden>{cards}</div>' if cards else ""
