"""The pages before the app: logging in, changing the password. They work without scripts."""

from __future__ import annotations

from assistant.accounts.passwords import LONGEST, RULE
from assistant.accounts.records import Account
from assistant.app.escaping import escape

_PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · 据实</title>'
    '<link rel="stylesheet" href="login.css"><script src="login.js"></script></head>'
    '<body class="entry"><main><header><h1>据实</h1><p>句句有据，数数可查</p></header>{body}</main>'
    "</body></html>"
)


def login_page(typed: str = "", refused: str = "") -> str:
    """Returns the page to log in; `refused` says why the last attempt failed."""
    login = _field("帐号", "login", "username", value=typed, focus=not typed)
    password = _field("密码", "password", "current-password", secret=True, focus=bool(typed))
    return _page(
        "登录",
        f'<form method="post" action="login">{_said(refused)}{login}{password}'
        '<button type="submit" class="primary">登录</button></form>'
        '<p class="hint">没有帐号，或忘了密码，请找本单位的据实管理员。</p>',
    )


def password_page(account: Account, refused: str = "") -> str:
    """Returns the page to change one's password; at the first login there is no way around it."""
    first = account.must_change
    old = "" if first else _field("原密码", "old", "current-password", secret=True, focus=True)
    new = _field("新密码", "new", "new-password", secret=True, focus=first)
    again = _field("再输一遍新密码", "again", "new-password", secret=True)
    title = "首次登录，请设置自己的密码" if first else "修改密码"
    way_out = (
        '<form method="post" action="logout" class="way-out">'
        '<button type="submit" class="plain">退出</button></form>'
        if first
        else '<p class="way-out"><a href="./">不改了，返回</a></p>'
    )
    return _page(
        "修改密码",
        f'<form method="post" action="password"><h2>{title}</h2>'
        f'<p class="who verbatim">{escape(account.shown)}</p>'
        # For the browser's own store of passwords.
        f'<input type="text" name="login" autocomplete="username" value="{escape(account.login)}" hidden>'
        f'{_said(refused)}{old}{new}<p class="hint">{RULE}</p>{again}'
        f'<button type="submit" class="primary">保存</button></form>{way_out}',
    )


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=title, body=body)


def _said(refused: str) -> str:
    return f'<p class="refused" role="alert">{escape(refused)}</p>' if refused else ""


def _field(
    label: str, name: str, meant: str, *, value: str = "", secret: bool = False, focus: bool = False
) -> str:
    kind = "password" if secret else "text"
    return (
        f'<label class="field"><span>{label}</span><input type="{kind}" name="{name}" autocomplete="{meant}" '
        f'value="{escape(value)}" maxlength="{LONGEST}" required autocapitalize="none" spellcheck="false"'
        f"{' autofocus' if focus else ''}></label>"
    )
