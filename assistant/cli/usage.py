"""Wrong usage and help texts in Chinese; typer itself speaks English only."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# typer's base of all usage errors; its module is private and has moved between versions.
UsageError: type[Any] = typer.BadParameter.__mro__[1]

_HELP = (
    (re.compile(r"^Usage: ", re.M), "用法: "),
    (re.compile(r"^Options:$", re.M), "选项："),
    (re.compile(r"^Arguments:$", re.M), "参数："),
    (re.compile(r"^Commands:$", re.M), "命令："),
    (re.compile(r"Show this message and exit\."), "显示本帮助后退出。"),
    (re.compile(r"\s*(?:\[required\]|<(?:str|path|list\[\w+\])>)"), ""),
    (re.compile(r"\[OPTIONS\]"), "[选项]"),
    (re.compile(r"\s*\[[^\]\n]*\bx<=[^\]\n]*\]"), ""),
)
_MESSAGES = (
    (re.compile(r"No such command '(?P<what>.*?)'"), "没有“{what}”这个命令"),
    (re.compile(r"No such option: (?P<what>\S+)"), "没有“{what}”这个选项"),
    (
        re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((?P<what>.*)\)"),
        "多出了参数“{what}”（含空格的内容请加引号）",
    ),
    (re.compile(r"Option '(?P<what>.*?)' requires an argument"), "选项“{what}”后面缺少值"),
    (re.compile(r"Option '(?P<what>.*?)' does not take a value"), "选项“{what}”后面不带值"),
)
_MEANT = re.compile(r"Did you mean (.*)\?")


def explain_usage(error: Any) -> str:
    """Returns what is wrong with the command line in Chinese, and where to look it up."""
    command = error.ctx.command_path if error.ctx else "jushi"
    return f"用法不对：{_reason(error)}。\n运行 {command} --help 可查看用法。"


def _reason(error: Any) -> str:
    kind = type(error).__name__
    message = error.message or ""
    name = _parameter_name(error)
    if kind == "MissingParameter":
        return f"缺少“{name}”"
    if kind == "BadParameter":
        if name:
            return f"“{name}”的值不能用{_allowed(error)}"
        return message.rstrip("。")
    for pattern, chinese in _MESSAGES:
        if found := pattern.search(message):
            return chinese.format(what=found["what"]) + _suggestion(error)
    return "命令写得不完整" if message == "Missing command." else message.rstrip(".")


def _suggestion(error: Any) -> str:
    meant = list(getattr(error, "possibilities", None) or ())
    if found := _MEANT.search(error.message):
        meant += re.findall(r"'([^']*)'", found[1])
    if not meant and "command" in error.message and not error.message.isascii():
        return "。要提问请用 jushi ask 问题"
    return f"。是不是想用 {' 或 '.join(meant)}" if meant else ""


def _parameter_name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    options = [name for name in getattr(parameter, "opts", []) if name.startswith("-")]
    return options[0] if options else str(parameter.metavar or parameter.name)


def _allowed(error: Any) -> str:
    parameter = error.param
    low, high = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if low is not None and high is not None:
        return f"，应是 {low:g} 到 {high:g} 的整数"
    if parameter.metavar and "|" in parameter.metavar:
        return f"，应是 {parameter.metavar.replace('|', ' 或 ')}"
    return ""


def _translated(formatter: Any) -> None:
    text = "".join(formatter.buffer)
    for pattern, chinese in _HELP:
        text = pattern.sub(chinese, text)
    formatter.buffer[:] = [text]


class ChineseCommand(TyperCommand):
    """A command whose help page is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help page."""
        super().format_help(ctx, formatter)
        _translated(formatter)


class ChineseGroup(TyperGroup):
    """A group of commands whose help page is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help page."""
        super().format_help(ctx, formatter)
        _translated(formatter)


class ChineseProgram(ChineseGroup):
    """The whole program: `chat` where no command is given."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Returns the arguments with `chat` put in front where they name no command."""
        if not args or (args[0].startswith("-") and args[0] not in {"--help", "-h", "--version"}):
            args = ["chat", *args]
        return super().parse_args(ctx, args)
