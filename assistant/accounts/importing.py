"""A list of people made into accounts, the same way for the command line and the app."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.accounts.accounts import Accounts
from assistant.accounts.passwords import first_password
from assistant.accounts.records import AccountRefused, NewAccount
from assistant.accounts.spreadsheets import Listed, first_passwords, read_people
from retrieval import Record

ALREADY = "帐号已有，没有改动。"


class Plan(Record):
    """What becomes of a list: accounts to be made with their first passwords, and rows that are left out."""

    new: tuple[tuple[NewAccount, str], ...]
    held: tuple[Listed, ...]
    refused: tuple[Listed, ...]

    def workbook(self) -> bytes:
        """Returns the .xlsx file with the first passwords, and on a second sheet who was left out and why."""
        left = [(one.line, one.refused or ALREADY) for one in (*self.refused, *self.held)]
        return first_passwords(self.new, sorted(left))


def plan_of(content: bytes, accounts: Accounts) -> Plan:
    """Returns what becomes of an .xlsx list of people. Raises AccountRefused."""
    people = read_people(content)
    held = {one.login for one in accounts.all()}
    new = [one for one in people if one.account and one.account.login not in held]
    return Plan(
        new=tuple((one.account, first_password()) for one in new if one.account),
        held=tuple(one for one in people if one.account and one.account.login in held),
        refused=tuple(one for one in people if one.refused),
    )


def import_people(accounts: Accounts, content: bytes, by: str) -> bytes:
    """Makes accounts for a list; returns the .xlsx file with the first passwords. Raises AccountRefused."""
    plan = plan_of(content, accounts)
    if not plan.new:
        raise AccountRefused(f"没有可以添加的帐号。{_reasons([*plan.refused, *plan.held])}")
    made = plan.workbook()
    accounts.add_with(plan.new, by)
    return made


def _reasons(left: Sequence[Listed]) -> str:
    return "".join(f"第 {one.line} 行：{one.refused or ALREADY}" for one in left[:10])
