from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.accounts.attempts import PER_ACCOUNT, PER_ADDRESS
from assistant.accounts.passwords import check_new
from assistant.accounts.records import (
    AccountRefused,
    NewAccount,
    PasswordRefused,
    SignInRefused,
    checked_login,
)
from assistant.accounts.store import ONE_ADMIN

NEW = "青禾-2025-的伞"


def actions(audit):
    return [entry.action for entry in audit.all()]


def test_a_first_password_lets_in_once_it_is_changed(accounts, first, audit):
    token = accounts.sign_in("Du ", first["du"])
    person = accounts.person(token)
    assert (person.login, person.must_change) == ("du", True)
    later = accounts.change_password(person, first["du"], NEW)
    assert accounts.person(token) is None
    assert accounts.person(later).must_change is False
    with pytest.raises(SignInRefused):
        accounts.sign_in("du", first["du"])
    assert accounts.sign_in("du", NEW)
    assert actions(audit) == ["添加帐号", "添加帐号", "登录", "改密码", "登录失败", "登录"]


def test_nothing_that_lets_in_stands_in_the_file(accounts, first, tmp_path):
    token = accounts.sign_in("du", first["du"])
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert first["du"].encode() not in kept
    assert token.encode() not in kept
    assert b"$argon2id$" in kept


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_the_users_file_is_its_owner_s_alone(accounts, tmp_path):
    assert stat.S_IMODE((tmp_path / "accounts.sqlite3").stat().st_mode) == 0o600


def test_after_repeated_failures_an_account_waits(accounts, first, clock):
    for left in (4, 3, 2, 1):
        with pytest.raises(SignInRefused, match=f"还可以再试 {left} 次"):
            accounts.sign_in("du", "wrong", "10.0.0.1")
    with pytest.raises(SignInRefused, match="15 分钟"):
        accounts.sign_in("du", "wrong", "10.0.0.2")
    clock.pass_by(minutes=5)
    with pytest.raises(SignInRefused, match="请过 10 分钟再试"):
        accounts.sign_in("du", first["du"], "10.0.0.3")
    assert accounts.locked() == {"du"}
    assert accounts.sign_in("guan", first["guan"], "10.0.0.1")
    clock.pass_by(minutes=10)
    assert accounts.sign_in("du", first["du"])


def test_nobody_can_tell_which_accounts_there_are(accounts, first):
    told = []
    for login in ("du", "nobody"):
        for _ in range(PER_ACCOUNT + 1):
            with pytest.raises(SignInRefused) as refused:
                accounts.sign_in(login, "wrong")
            told.append(str(refused.value))
    assert told[: PER_ACCOUNT + 1] == told[PER_ACCOUNT + 1 :]


def test_an_address_that_tries_many_accounts_waits(accounts, first):
    for number in range(PER_ADDRESS):
        with pytest.raises(SignInRefused, match="不对"):
            accounts.sign_in(f"user{number}", "wrong", "10.0.0.9")
    with pytest.raises(SignInRefused, match="这台电脑"):
        accounts.sign_in("du", first["du"], "10.0.0.9")
    assert accounts.sign_in("du", first["du"], "10.0.0.1")


def test_one_s_own_success_does_not_free_the_address(accounts, first):
    for number in range(PER_ADDRESS):
        if number % 10 == 0:
            accounts.sign_in("du", first["du"], "10.0.0.9")
        with pytest.raises(SignInRefused, match="不对"):
            accounts.sign_in(f"user{number}", "wrong", "10.0.0.9")
    with pytest.raises(SignInRefused, match="这台电脑"):
        accounts.sign_in("du", first["du"], "10.0.0.9")


def test_sessions_end(accounts, first, clock):
    token = accounts.sign_in("du", first["du"])
    for _ in range(13):
        clock.pass_by(hours=11)
        assert accounts.person(token) is not None
    clock.pass_by(hours=12)
    assert accounts.person(token) is None
    token = accounts.sign_in("du", first["du"])
    for _ in range(15):
        clock.pass_by(hours=11)
        accounts.person(token)
    clock.pass_by(hours=4)
    assert accounts.person(token) is None
    token = accounts.sign_in("du", first["du"])
    accounts.sign_out(token)
    assert accounts.person(token) is None
    assert accounts.person("") is None


