"""`jushi accounts …` on a real users file."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import openpyxl
import pytest
from argon2 import PasswordHasher

from assistant.accounts.accounts import Accounts
from assistant.accounts.audit import AuditLog
from assistant.accounts.passwords import Passwords
from assistant.cli.program import run


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    def cheap(folder: Path, audit: AuditLog) -> Accounts:
        return Accounts(folder, audit, Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))

    monkeypatch.setattr("assistant.cli.accounts.Accounts", cheap)


@pytest.fixture
def jushi(data_dir, capfd):
    def accounts(*arguments: str) -> tuple[int, str, str]:
        code = run(["accounts", *arguments, "--data", str(data_dir)])
        out, err = capfd.readouterr()
        return code, out, err

    return accounts


def sheet(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


def sign_in(data_dir: Path, login: str, password: str) -> bool:
    audit = AuditLog(data_dir)
    opened = Accounts(data_dir, audit)
    try:
        return opened.person(opened.sign_in(login, password)) is not None
    finally:
        opened.close()
        audit.close()


def test_added_reset_and_disabled(jushi, data_dir):
    code, out, err = jushi("add", "Guan", "--name", "管立", "--role", "管理员")
    assert code == 0
    assert "第一次登录" in err
    assert sign_in(data_dir, "guan", out.split("首次密码：")[1].strip())
    _, again, _ = jushi("reset", "guan")
    assert sign_in(data_dir, "guan", again.split("首次密码：")[1].strip())
    assert again != out
    code, _, err = jushi("disable", "guan")
    assert (code, "最后一个" in err) == (1, True)
    assert jushi("add", "du")[0] == 0
    assert jushi("disable", "du")[0] == 0
    _, out, _ = jushi("list")
    assert [line.split()[0] for line in out.splitlines()] == ["guan", "du"]
    assert "已停用" in out
    assert jushi("role", "du", "管理员")[0] == 0
    assert {one["login"]: one["role"] for one in json.loads(jushi("list", "--json")[1])} == {
        "guan": "admin",
        "du": "admin",
    }
    code, out, _ = jushi("audit")
    assert code == 0
    told = [line.split()[3] for line in out.splitlines()]
    assert told == ["添加帐号", "登录", "重置密码", "登录", "添加帐号", "停用帐号", "改角色"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "a b"], "不能用"),
        (["add", "du", "--role", "老板"], "角色只有"),
        (["reset", "nobody"], "没有帐号"),
        (["import", "nowhere.xlsx"], "找不到"),
    ],
)
def test_what_cannot_be_done_is_told(jushi, arguments, said):
    code, _, err = jushi(*arguments)
    assert code == 1
    assert said in err
    assert "Traceback" not in err


def test_a_list_of_people_is_imported(jushi, data_dir, tmp_path):
    jushi("add", "old", "--name", "原有")
    people = sheet(
        tmp_path / "名单.xlsx",
        ("某单位人员名单",),
        ("角色", "姓名", "帐号"),
        ("管理员", "管立", "guan"),
        (None, "杜若", 1001),
        ("", "", ""),
        ("读者", "新名", "OLD"),
        ("老板", "某甲", "jia"),
        ("读者", "重复", "Guan"),
        ("读者", "+杜", "yi"),
    )
    code, out, err = jushi("import", str(people))
    assert code == 1
    assert "添加 3 个帐号，1 个已有" in out
    assert "第 7 行没有添加" in err
    assert "第 8 行没有添加：帐号“guan”在第 3 行已经有了" in err
    target = tmp_path / "名单-首次密码.xlsx"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    head, *made = rows(target)
    assert head == ("姓名", "帐号", "角色", "首次密码")
    assert [row[:3] for row in made] == [
        ("管立", "guan", "管理员"),
        ("杜若", "1001", "读者"),
        ("+杜", "yi", "读者"),
    ]
    assert sign_in(data_dir, "1001", str(made[1][3]))
    assert {one["login"]: one["name"] for one in json.loads(jushi("list", "--json")[1])}["old"] == "原有"


def test_first_passwords_are_never_written_over(jushi, tmp_path):
    people = sheet(tmp_path / "a.xlsx", ("姓名", "账号", "角色"), ("杜若", "du", "读者"))
    target = tmp_path / "b.xlsx"
    target.write_bytes(b"x")
    code, _, err = jushi("import", str(people), "--out", str(target))
    assert (code, "已经有了" in err) == (1, True)
    assert target.read_bytes() == b"x"
    assert json.loads(jushi("list", "--json")[1]) == []


@pytest.mark.parametrize(("content", "said"), [(b"PK\x03\x04broken", "另存为 .xlsx"), (None, "“帐号”这一列")])
def test_what_is_no_list_is_told(jushi, tmp_path, content, said):
    path = tmp_path / "a.xlsx"
    if content is None:
        sheet(path, ("甲", "乙"), ("a", "b"))
    else:
        path.write_bytes(content)
    code, _, err = jushi("import", str(path))
    assert (code, said in err) == (1, True)


def test_the_audit_log_goes_out_whole_and_tells_if_it_was_changed(jushi, data_dir, tmp_path):
    import sqlite3
    from contextlib import closing

    jushi("add", "guan", "--role", "管理员")
    jushi("add", "du")
    assert jushi("audit", "--xlsx", str(tmp_path / "a.xlsx"))[0] == 0
    assert [row[3] for row in rows(tmp_path / "a.xlsx")] == ["做了什么", "添加帐号", "添加帐号"]
    with closing(sqlite3.connect(data_dir / "audit.sqlite3")) as other:
        other.executescript("DROP TRIGGER entry_stays; UPDATE entry SET who = 'x' WHERE number = 1;")
    code, _, err = jushi("audit")
    assert (code, "第 1 条起被改动过" in err) == (1, True)


def test_the_app_starts_for_others_once_there_is_an_administrator(jushi, data_dir, capfd):
    assert run(["chat", "--host", "0.0.0.0", "--data", str(data_dir)]) == 1
    told = capfd.readouterr().err
    assert "jushi accounts add" in told
    assert "0.0.0.0" in told
    assert not (data_dir / "accounts.sqlite3").exists()
    jushi("add", "du")
    assert run(["chat", "--accounts", "--data", str(data_dir)]) == 1
    assert "jushi accounts add" in capfd.readouterr().err


def test_help_is_chinese(capfd):
    assert run(["accounts", "--help"]) == 0
    assert "重置密码" in capfd.readouterr().out
    assert run(["accounts"]) == 2
    assert "用法不对" in capfd.readouterr().err
