"""The tab 资料库 as HTML: the place to add articles, the limits, the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.app.escaping import escape
from assistant.app.selects import select
from assistant.app.sources import DIGEST_BADGE, article_address, partial_badge
from assistant.chinese_dates import chinese_date
from assistant.shelf.listing import Wanted, choices, listed
from retrieval import ArticleMeta

ONLY_ADMINS = "只有管理员能添加、修改和移除资料。您自己的文件可以在问答里附到一次对话上，只有您看得到。"
_DIFFERS = '<span class="digest" title="与另一篇几乎相同，但数字不一样">数字有出入</span>'
_ORDERS = (("newest", "最新在前"), ("oldest", "最早在前"), ("title", "按标题"), ("publisher", "按来源"))
_LIMITS = (("region", "地区"), ("publisher", "来源"), ("year", "时间"), ("topic", "主题"))


def adding_html(*, may_change: bool) -> str:
    """Returns the place where files are dropped and texts are pasted."""
    if not may_change:
        return f'<p class="aside">{ONLY_ADMINS}</p>'
    return (
        '<div class="adding"><label class="drop" tabindex="0">'
        '<input type="file" multiple class="choose" aria-label="选择要添加的文件">'
        "<b>把文件拖到这里，或点这里选择</b>"
        "<span>Word、PDF、网页、Excel、纯文本都可以，每个不超过 50 MB；标有密级的一律不收</span></label>"
        '<button type="button" class="door" data-do="paste">粘贴一篇文章</button>'
        '<ul class="received" aria-live="polite"></ul></div>'
    )


def shelf_html(
    metas: Sequence[ArticleMeta], wanted: Wanted, disputed: Collection[str] = (), *, may_change: bool
) -> str:
    """Returns the list of articles with its limits; `disputed` ones differ from another in figures alone."""
    if not metas:
        return '<p class="aside empty">资料库还是空的。添加一篇文章后就能提问。</p>'
    found = listed(metas, wanted)
    items = "".join(_row(meta, disputed, may_change=may_change) for meta in found[: wanted.most])
    more = (
        '<button type="button" class="door" data-do="more-articles">'
        f"再列 50 篇（共 {len(found)} 篇）</button>"
        if len(found) > wanted.most
        else ""
    )
    none = "" if found else '<p class="aside">没有符合条件的文章。请放宽条件。</p>'
    return (
        f'{_limits(metas, wanted, len(found))}<ul class="articles" data-walk="list">{items}</ul>{none}{more}'
    )


def _limits(metas: Sequence[ArticleMeta], wanted: Wanted, number: int) -> str:
    offered = choices(metas)
    selects = "".join(
        select(name, f"全部{label}", offered[name], str(getattr(wanted, name)), label)
        for name, label in _LIMITS
        if offered[name]
    )
    order = select("order", "", [(label, value) for value, label in _ORDERS], wanted.order, "排序")
    return (
        f'<form class="limits" data-most="{wanted.most}"><input type="search" name="words" '
        f'value="{escape(wanted.words)}" placeholder="按标题、来源查找" aria-label="按标题、来源查找">'
        f"{selects}{order}<output>{number} 篇</output></form>"
    )


def _row(meta: ArticleMeta, disputed: Collection[str], *, may_change: bool) -> str:
    key, title = escape(meta.article_id), escape(meta.title or meta.article_id)
    known = (meta.publisher, chinese_date(meta.published), meta.region, "、".join(meta.topics[:4]))
    where = escape(" · ".join(part for part in known if part))
    badges = DIGEST_BADGE if meta.digest else ""
    badges += partial_badge(meta.incomplete)
    badges += _DIFFERS if meta.article_id in disputed else ""
    reprints = f'<span class="also">合并转载 {len(meta.also)} 篇</span>' if meta.also else ""
    return (
        f'<li data-article="{key}"><div><a class="to-source name verbatim" target="_blank" '
        f'href="{escape(article_address(meta.article_id))}">{title}</a>{badges}{reprints}'
        f'<span class="where verbatim">{where}</span></div><span class="does">'
        '<button type="button" class="plain" data-do="only">只问这篇</button>'
        f"{_changes(meta, title) if may_change else ''}</span></li>"
    )


def _changes(meta: ArticleMeta, title: str) -> str:
    fields = "".join(
        f' data-{name}="{escape(value)}"'
        for name, value in (
            ("title", meta.title),
            ("publisher", meta.publisher),
            ("published", meta.published),
            ("region", meta.region),
            ("url", meta.url),
            ("topics", "、".join(meta.topics)),
        )
    )
    return (
        f'<button type="button" class="plain" data-do="mend"{fields} aria-label="修改“{title}”的信息">改信息'
        f'</button><button type="button" class="plain" data-do="remove-article" data-title="{title}" '
        f'aria-label="移除“{title}”">移除</button>'
    )