def test_disabling_ends_sessions_at_once(accounts, first):
    token = accounts.sign_in("du", first["du"])
    accounts.set_disabled("du", "guan", disabled=True)
    assert accounts.person(token) is None
    with pytest.raises(SignInRefused, match="已停用"):
        accounts.sign_in("du", first["du"])
    accounts.set_disabled("du", "guan", disabled=False)
    assert accounts.person(token) is None
    assert accounts.sign_in("du", first["du"])


def test_reset_ends_sessions_and_lifts_a_lock(accounts, first):
    token = accounts.sign_in("du", first["du"])
    for _ in range(PER_ACCOUNT):
        with pytest.raises(SignInRefused):
            accounts.sign_in("du", "wrong")
    password = accounts.reset("DU", "guan")
    assert accounts.person(token) is None
    assert accounts.person(accounts.sign_in("du", password)).must_change


def test_the_last_administrator_stays(accounts, first, audit):
    with pytest.raises(AccountRefused, match=ONE_ADMIN):
        accounts.set_disabled("guan", "guan", disabled=True)
    with pytest.raises(AccountRefused, match=ONE_ADMIN):
        accounts.set_role("guan", "reader", "guan")
    accounts.set_role("du", "admin", "guan")
    accounts.set_role("guan", "reader", "du")
    assert [(e.who, e.about) for e in audit.all() if e.action == "改角色"] == [
        ("guan", "du（杜若）：读者改为管理员"),
        ("du", "guan（管立）：管理员改为读者"),
    ]


def test_accounts_are_added_all_or_none(accounts, first):
    with pytest.raises(AccountRefused, match="du"):
        accounts.add([NewAccount(login="new"), NewAccount(login="du")], "命令行")
    assert [one.login for one in accounts.all()] == ["guan", "du"]


def test_another_account_of_the_same_login_is_somebody_else(accounts, first):
    assert len({one.owner for one in accounts.all()}) == 2
    assert all(one.login not in one.owner for one in accounts.all())


def test_changing_needs_the_old_password_and_locks_too(accounts, first):
    person = accounts.person(accounts.sign_in("du", first["du"]))
    with pytest.raises(PasswordRefused, match="一样"):
        accounts.change_password(person, "", first["du"])
    person = accounts.person(accounts.change_password(person, "", NEW))
    for _ in range(PER_ACCOUNT):
        with pytest.raises(PasswordRefused, match="原密码不对"):
            accounts.change_password(person, "wrong", f"{NEW}!")
    with pytest.raises(SignInRefused, match="分钟"):
        accounts.change_password(person, NEW, f"{NEW}!")


@pytest.mark.parametrize(
    "password",
    [
        "short-1",
        "a" * 129,
        "zhangsan-2025!",
        "一二三四五六七八九十",
        "aaaaaaaa11",
        "1234567890ab",
        "12345678901",
    ],
)
def test_passwords_that_are_easy_are_refused(password):
    with pytest.raises(PasswordRefused):
        check_new(password, login="zhangsan")


@pytest.mark.parametrize("password", ["kd93-mwqp-2x", "correct horse battery", NEW])
def test_passwords_that_are_not_pass(password):
    check_new(password, login="zhangsan")


@pytest.mark.parametrize("login", ["", "a", "a b", "x" * 33, "<b>", "a/b", "a\n"])
def test_logins_that_cannot_be_given(login):
    with pytest.raises(AccountRefused):
        checked_login(login) if login != "a\n" else checked_login("a\nb")


def test_many_attempts_at_once_count_as_many(accounts, first):
    def attempt(_: int) -> str:
        try:
            accounts.sign_in("du", "wrong", "10.0.0.1")
        except SignInRefused as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(attempt, range(20)))
    assert sum("不对" in one for one in told) == PER_ACCOUNT
    assert sum("请过" in one for one in told) == 20 - PER_ACCOUNT
