"""Accounts in from a spreadsheet, first passwords and the audit log out to one."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from assistant.accounts.audit import Entry, local_time
from assistant.accounts.records import ROLE_NAMES, AccountRefused, NewAccount, checked_login, role_of
from retrieval import Record

_NAMED = {
    "name": ("姓名", "名字", "name"),
    "login": ("帐号", "账号", "用户名", "工号", "login", "account"),
    "role": ("角色", "role"),
}
_HEADS_WITHIN = 10
_MOST = 5000
_FIRST = ("姓名", "帐号", "角色", "首次密码")
_AUDIT = ("序号", "时间", "谁", "做了什么", "内容", "地址")
NO_HEADS = "表里没有“帐号”这一列。第一行请写：姓名、帐号、角色。"
NOT_XLSX = "读不出这个文件。请另存为 .xlsx 格式的 Excel 文件。"


class Listed(Record):
    """A row of a list of people: an account to be made, or why it cannot be."""

    line: int
    account: NewAccount | None = None
    refused: str = ""


def read_people(content: bytes) -> list[Listed]:
    """Returns the rows of an .xlsx list with the columns 姓名, 帐号, 角色. Raises AccountRefused."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise AccountRefused(NOT_XLSX) from error
    at, columns = _heads(rows)
    found: list[Listed] = []
    seen: dict[str, int] = {}
    for line, row in enumerate(rows[at + 1 :], start=at + 2):
        if any(row):
            found.append(_listed(line, {part: _cell(row, place) for part, place in columns.items()}, seen))
    if len(found) > _MOST:
        raise AccountRefused(f"表里有 {len(found)} 行，一次最多 {_MOST} 行。请分几次导入。")
    return found


def _heads(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(rows[:_HEADS_WITHIN]):
        heads = [cell.casefold().replace(" ", "") for cell in row]
        columns = {
            part: place
            for part, names in _NAMED.items()
            for place, head in reversed(list(enumerate(heads)))
            if head in names
        }
        if "login" in columns:
            return at, columns
    raise AccountRefused(NO_HEADS)


def _listed(line: int, cells: dict[str, str], seen: dict[str, int]) -> Listed:
    try:
        login = checked_login(cells.get("login", ""))
        if login in seen:
            raise AccountRefused(f"帐号“{login}”在第 {seen[login]} 行已经有了。")
        role = role_of(cells.get("role", ""))
    except AccountRefused as error:
        return Listed(line=line, refused=str(error))
    seen[login] = line
    return Listed(line=line, account=NewAccount(login=login, name=cells.get("name", "")[:40], role=role))


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _text(value: object) -> str:
    if value is None:
        return ""
    # A staff number is kept by Excel as a number: 1001, not 1001.0.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def first_passwords(made: Iterable[tuple[NewAccount, str]], left: Sequence[tuple[int, str]] = ()) -> bytes:
    """Returns an .xlsx file with the first password of each account; `left` are rows left out, and why."""
    rows = [(one.name, one.login, ROLE_NAMES[one.role], password) for one, password in made]
    sheets = [_Sheet("首次密码", _FIRST, rows, (16, 24, 12, 22))]
    if left:
        sheets.append(_Sheet("没有添加", ("第几行", "原因"), left, (10, 60)))
    return _workbook(sheets)


def audit_workbook(entries: Iterable[Entry]) -> bytes:
    """Returns an .xlsx file of the audit log."""
    rows = [(one.number, local_time(one.at), one.who, one.action, one.about, one.address) for one in entries]
    return _workbook([_Sheet("操作记录", _AUDIT, rows, (8, 22, 18, 14, 60, 18))])


def write_private(path: Path, content: bytes) -> None:
    """Writes a file that only its owner may read. Raises OSError; FileExistsError if it is there already."""
    # Windows would otherwise write line ends into the file.
    how = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, how, 0o600), "wb") as file:
        file.write(content)


@dataclass(frozen=True, slots=True)
class _Sheet:
    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str | int]]
    widths: Sequence[int]


def _workbook(sheets: Sequence[_Sheet]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        sheet = book.create_sheet(one.title)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(one.widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for values in (one.heads, *one.rows):
            sheet.append([_clean(value) for value in values])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # a text that begins with = is no formula
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _clean(value: str | int) -> str | int:
    if not isinstance(value, str):
        return value
    return "".join(char for char in value if char.isprintable())
