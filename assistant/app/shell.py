"""What stands around the answers, as HTML: heading, first screen, status line, lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import scoping
from assistant.app.escaping import escape
from assistant.app.sources import article_address
from assistant.attachments.store import Attachment
from assistant.chinese_dates import chinese_date
from assistant.conversations.records import Summary
from assistant.llm.ports import ModelState
from assistant.models import Mode
from assistant.scoping import NOTHING_CHOSEN, Scope, describe
from retrieval import ArticleMeta

MOST_OFFERED = 500
_GUIDE = (
    "直接问一个数、一个名字、一个日期，例如“某地有多少志愿者”。",
    "答案里的〔1〕是出处：停一下看原句，点开看全文。",
    "资料库里没有的，会直说没有找到，并给出最接近的原文。",
)


def masthead_html(account: str = "") -> str:
    """Returns the heading with the settings button; `account` is HTML about who is logged in."""
    return (
        '<header class="masthead"><h1>据实</h1><p>句句有据，数数可查</p>'
        f'<span class="account">{account}</span>'
        '<button type="button" class="plain" data-do="settings" aria-haspopup="dialog">设置</button></header>'
    )


def account_html(shown: str, role: str) -> str:
    """Returns who is logged in, with the way out; "" where there are no accounts."""
    if not shown:
        return ""
    return (
        f'<span class="who"><span class="verbatim" title="{escape(shown)}">{escape(shown)}</span>'
        f"<span class='role'>{role}</span></span>"
        '<button type="button" class="plain" data-do="sign-out">退出</button>'
    )


def welcome_html() -> str:
    """Returns the invitation above the question box."""
    return '<div class="welcome"><h2>想核实什么？</h2></div>'


def guide_html() -> str:
    """Returns the guide of three lines for the first visit; the page hides it once it was closed."""
    lines = "".join(f"<li>{line}</li>" for line in _GUIDE)
    close = '<button type="button" class="plain" data-do="close-guide">知道了</button>'
    return f'<aside class="guide" aria-label="使用说明"><ol>{lines}</ol>{close}</aside>'


def examples_html(questions: Sequence[str]) -> str:
    """Returns example questions to click."""
    return question_buttons("试着问", questions)


def follow_ups_html(questions: Sequence[str]) -> str:
    """Returns questions to go on with, "" if there are none."""
    return question_buttons("接着问", questions)


def question_buttons(label: str, questions: Sequence[str]) -> str:
    """Returns questions as buttons that ask them, "" if there are none."""
    if not questions:
        return ""
    buttons = "".join(
        f'<button type="button" class="ask-this" data-question="{escape(one)}">{escape(one)}</button>'
        for one in questions
    )
    return f'<div class="asks" role="group" aria-label="{label}"><span>{label}</span>{buttons}</div>'


def status_line(metas: Sequence[ArticleMeta], model: ModelState, mode: Mode | None = None) -> str:
    """Returns how the app stands, in one line of text; `mode` is the chosen one, None for the model if set.

    >>> status_line([], ModelState())
    '资料库是空的 · 摘录模式 · 不联网'
    """
    newest = max((meta.published for meta in metas), default="")
    parts = [f"{len(metas)}篇" if metas else "资料库是空的"]
    parts += [f"最新{newest}"] if newest else []
    writes = model.model is not None and mode != "extractive"
    parts += [f"模型模式（{model.model}）", "只连您设定的模型"] if writes else ["摘录模式", "不联网"]
    return " · ".join(parts)


def status_html(metas: Sequence[ArticleMeta], model: ModelState, mode: Mode | None = None) -> str:
    """Returns the status line, with a choice between model and extracts where a model is set."""
    change = ""
    if model.model is not None:
        label = "改用模型" if mode == "extractive" else "改用摘录"
        change = (
            f' <button type="button" class="plain" data-do="mode" data-mode="{mode or ""}">{label}</button>'
        )
    line = escape(status_line(metas, model, mode))
    return f'<p class="status" title="{escape(model.text)}">{line}{change}</p>'


def talks_html(summaries: Sequence[Summary], current: str, wanted: str = "") -> str:
    """Returns the list of conversations; "" as long as there is none and none is looked for."""
    if not summaries and not wanted:
        return ""
    items = "".join(_talk_item(one, current) for one in summaries)
    none = "" if summaries else '<p class="aside">没有找到这样的对话。</p>'
    return (
        '<nav class="talk-list" aria-label="对话记录">'
        '<button type="button" class="new-talk" data-do="new">＋ 新对话</button>'
        '<input type="search" class="find-talk" placeholder="搜索对话" aria-label="搜索对话" '
        f'value="{escape(wanted)}"><ul>{items}</ul>{none}</nav>'
    )


def _talk_item(one: Summary, current: str) -> str:
    key, title = escape(one.conversation_id), escape(one.title)
    here = ' aria-current="true"' if one.conversation_id == current else ""
    return (
        f'<li{here}><button type="button" class="open-talk" data-talk="{key}" '
        f'title="{title}，{one.questions}问">{title}</button>'
        f'<button type="button" class="plain" data-do="rename" data-talk="{key}" data-title="{title}" '
        f'aria-label="重命名“{title}”">改名</button>'
        f'<button type="button" class="plain" data-do="export-talk" data-talk="{key}" '
        f'aria-label="导出“{title}”">导出</button>'
        f'<button type="button" class="plain" data-do="delete" data-talk="{key}" data-title="{title}" '
        f'aria-label="删除“{title}”">删除</button></li>'
    )


def scope_html(scope: Scope, metas: Sequence[ArticleMeta]) -> str:
    """Returns the three choices that limit a question, and what is chosen."""
    newest = sorted(metas, key=lambda meta: (meta.published, meta.article_id), reverse=True)[:MOST_OFFERED]
    articles = [(_article_label(meta), meta.article_id) for meta in newest]
    picks = (
        _pick("地区", "regions", scoping.region_choices(metas), scope.regions),
        _pick("文章", "articles", articles, scope.articles),
        _pick("时间", "years", scoping.year_choices(metas), scope.years),
    )
    chosen = describe(scope, metas)
    within = len(scoping.article_ids(scope, metas) or ()) if scope != NOTHING_CHOSEN else len(metas)
    said = (
        f'<span class="chosen">只问 {escape(chosen)}（{within}篇）'
        '<button type="button" class="plain" data-do="clear-scope" aria-label="取消范围">取消</button></span>'
        if chosen
        else ""
    )
    # What is chosen, whole: an article may be chosen that is too old to stand among the choices.
    held = f'data-scope="{escape(scope.model_dump_json())}"'
    return f'<div class="scope" {held} role="group" aria-label="提问范围">{"".join(picks)}{said}</div>'


def _article_label(meta: ArticleMeta) -> str:
    when = f"，{chinese_date(meta.published)}" if meta.published else ""
    return f"{meta.title or meta.article_id}{when}"


def _pick(label: str, part: str, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> str:
    if not choices:
        return ""
    items = "".join(
        f'<label><input type="checkbox" data-part="{part}" value="{escape(value)}"'
        f"{' checked' if value in chosen else ''}> <span>{escape(shown)}</span></label>"
        for shown, value in choices
    )
    narrow = f'<input type="search" class="narrow" placeholder="筛选" aria-label="筛选{label}">'
    count = f"（{len(chosen)}）" if chosen else ""
    return (
        f'<details class="pick"><summary>{label}{count}</summary><div class="choices">'
        f"{narrow if len(choices) > 8 else ''}{items}</div></details>"
    )


def attached_html(attachments: Sequence[Attachment], key: str) -> str:
    """Returns what is attached to a conversation, with the button to attach a file; `key` is its id."""
    items = "".join(
        f'<span class="own"><a class="to-source name verbatim" target="_blank" '
        f'href="{escape(article_address(one.article_id))}">{escape(one.name)}</a>'
        f'<button type="button" class="plain" data-do="detach" data-article="{escape(one.article_id)}" '
        f'aria-label="去掉附件“{escape(one.name)}”">去掉</button></span>'
        for one in attachments
    )
    return (
        f'<div class="attached" data-talk="{escape(key)}"><label class="attach" tabindex="0" '
        'title="只在这次对话里一起查，别人看不到">'
        '<input type="file" multiple aria-label="给这次对话附文件">附文件</label>'
        f'{items}<button type="button" class="batch-door" data-do="batch" '
        'title="上传一张写有问题的 Excel，逐行得到答案和出处">成批提问</button>'
        '<span class="attaching" role="status"></span></div>'
    )
