"""Files and pasted texts from the browser: the addresses the page's scripts call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import FileResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from assistant.app.services import Services
from assistant.explain import explain
from assistant.shelf.pasted import Pasted, prefill
from assistant.shelf.receiving import MOST_BYTES, TOO_LARGE
from retrieval import IngestResult, RetrievalError

# A page of another site cannot send this header without asking, and it is never allowed to.
OWN_HEADER = "x-jushi"
_LEAVE = "--allow-internal"  # the command line's word for it, named in the reason
_MOST_JSON = 8 * 1024 * 1024


def library_routes(services: Services) -> APIRouter:
    """Returns the routes that add to the library; only administrators may use them."""
    router = APIRouter(prefix="/library")

    def check(request: Request) -> None:
        if OWN_HEADER not in request.headers:
            raise HTTPException(403, "只能从据实的页面添加资料。")
        if not services.person_of(request).may("add"):
            raise HTTPException(403, "只有管理员能添加资料。")

    @router.post("/files")
    async def receive(request: Request, name: str, internal: bool = False) -> list[dict[str, Any]]:
        check(request)
        content = await read_body(request, MOST_BYTES)
        found = await run_in_threadpool(services.receiver.receive, name, content, allow_internal=internal)
        services.note(request, "上传", f"{name}：{outcome(found)}")
        return [shown(one) for one in found]

    @router.post("/prefill")
    async def fill(request: Request) -> dict[str, Any]:
        check(request)
        text = (await read_body(request, _MOST_JSON)).decode("utf-8", "replace")
        return (await run_in_threadpool(prefill, text)).model_dump(exclude={"text"})

    @router.post("/texts")
    async def paste(request: Request, internal: bool = False) -> list[dict[str, Any]]:
        check(request)
        try:
            given = Pasted.model_validate_json(await read_body(request, _MOST_JSON))
        except ValidationError as error:
            raise HTTPException(422, "粘贴的内容不完整。请重试。") from error
        found = await run_in_threadpool(services.receiver.paste, given, allow_internal=internal)
        services.note(request, "上传", f"{given.title}（粘贴）：{outcome([found])}")
        return [shown(found)]

    _add_original(router, services)
    return router


def _add_original(router: APIRouter, services: Services) -> None:
    @router.get("/originals/{article_id}")
    def original(request: Request, article_id: str) -> Response:
        try:
            path = services.assistant.library.original(article_id)
        except RetrievalError as error:
            raise HTTPException(404, explain(error)) from error
        if path is None:
            raise HTTPException(404, "这篇文章没有原文件。")
        name = services.assistant.library.original_name(article_id) or path.name
        services.note(request, "导出", f"原文件 {name}")
        return FileResponse(path, filename=name, media_type="application/octet-stream")


async def read_body(request: Request, most: int) -> bytes:
    """Returns a request's body, kept in memory only. Raises HTTPException if it is longer than `most`."""
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > most:
            raise HTTPException(413, TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def outcome(results: Sequence[IngestResult]) -> str:
    """Returns what became of the articles of a file, for the audit log."""
    kept = [one.article_id for one in results if one.result != "rejected"]
    told = [f"收入{len(kept)}篇（{'、'.join(kept)}）"] if kept else []
    refused = [one.reason for one in results if one.result == "rejected"]
    return "；".join([*told, *(f"未收入：{reason}" for reason in dict.fromkeys(refused))])


def shown(result: IngestResult) -> dict[str, Any]:
    """Returns a result for the page; `asks` tells that it is a person's to decide whether it may be kept."""
    asks = _LEAVE in result.reason
    reason = result.reason.replace(f"，再用 {_LEAVE} 重新导入", "，再添加一次")
    return {**result.model_dump(), "reason": reason, "asks": asks}
