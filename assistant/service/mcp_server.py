"""MCP tools over the library: ask, search, figures, article. The only importer of the `mcp` package."""

from __future__ import annotations

from typing import Any

from mcp.server.mcpserver import MCPServer

from assistant.explain import explain
from assistant.ports import AssistantPort
from retrieval import Query, RetrievalError

MOST_HITS = 20
MOST_FIGURES = 50
_ABOUT = (
    "据实：资料库中政策与新闻文章的问答。每句回答注明出处，每个数字都与原句核对过；"
    "文章里没有的，状态为 abstained，请照实转告，不要另行补充。"
)


def build_mcp_server(assistant: AssistantPort) -> MCPServer[Any]:
    """Returns a server with the four tools; what they return is JSON as the command line gives it."""
    server: MCPServer[Any] = MCPServer("jushi", title="据实", instructions=_ABOUT, log_level="ERROR")

    @server.tool(title="提问")
    def ask(question: str, scope: list[str] | None = None) -> dict[str, Any]:
        """就资料库里的文章提问，返回逐句有出处、数字核对过的回答。scope 是文章编号，限定只查这些文章。"""
        try:
            return assistant.ask(question, (), scope).model_dump(mode="json")
        except (RetrievalError, OSError) as error:
            return _failed(error)

    @server.tool(title="检索")
    def search(question: str, k: int = 5, scope: list[str] | None = None) -> dict[str, Any]:
        """检索最相关的原文段落，不作回答。"""
        limits = frozenset(scope) if scope else None
        try:
            query = Query(text=question, scope=limits, top_k=max(1, min(k, MOST_HITS)))
            return {"hits": [hit.model_dump(mode="json") for hit in assistant.library.search(query)]}
        except (RetrievalError, OSError) as error:
            return _failed(error)

    @server.tool(title="数字台账")
    def figures(query: str, region: str = "") -> dict[str, Any]:
        """查文章里的数字：指标、数值、单位、地区、时间和原句。"""
        try:
            rows = assistant.figures(query, region)[:MOST_FIGURES]
        except (RetrievalError, OSError) as error:
            return _failed(error)
        return {"figures": [row.model_dump(mode="json") for row in rows]}

    @server.tool(title="看文章")
    def article(article_id: str) -> dict[str, Any]:
        """返回一篇文章的题名、来源、日期和全文。"""
        try:
            return assistant.library.article(article_id).model_dump(mode="json")
        except (RetrievalError, OSError) as error:
            return _failed(error)

    return server


def _failed(error: Exception) -> dict[str, Any]:
    return {"error": explain(error)}
