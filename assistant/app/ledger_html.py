"""The tab 台账 as HTML: limits, one chart, the table."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from assistant.app.escaping import escape
from assistant.app.selects import select
from assistant.app.sources import DIGEST_BADGE, article_address
from assistant.bookkeeping.bars import Chart, chart_of, indicators
from assistant.bookkeeping.corrections import ShownRow
from assistant.bookkeeping.limits import LedgerWanted, units
from assistant.bookkeeping.scales import scaled
from assistant.chinese_dates import chinese_date
from assistant.scoping import region_choices, year_choices
from retrieval import ArticleMeta

_SCALES = [("按原文", ""), ("换算成一", "一"), ("换算成万", "万"), ("换算成亿", "亿")]
# Above this many articles the whole ledger is not listed: an indicator is asked for first.
MOST_WHOLE = 300
_ROLES = {"level": "", "share": "占比", "change": "增减"}
_BAR, _GAP, _LABEL, _WIDTH, _ROOM = 22, 10, 150, 460, 170
_HEADINGS = ("地区", "时间", "指标", "数值", "单位", "原句")


def ledger_html(
    metas: Sequence[ArticleMeta], rows: Sequence[ShownRow], wanted: LedgerWanted, *, may_change: bool
) -> str:
    """Returns the whole tab."""
    if not metas:
        return '<p class="aside empty">资料库还是空的。添加文章后，这里会列出其中的数字。</p>'
    if len(metas) > MOST_WHOLE and not (wanted.query or rows):
        return f'{_limits(metas, rows, wanted, ())}<p class="aside">文章较多，请先写要找的指标。</p>'
    found = indicators(rows)
    chart = chart_of(rows, wanted.indicator) if wanted.indicator in found else None
    body = "".join(_row(shown, wanted, may_change=may_change) for shown in rows[: wanted.most])
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADINGS)
    none = "" if rows else '<p class="aside">没有找到这样的数字。换个说法，或放宽条件。</p>'
    more = (
        f'<button type="button" class="door" data-do="more-figures">再列 60 个（共 {len(rows)} 个）</button>'
        if len(rows) > wanted.most
        else ""
    )
    table = (
        f'<div class="table"><table class="ledger" data-walk="ledger"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
    return f"{_limits(metas, rows, wanted, found)}{chart_html(chart)}{table if rows else none}{more}"


def _limits(
    metas: Sequence[ArticleMeta], rows: Sequence[ShownRow], wanted: LedgerWanted, found: Sequence[str]
) -> str:
    selects = (
        select("region", "全部地区", region_choices(metas), wanted.region, "地区"),
        select("year", "全部时间", year_choices(metas), wanted.year, "时间"),
        select("unit", "全部单位", _offered(units(rows), wanted.unit), wanted.unit, "单位"),
        select("scale", "", _SCALES, wanted.scale, "数值换算"),
        select("indicator", "按地区画图…", _offered(found, wanted.indicator), wanted.indicator, "画图的指标")
        if found
        else "",
    )
    address = escape(
        f"ledger/rows.xlsx?{urlencode(wanted.model_dump(exclude={'most', 'scale', 'indicator'}))}"
    )
    return (
        f'<form class="limits" data-most="{wanted.most}"><input type="search" name="query" '
        f'value="{escape(wanted.query)}" placeholder="找指标，如 志愿者" aria-label="找指标">'
        f"{''.join(selects)}"
        f'<output>{len(rows)} 个数字</output><a class="door" href="{address}" download>导出 Excel</a></form>'
    )


def _offered(names: Sequence[str], chosen: str) -> list[tuple[str, str]]:
    return [(name, name) for name in dict.fromkeys([*names, *([chosen] if chosen else [])])]


def _row(shown: ShownRow, wanted: LedgerWanted, *, may_change: bool) -> str:
    row = shown.row
    about = f"{shown.said('subject') or '（未直接写明）'}{_ROLES[row.role]}"
    per = f'<span class="per">口径：{escape(row.per)}</span>' if row.per else ""
    when = chinese_date(shown.said("as_of")) or escape(row.time) or _reported(row.published)
    address = escape(article_address(row.article_id, row.start, row.end))
    title = escape(row.title or row.article_id)
    change = _change(shown) if may_change else ""
    mark = _corrected(shown)
    return (
        f"<tr><td>{escape(shown.said('place') or row.region)}</td><td>{when}</td>"
        f'<td class="verbatim">{escape(about)}{per}</td><td class="value">{_value(shown, wanted)}{mark}</td>'
        f'<td>{escape(shown.said("unit"))}</td><td class="sentence"><a class="to-source verbatim" '
        f'href="{address}" target="_blank" title="查看原文">{_sentence(shown)}</a>'
        f'<span class="where verbatim">《{title}》{DIGEST_BADGE if row.digest else ""}{change}</span>'
        "</td></tr>"
    )


def _reported(published: str) -> str:
    return f'<span class="per">报道于{chinese_date(published)}</span>' if published else ""


def _value(shown: ShownRow, wanted: LedgerWanted) -> str:
    written = f'<b class="verbatim">{escape(shown.row.text)}</b>'
    other = scaled(shown.said("value"), shown.said("unit"), wanted.scale, shown.row.qualifier)
    return f'<b>{escape(other)}</b><span class="per">原文：{written}</span>' if other else written


def _sentence(shown: ShownRow) -> str:
    row = shown.row
    low, high = row.start - row.sentence_start, row.end - row.sentence_start
    before, figure, after = row.sentence[:low], row.sentence[low:high], row.sentence[high:]
    return f"{escape(before)}<mark>{escape(figure)}</mark>{escape(after)}"


def _corrected(shown: ShownRow) -> str:
    found = shown.correction
    if found is None:
        return ""
    said = "；".join(
        f"{label}改为{value}"
        for label, value in (
            ("指标", found.subject),
            ("数值", found.value),
            ("单位", found.unit),
            ("地区", found.place),
            ("时间", found.as_of),
        )
        if value
    )
    why = f"（{found.reason}）" if found.reason else ""
    by = f"，{found.by}" if found.by else ""
    return f'<span class="corrected" title="原文没有改动">已更正：{escape(said + why + by)}</span>'


def _change(shown: ShownRow) -> str:
    row = shown.row
    kept = {"article": row.article_id, "start": row.start, "end": row.end, "text": row.text}
    kept |= {name: shown.said(name) for name in ("subject", "value", "unit", "place", "as_of")}
    data = "".join(f' data-{name.replace("_", "-")}="{escape(str(value))}"' for name, value in kept.items())
    back = (
        f'<button type="button" class="plain" data-do="take-back"{data}>撤销更正</button>'
        if shown.correction
        else ""
    )
    return f'<button type="button" class="plain" data-do="correct"{data}>更正</button>{back}'


def chart_html(chart: Chart | None) -> str:
    """Returns one bar a place as SVG, with what must be known before comparing; "" without a chart."""
    if chart is None:
        return ""
    top = max(abs(bar.value) for bar in chart.bars) or 1
    rows = []
    for at, bar in enumerate(chart.bars):
        y, width = at * (_BAR + _GAP), max(2, int(abs(bar.value) / top * _WIDTH))
        row = bar.shown.row
        when = bar.shown.said("as_of") or row.published
        told = f"{row.text}{f'（{when[:4]}年）' if when else ''}"
        rows.append(
            f'<text x="{_LABEL - 8}" y="{y + 16}" text-anchor="end">{escape(bar.place)}</text>'
            f'<rect x="{_LABEL}" y="{y}" width="{width}" height="{_BAR}" rx="4"></rect>'
            f'<text x="{_LABEL + width + 8}" y="{y + 16}">{escape(told)}</text>'
        )
    height = len(chart.bars) * (_BAR + _GAP)
    warnings = "".join(f"<li>{escape(text)}</li>" for text in chart.warnings)
    notice = f'<ul class="notices" role="note">{warnings}</ul>' if warnings else ""
    label = escape(f"{chart.indicator}，按地区")
    return (
        f'<figure class="bars"><figcaption>{label}</figcaption>{notice}'
        f'<svg viewBox="0 0 {_LABEL + _WIDTH + _ROOM} {height}" role="img" aria-label="{label}">'
        f"{''.join(rows)}</svg></figure>"
    )
