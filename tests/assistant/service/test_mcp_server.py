"""The MCP tools, driven by the official client: in this process, and over standard input and output."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from assistant import Assistant
from assistant.service.mcp_server import build_mcp_server

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "衡阳市有多少注册志愿者?"


def call(answering: Assistant, tool: str, **given: Any) -> dict[str, Any]:
    """Returns what a tool gives, through the official client."""

    async def run() -> dict[str, Any]:
        async with Client(build_mcp_server(answering)) as client:
            result = await client.call_tool(tool, given)
            assert not result.is_error
            return json.loads(result.content[0].text)

    return anyio.run(run)


def test_the_four_tools_are_offered_in_chinese(answering: Assistant) -> None:
    async def run() -> list[Any]:
        async with Client(build_mcp_server(answering)) as client:
            return list((await client.list_tools()).tools)

    tools = anyio.run(run)
    assert [tool.name for tool in tools] == ["ask", "search", "figures", "article"]
    assert all(tool.title and tool.description and not tool.description.isascii() for tool in tools)


def test_ask_gives_the_checked_answer(answering: Assistant) -> None:
    answer = call(answering, "ask", question=QUESTION)
    assert (answer["status"], answer["short_answer"]) == ("grounded", "约62万人")
    assert answer["citations"][0]["article_id"] == "hengyang"
    assert call(answering, "ask", question=QUESTION, scope=["luzhou"])["status"] == "abstained"


def test_search_figures_and_article(answering: Assistant) -> None:
    hits = call(answering, "search", question="网格员", k=2)["hits"]
    assert hits[0]["article_id"] == "xiangyang"
    assert len(hits) <= 2
    rows = call(answering, "figures", query="注册志愿者")["figures"]
    assert {"约62万人", "超48万余人"} <= {row["text"] for row in rows}
    assert call(answering, "article", article_id="luzhou")["text"].startswith("泸州市")


def test_what_is_not_there_is_told_in_chinese(answering: Assistant) -> None:
    assert "没有编号为" in call(answering, "article", article_id="nowhere")["error"]
    assert "没有编号为" in call(answering, "search", question="甲", scope=["nowhere"])["error"]


@pytest.mark.slow
def test_over_standard_input_and_output(three_cities: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "assistant", "mcp", "--data", str(three_cities)], cwd=ROOT
    )

    async def run() -> Any:
        async with Client(stdio_client(command)) as client:
            return await client.call_tool("ask", {"question": QUESTION})

    assert json.loads(anyio.run(run).content[0].text)["short_answer"] == "约62万人"
