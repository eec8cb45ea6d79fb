"""`jushi accounts …`: who may come in where the app serves others than this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.accounts.accounts import Accounts
from assistant.accounts.audit import COMMAND_LINE, AuditLog, local_time
from assistant.accounts.records import ROLE_NAMES, Account, NewAccount, checked_login, role_of
from assistant.cli.console import say, write_json_array, write_text
from assistant.cli.opening import chosen_data_dir
from assistant.cli.options import AsJson, DataDir
from assistant.cli.usage import ChineseCommand, ChineseGroup

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="帐号。")]
_ROLE_HELP = "读者或管理员；不写是读者。"
_MOST_LISTED = 200

accounts = typer.Typer(
    cls=ChineseGroup,
    name="accounts",
    help="帐号：添加、导入、重置密码、停用、操作记录。",
    rich_markup_mode=None,
    subcommand_metavar="命令 [参数]…",
    context_settings={"help_option_names": ["--help", "-h"]},
)
command = accounts.command


@contextmanager
def _opened(data: Path | None) -> Iterator[Accounts]:
    folder = chosen_data_dir(data)
    with closing(AuditLog(folder)) as audit, closing(Accounts(folder, audit)) as opened:
        yield opened


@command(cls=ChineseCommand)
def add(
    login: Login,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="姓名。")] = "",
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help=_ROLE_HELP)] = "",
    data: DataDir = None,
) -> None:
    """添加一个帐号，显示首次密码（本人第一次登录时要改）。"""
    new = NewAccount(login=checked_login(login), name=name.strip()[:40], role=role_of(role))
    with _opened(data) as opened:
        ((account, password),) = opened.add([new], COMMAND_LINE)
    _tell(account.login, password)


@command("import", cls=ChineseCommand)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="名单，要有姓名、帐号、角色三列。")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="OUT.xlsx", help="首次密码写到这里；默认在名单旁边。"),
    ] = None,
    data: DataDir = None,
) -> None:
    """按名单成批添加帐号，首次密码另写一个 Excel 文件；已有的帐号不动。"""
    from assistant.accounts.importing import plan_of
    from assistant.accounts.spreadsheets import write_private

    file = file.expanduser()
    target = (out or file.with_name(f"{file.stem}-首次密码.xlsx")).expanduser()
    content = file.read_bytes()
    with _opened(data) as opened:
        plan = plan_of(content, opened)
        if plan.new:
            try:
                write_private(target, plan.workbook())
            except FileExistsError as error:
                say(f"“{target}”已经有了，里面可能是别人的首次密码，没有覆盖。请用 --out 换一个文件名。")
                raise typer.Exit(1) from error
            try:
                opened.add_with(plan.new, COMMAND_LINE)
            except BaseException:
                target.unlink(missing_ok=True)
                raise
    for one in plan.refused:
        say(f"第 {one.line} 行没有添加：{one.refused}")
    kept = f"，{len(plan.held)} 个已有、没有改动" if plan.held else ""
    write_text(f"添加 {len(plan.new)} 个帐号{kept}。")
    if plan.new:
        write_text(f"首次密码在：{target}（发给本人后请删掉）")
    if plan.refused:
        raise typer.Exit(1)


@command(cls=ChineseCommand)
def reset(login: Login, data: DataDir = None) -> None:
    """重置密码，显示新的首次密码；锁定也随之解除。"""
    with _opened(data) as opened:
        _tell(opened.find(login).login, opened.reset(login, COMMAND_LINE))


@command(cls=ChineseCommand)
def disable(login: Login, data: DataDir = None) -> None:
    """停用帐号：马上退出登录，不能再进；对话都留着。"""
    with _opened(data) as opened:
        opened.set_disabled(login, COMMAND_LINE, disabled=True)
    write_text(f"已停用：{login}")


@command(cls=ChineseCommand)
def enable(login: Login, data: DataDir = None) -> None:
    """重新启用停用的帐号。"""
    with _opened(data) as opened:
        opened.set_disabled(login, COMMAND_LINE, disabled=False)
    write_text(f"已启用：{login}")


@command(cls=ChineseCommand)
def unlock(login: Login, data: DataDir = None) -> None:
    """解除因多次输错密码而来的锁定。"""
    with _opened(data) as opened:
        opened.unlock(login, COMMAND_LINE)
    write_text(f"已解锁：{login}")


@command(cls=ChineseCommand)
def role(
    login: Login,
    new: Annotated[str, typer.Argument(metavar="ROLE", help="读者或管理员。")],
    data: DataDir = None,
) -> None:
    """改角色。"""
    wanted = role_of(new)
    with _opened(data) as opened:
        opened.set_role(login, wanted, COMMAND_LINE)
    write_text(f"{login} 现在是{ROLE_NAMES[wanted]}。")


@command("list", cls=ChineseCommand)
def list_(data: DataDir = None, as_json: AsJson = False) -> None:
    """列出帐号。"""
    with _opened(data) as opened:
        found, locked = opened.all(), opened.locked()
    if as_json:
        write_json_array({**one.model_dump(), "locked": one.login in locked} for one in found)
        return
    for one in found:
        write_text("  ".join(filter(None, (one.login, one.name, ROLE_NAMES[one.role], state(one, locked)))))
    if not found:
        say("还没有帐号。用 jushi accounts add 添加。")


@command(cls=ChineseCommand)
def audit(
    data: DataDir = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="把全部操作记录写成 Excel 文件。")
    ] = None,
    words: Annotated[str, typer.Option("--find", metavar="WORDS", help="只列含有这些词的。")] = "",
) -> None:
    """操作记录：谁、何时、做了什么；并核对记录有没有被改动过。"""
    from assistant.accounts.spreadsheets import audit_workbook, write_private

    with closing(AuditLog(chosen_data_dir(data))) as log:
        if xlsx:
            write_private(xlsx.expanduser(), audit_workbook(log.all()))
            write_text(f"已写入 {xlsx}。")
        else:
            for one in reversed(log.latest(_MOST_LISTED, words)):
                write_text(
                    "  ".join(filter(None, (local_time(one.at), one.who, one.action, one.about, one.address)))
                )
        broken = log.broken_at()
    if broken:
        say(f"操作记录从第 {broken} 条起被改动过，请查明原因。")
        raise typer.Exit(1)


def state(account: Account, locked: frozenset[str]) -> str:
    """Returns what is special about an account, "" if nothing is."""
    if account.disabled:
        return "已停用"
    if account.login in locked:
        return "暂时锁定"
    return "未改首次密码" if account.must_change else ""


def _tell(login: str, password: str) -> None:
    write_text(f"帐号：{login}\n首次密码：{password}")
    say("请把首次密码告诉本人；第一次登录时要改成自己的。")
