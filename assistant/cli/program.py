"""The program `jushi`: its commands, and the one place where failures become a line and an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer
from pydantic import ValidationError

from assistant.accounts.records import AccountError
from assistant.cli import library
from assistant.cli.accounts import accounts
from assistant.cli.ask import ask
from assistant.cli.chat import chat
from assistant.cli.console import prepare_streams, say, write_text
from assistant.cli.figures import figures
from assistant.cli.keeping import backup, rebuild, restore
from assistant.cli.mcp import mcp
from assistant.cli.opening import Openers
from assistant.cli.search import search
from assistant.cli.usage import ChineseCommand, ChineseProgram, UsageError, explain_usage
from assistant.cli.verify import verify
from assistant.explain import explain
from retrieval import RetrievalError

DONE, REFUSED, WRONG_USAGE = 0, 1, 2

program = typer.Typer(
    cls=ChineseProgram,
    help="据实：句句有据，数数可查。不写命令时打开问答界面。",
    add_completion=False,
    rich_markup_mode=None,
    subcommand_metavar="命令 [参数]…",
    context_settings={"help_option_names": ["--help", "-h"]},
)
for _command in (
    chat,
    ask,
    search,
    figures,
    verify,
    library.ingest,
    library.articles,
    library.article,
    library.remove,
    library.check,
    rebuild,
    backup,
    restore,
    mcp,
):
    program.command(cls=ChineseCommand)(_command)
program.add_typer(accounts)


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        write_text(f"jushi {version('jushi')}")
    except PackageNotFoundError:
        write_text("jushi（未安装，直接从源代码运行）")
    raise typer.Exit


@program.callback()
def _program(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="显示版本后退出。")
    ] = False,
) -> None:
    """据实：句句有据，数数可查。不写命令时打开问答界面。"""


def run(arguments: Sequence[str] | None = None, openers: Openers | None = None) -> int:
    """Returns the exit code: 0 done, 1 something was refused, 2 wrong usage. Says failures in Chinese."""
    prepare_streams()
    command = typer.main.get_command(program)
    try:
        code = command.main(
            args=arguments, prog_name="jushi", standalone_mode=False, obj=openers or Openers()
        )
    except UsageError as error:
        say(explain_usage(error))
        return WRONG_USAGE
    except (RetrievalError, AccountError, OSError, ValidationError) as error:
        say(explain(error))
        return REFUSED
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    if code == 130:  # how typer reports Ctrl+C
        say("已中断。")
        return REFUSED
    return code if isinstance(code, int) else DONE
