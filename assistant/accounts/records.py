"""Accounts and what may be refused about them.

AccountError
├── SignInRefused    nobody is let in; the message says why and how long to wait
├── PasswordRefused  a new password is too easy to guess
└── AccountRefused   an account cannot be made or changed as asked
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from retrieval import Record

Role = Literal["reader", "admin"]
ROLE_NAMES: dict[Role, str] = {"reader": "读者", "admin": "管理员"}
_LOGIN = re.compile(r"[\w.@-]{2,32}")


class AccountError(Exception):
    """What goes wrong with accounts; the message is for people."""


class SignInRefused(AccountError):
    """Nobody is let in."""


class PasswordRefused(AccountError):
    """A new password cannot be taken."""


class AccountRefused(AccountError):
    """An account cannot be made or changed as asked."""


class Account(Record):
    """Somebody who may come in.

    Attributes:
        account_id: Never given twice, so that a later account of the same login inherits nothing.
        login: What they type, as `login_of` writes it.
        name: The person's name.
        role: What they may do (see `rights`).
        disabled: Whether they are kept out.
        must_change: Whether the password is one that somebody else has seen.
        created, last_seen: Times in ISO 8601, "" where there is none.
    """

    account_id: str
    login: str
    name: str = ""
    role: Role = "reader"
    disabled: bool = False
    must_change: bool = True
    created: str = ""
    last_seen: str = ""

    @property
    def owner(self) -> str:
        """The key under which their conversations are kept."""
        return f"account:{self.account_id}"

    @property
    def shown(self) -> str:
        """The name to show."""
        return self.name or self.login


class NewAccount(Record):
    """An account to be made."""

    login: str
    name: str = ""
    role: Role = "reader"


def login_of(typed: str) -> str:
    """Returns a login as it is kept: width and case of letters make no difference.

    >>> login_of(" Ｚhang.San ")
    'zhang.san'
    """
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def checked_login(typed: str) -> str:
    """Returns a login that can be given. Raises AccountRefused."""
    login = login_of(typed)
    if not _LOGIN.fullmatch(login):
        raise AccountRefused(
            f"帐号“{typed.strip()[:40]}”不能用：要 2 到 32 个汉字、字母、数字，可以含有 . _ - @。"
        )
    return login


def role_of(written: str) -> Role:
    """Returns the role a word names; nothing written is a reader. Raises AccountRefused.

    >>> role_of("管理员"), role_of("")
    ('admin', 'reader')
    """
    word = written.strip()
    for role, name in ROLE_NAMES.items():
        if word in {role, name}:
            return role
    if not word:
        return "reader"
    raise AccountRefused(f"没有“{word[:20]}”这个角色。角色只有：{'、'.join(ROLE_NAMES.values())}。")
