"""The tab 管理 as HTML: candidate cases and the state of the library."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.app.escaping import escape
from assistant.feedback.candidates import Candidate
from retrieval import CheckReport

ONLY_ADMINS = '<p class="aside">这一页只给管理员看。</p>'


def candidates_html(candidates: Sequence[Candidate]) -> str:
    """Returns the answers that readers found wrong."""
    if not candidates:
        return (
            "<section><h2>候选题</h2>"
            '<p class="aside">还没有读者点“踩”。有了以后会列在这里，核实后可以加进评测题。</p></section>'
        )
    items = "".join(_candidate(one) for one in candidates)
    return (
        f'<section><h2>候选题 <a class="door" href="feedback/candidates.yaml" download>下载全部</a></h2>'
        f'<ul class="candidates">{items}</ul></section>'
    )


def _candidate(one: Candidate) -> str:
    key = escape(one.candidate_id)
    why = "：".join(part for part in (one.reason, one.comment) if part)
    return (
        f'<li><div><b class="verbatim">{escape(one.questions[-1])}</b>'
        f'<span class="where verbatim">当时答：{escape(one.answered[:120])}</span>'
        f'<span class="why">{escape(why)}</span></div>'
        f'<button type="button" class="plain" data-do="drop-candidate" data-candidate="{key}">已处理，删去'
        "</button></li>"
    )


def library_state_html(report: CheckReport | None) -> str:
    """Returns how the stores stand, as far as it was looked at, with what can be done."""
    said = ""
    if report is not None:
        state = "各处一致。" if report.ok else "发现问题："
        problems = "".join(f"<li>{escape(text)}</li>" for text in report.problems)
        counted = f"{report.articles} 篇文章，{report.chunks} 个段落"
        said = f'<p role="status">{counted}；{state}</p><ul>{problems}</ul>'
    mend = (
        '<button type="button" class="door" data-do="repair-library">修复</button>'
        if report is not None and not report.ok
        else ""
    )
    return (
        f"<section><h2>资料库状态</h2>{said}"
        '<button type="button" class="door" data-do="check-library">核对各索引是否一致</button>'
        f"{mend}</section>"
    )
