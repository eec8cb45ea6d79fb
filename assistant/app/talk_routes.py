"""Files attached to a conversation: the address the page's scripts call."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool

from assistant.app.library_routes import OWN_HEADER, read_body, shown
from assistant.app.services import Services
from assistant.shelf.receiving import MOST_BYTES


def talk_routes(services: Services) -> APIRouter:
    """Returns the route that attaches a file to one of the person's own conversations."""
    router = APIRouter(prefix="/talks")

    @router.post("/files")
    async def attach(request: Request, name: str, talk: str = "", internal: bool = False) -> dict[str, Any]:
        if OWN_HEADER not in request.headers:
            raise HTTPException(403, "只能从据实的页面附文件。")
        owner = services.person_of(request).owner
        content = await read_body(request, MOST_BYTES)
        key, results = await run_in_threadpool(
            services.attaching.attach, owner, talk, name, content, allow_internal=internal
        )
        services.note(request, "附文件", f"{len(results)}个（只有本人看得到）")
        return {"talk": key, "results": [shown(one) for one in results]}

    return router
