"""Drafts as files: read into the page, given back annotated. Nothing of them is kept."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.app.library_routes import OWN_HEADER, read_body
from assistant.app.services import Services
from assistant.app.verify_html import MOST_CHARACTERS
from assistant.drafts.annotating import annotated_docx
from assistant.drafts.reading import draft_text
from assistant.explain import explain
from assistant.shelf.receiving import MOST_BYTES
from retrieval import RetrievalError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draft_routes(services: Services) -> APIRouter:
    """Returns the routes that read a draft's file and give a checked draft as a Word file."""
    router = APIRouter(prefix="/drafts")

    @router.post("/text")
    async def text(request: Request, name: str) -> dict[str, str]:
        _check(request)
        content = await read_body(request, MOST_BYTES)
        return (await run_in_threadpool(draft_text, name, content)).model_dump()

    @router.post("/annotated.docx")
    async def annotated(request: Request) -> Response:
        _check(request)
        draft = (await read_body(request, 4 * MOST_CHARACTERS)).decode("utf-8", "replace")
        try:
            report = await run_in_threadpool(services.assistant.verify, draft)
        except (RetrievalError, OSError) as error:
            raise HTTPException(503, explain(error)) from error
        made = await run_in_threadpool(annotated_docx, draft, report)
        services.note(request, "导出", "批注 Word")
        return Response(made, media_type=DOCX)

    return router


def _check(request: Request) -> None:
    if OWN_HEADER not in request.headers:
        raise HTTPException(403, "只能从据实的页面核对材料。")
