"""`jushi mcp`: the library as MCP tools, over standard input and output."""

from __future__ import annotations

from importlib.util import find_spec

import typer

from assistant.cli.console import say
from assistant.cli.opening import chosen_data_dir, openers
from assistant.cli.options import DataDir


def mcp(context: typer.Context, data: DataDir = None) -> None:
    """作为 MCP 服务供其他程序调用（标准输入输出）：提问、检索、数字、文章。"""
    if find_spec("mcp") is None:
        say("缺少 MCP 组件。请安装：pip install 'jushi[mcp]'。")
        raise typer.Exit(1)
    from assistant.service.mcp_server import build_mcp_server

    with openers(context).assistant(chosen_data_dir(data)) as assistant:
        build_mcp_server(assistant).run("stdio")
