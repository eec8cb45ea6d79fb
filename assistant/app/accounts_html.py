"""The accounts and the audit log on the tab 管理, as HTML."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.accounts.audit import Entry, local_time
from assistant.accounts.records import ROLE_NAMES, Account, Role
from assistant.app.escaping import escape

MOST_ENTRIES = 100
OFF = (
    "帐号没有打开：现在只有这台电脑能用，不用登录。要让别的电脑一起用，先用命令 "
    "jushi accounts add 添加管理员，再用 jushi chat --host 0.0.0.0 启动。"
)
_HEADS = ("时间", "谁", "做了什么", "内容", "地址")


def people_html(people: Sequence[Account], locked: Collection[str], own: str, told: str = "") -> str:
    """Returns the list of accounts; `own` is the login of who looks, `told` HTML about what was just done."""
    items = "".join(_person(one, one.login in locked, one.login == own) for one in people)
    return (
        '<section class="people"><h2>帐号</h2><div class="people-does">'
        '<button type="button" class="door" data-do="add-person">添加帐号</button>'
        '<label class="door attach-list" tabindex="0" title="第一行写：姓名、帐号、角色">'
        '<input type="file" accept=".xlsx" aria-label="选择名单">从名单导入</label>'
        f'<span class="attaching" role="status"></span></div>{told}'
        f'<ul class="articles">{items}</ul></section>'
    )


def people_off_html() -> str:
    """Returns what is said where there are no accounts."""
    return f'<section class="people"><h2>帐号</h2><p class="aside">{OFF}</p></section>'


def first_password_html(account: Account, password: str) -> str:
    """Returns a first password, which is shown this once."""
    return (
        '<p class="first-password" role="status"><span>首次密码</span>'
        f'<span class="verbatim">{escape(account.shown)}（{escape(account.login)}）</span>'
        f'<b class="verbatim">{escape(password)}</b>'
        '<button type="button" class="plain" data-do="copy-first">复制</button>'
        "<span>只显示这一次，请告诉本人；第一次登录时要改成自己的。</span></p>"
    )


def refused_html(text: str) -> str:
    """Returns why something was not done."""
    return f'<p class="failure" role="alert">{escape(text)}</p>'


def _person(one: Account, locked: bool, own: bool) -> str:
    seen = f"上次登录 {local_time(one.last_seen)[:16]}" if one.last_seen else "还没有登录过"
    known = " · ".join(filter(None, (ROLE_NAMES[one.role], _state(one, locked), seen)))
    name = f'<b class="verbatim">{escape(one.shown)}</b>'
    own_mark = '<span class="also">您自己</span>' if own else ""
    kept_out = ' class="kept-out"' if one.disabled else ""
    return (
        f'<li data-login="{escape(one.login)}" data-name="{escape(one.shown)}"{kept_out}>'
        f'<div>{name}{own_mark}<span class="where"><span class="verbatim">{escape(one.login)} · </span>'
        f"<span>{known}</span></span></div>"
        f'<span class="does">{"" if own else _does(one, locked)}</span></li>'
    )


def _state(one: Account, locked: bool) -> str:
    if one.disabled:
        return "已停用"
    if locked:
        return "暂时锁定"
    return "未改首次密码" if one.must_change else ""


def _does(one: Account, locked: bool) -> str:
    if one.disabled:
        return _button("enable-person", "启用")
    other: Role = "reader" if one.role == "admin" else "admin"
    return (
        (_button("unlock-person", "解锁") if locked else "")
        + _button("reset-person", "重置密码")
        + f'<button type="button" class="plain" data-do="role-person" data-role="{other}">'
        f"改为{ROLE_NAMES[other]}</button>" + _button("disable-person", "停用")
    )


def _button(action: str, label: str) -> str:
    return f'<button type="button" class="plain" data-do="{action}">{label}</button>'


def audit_html(entries: Sequence[Entry], wanted: str = "", told: str = "") -> str:
    """Returns the audit log, the latest entries first, with what was found about its being whole."""
    rows = "".join(
        f"<tr><td>{local_time(one.at)}</td>{_cells(one.who, one.action, one.about, one.address)}</tr>"
        for one in entries
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    none = "" if entries else '<p class="aside">没有这样的记录。</p>'
    table = (
        f'<div class="table"><table class="audit"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        if entries
        else ""
    )
    more = (
        f'<p class="aside">只列最近 {MOST_ENTRIES} 条；全部的请导出。</p>'
        if len(entries) == MOST_ENTRIES
        else ""
    )
    return (
        '<section class="log"><h2>操作记录</h2><form class="limits"><input type="search" name="words" '
        f'value="{escape(wanted)}" placeholder="按人、操作、内容查找" aria-label="按人、操作、内容查找">'
        '<button type="button" class="door" data-do="check-audit">核对有没有被改动</button>'
        '<a class="door" href="accounts/audit.xlsx" download>导出 Excel</a></form>'
        f"{told}{none}{table}{more}</section>"
    )


def _cells(*texts: str) -> str:
    return "".join(f'<td class="verbatim">{escape(text)}</td>' for text in texts)


def whole_html(broken_at: int) -> str:
    """Returns whether the log is whole."""
    if broken_at:
        return refused_html(f"操作记录从第 {broken_at} 条起被改动过，请查明原因。")
    return '<p class="aside" role="status">操作记录完整，没有被改动过。</p>'
