"""The accounts of a data folder as one object: who comes in, what is done to accounts; all of it audited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.accounts.attempts import PER_ACCOUNT, Attempts
from assistant.accounts.audit import AuditLog
from assistant.accounts.database import Database
from assistant.accounts.passwords import Passwords, check_new, first_password
from assistant.accounts.records import (
    ROLE_NAMES,
    Account,
    AccountRefused,
    NewAccount,
    PasswordRefused,
    Role,
    SignInRefused,
    login_of,
)
from assistant.accounts.sessions import Sessions
from assistant.accounts.store import AccountStore

_MOST_TYPED = 1000
DISABLED = "这个帐号已停用。请找管理员。"


def _now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """The accounts of a data folder; safe to use from several threads and processes."""

    def __init__(
        self,
        folder: Path,
        audit: AuditLog,
        passwords: Passwords | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        """Opens the users file, which is made if missing. Raises OSError or sqlite3.Error."""
        self._now = now
        self.audit = audit
        self._passwords = passwords or Passwords()
        self._database = Database(folder)
        self._store = AccountStore(self._database)
        self._sessions = Sessions(self._database, self._seconds)
        self._attempts = Attempts(self._database, self._seconds)
        # Compared with where there is no account, so that the time tells nothing.
        self._nobody = self._passwords.hashed(first_password())

    def close(self) -> None:
        """Releases the file."""
        self._database.close()

    def _seconds(self) -> int:
        return int(self._now().timestamp())

    def all(self) -> list[Account]:
        """Returns every account, administrators first."""
        return self._store.all()

    def find(self, login: str) -> Account:
        """Returns the account of a login. Raises AccountRefused if there is none."""
        found = self._store.find(login_of(login))
        if found is None:
            raise AccountRefused(f"没有帐号“{login.strip()[:40]}”。用 jushi accounts list 可查看现有帐号。")
        return found

    def locked(self) -> frozenset[str]:
        """Returns the logins that have to wait after failures."""
        return self._attempts.locked()

    def has_admin(self) -> bool:
        """Returns whether an administrator can come in."""
        return self._store.has_admin()

    # Coming in and going out.

    def sign_in(self, typed: str, password: str, address: str = "") -> str:
        """Returns the token of a new session. Raises SignInRefused."""
        login = login_of(typed[:_MOST_TYPED])[:64]
        try:
            number, left = self._attempts.begin(login, address)
        except SignInRefused:
            self.audit.record(login, "登录被锁", "", address)
            raise
        account = self._store.find(login)
        kept = self._store.hash_of(account.account_id) if account else ""
        if not self._passwords.agrees(kept or self._nobody, password[:_MOST_TYPED]) or account is None:
            self.audit.record(login, "登录失败", "", address)
            more = f"还可以再试 {left} 次" if left > 0 else f"已连续 {PER_ACCOUNT} 次，要过 15 分钟才能再试"
            raise SignInRefused(f"帐号或密码不对。{more}。")
        self._attempts.succeeded(number, login)
        if account.disabled:
            self.audit.record(login, "登录失败", "帐号已停用", address)
            raise SignInRefused(DISABLED)
        if self._passwords.is_outdated(kept):
            self._store.set_hash(
                account.account_id, self._passwords.hashed(password), must_change=account.must_change
            )
        self._store.was_seen(account.account_id, self._written())
        self.audit.record(account.login, "登录", "", address)
        return self._sessions.open(account.account_id)

    def person(self, token: str) -> Account | None:
        """Returns whose session a token is, None if it is nobody's any more."""
        return self._sessions.account(token)

    def sign_out(self, token: str, address: str = "") -> None:
        """Ends a session."""
        account = self._sessions.account(token)
        self._sessions.close(token)
        if account:
            self.audit.record(account.login, "退出", "", address)

    def change_password(self, account: Account, old: str, new: str, address: str = "") -> str:
        """Sets somebody's own new password; returns the token of the one session that is left.

        A first password was typed just now and is not asked for again. Raises PasswordRefused or, after
        repeated failures, SignInRefused.
        """
        kept = self._store.hash_of(account.account_id)
        if not account.must_change:
            number, _ = self._attempts.begin(account.login, address)
            if not self._passwords.agrees(kept, old[:_MOST_TYPED]):
                self.audit.record(account.login, "改密码失败", "", address)
                raise PasswordRefused("原密码不对。")
            self._attempts.succeeded(number, account.login)
        check_new(new, login=account.login)
        if self._passwords.agrees(kept, new):
            raise PasswordRefused("新密码和原密码一样。请换一个。")
        self._store.set_hash(account.account_id, self._passwords.hashed(new), must_change=False)
        self._sessions.close_all(account.account_id)
        self.audit.record(account.login, "改密码", "", address)
        return self._sessions.open(account.account_id)

    # What administrators do; `by` is who does it.

    def add(self, new: Sequence[NewAccount], by: str) -> list[tuple[Account, str]]:
        """Returns new accounts with their first passwords, made all or none. Raises AccountRefused."""
        first = [first_password() for _ in new]
        return self.add_with(list(zip(new, first, strict=True)), by)

    def add_with(self, new: Sequence[tuple[NewAccount, str]], by: str) -> list[tuple[Account, str]]:
        """Returns new accounts with the first passwords given for them. Raises AccountRefused."""
        hashed = [(account, self._passwords.hashed(password)) for account, password in new]
        made = self._store.add(hashed, self._written())
        for account in made:
            self.audit.record(by, "添加帐号", f"{_named(account)}，{ROLE_NAMES[account.role]}")
        return [(account, password) for account, (_, password) in zip(made, new, strict=True)]

    def reset(self, login: str, by: str) -> str:
        """Returns a new first password; sessions end, a lock is lifted. Raises AccountRefused."""
        account, password = self.find(login), first_password()
        self._store.set_hash(account.account_id, self._passwords.hashed(password), must_change=True)
        self._sessions.close_all(account.account_id)
        self._attempts.forgive(account.login)
        self.audit.record(by, "重置密码", _named(account))
        return password

    def set_role(self, login: str, role: Role, by: str) -> None:
        """Gives an account another role. Raises AccountRefused."""
        account = self.find(login)
        if account.role != role:
            self._store.set_role(account.account_id, role)
            before, after = ROLE_NAMES[account.role], ROLE_NAMES[role]
            self.audit.record(by, "改角色", f"{_named(account)}：{before}改为{after}")

    def set_disabled(self, login: str, by: str, *, disabled: bool) -> None:
        """Keeps somebody out at once, or lets them in again. Raises AccountRefused."""
        account = self.find(login)
        if account.disabled != disabled:
            self._store.set_disabled(account.account_id, disabled=disabled)
            self.audit.record(by, "停用帐号" if disabled else "启用帐号", _named(account))

    def unlock(self, login: str, by: str) -> None:
        """Lets an account try again at once. Raises AccountRefused."""
        account = self.find(login)
        self._attempts.forgive(account.login)
        self.audit.record(by, "解锁帐号", _named(account))

    def _written(self) -> str:
        return self._now().isoformat(timespec="seconds")


def _named(account: Account) -> str:
    return f"{account.login}（{account.name}）" if account.name else account.login
