"""Answers, conversations and spreadsheets of questions as files to download."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from threading import BoundedSemaphore
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from assistant.app.library_routes import OWN_HEADER, read_body
from assistant.app.services import Services
from assistant.conversations.talk import NOTHING_IN_SCOPE
from assistant.explain import explain
from assistant.export import to_docx, to_markdown, to_xlsx
from assistant.export.parts import STATES, file_name, title_of, worth_keeping
from assistant.export.questions import QuestionBook, UnusableWorkbook
from assistant.models import Answer, Mode
from assistant.ports import Turn
from assistant.scoping import Scope, article_ids
from retrieval import RetrievalError

MOST_BYTES = 10 * 1024 * 1024
_AT_ONCE = 2  # spreadsheets answered at a time, so that other people's questions are not kept waiting
_BUSY = "正在给别的表格作答，请过几分钟再试。"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is called, its name's ending and media type, how it is made."""

    said: str
    ending: str
    media: str
    make: Callable[[Sequence[Turn], str], bytes]


KINDS = {
    "final": Kind("Word 成稿", "（成稿）.docx", _DOCX, lambda turns, title: to_docx(turns, title=title)),
    "review": Kind(
        "Word 核稿版", "（核稿版）.docx", _DOCX, lambda turns, title: to_docx(turns, review=True, title=title)
    ),
    "markdown": Kind(
        "Markdown", ".md", "text/markdown", lambda turns, title: to_markdown(turns, title).encode()
    ),
    "sheets": Kind("Excel 表格", "（数字和表格）.xlsx", _XLSX, lambda turns, title: to_xlsx(turns)),
}  # fmt: skip


def export_routes(services: Services) -> APIRouter:
    """Returns the routes that give a person their own answers as files."""
    router = APIRouter(prefix="/export")
    turnstile = BoundedSemaphore(_AT_ONCE)

    @router.get("/answer")
    def answer(request: Request, talk: str, kind: str, at: int = -1) -> Response:
        _check(request, services)
        wanted = KINDS.get(kind)
        if wanted is None:
            raise HTTPException(404, "没有这种导出格式。")
        turns, title = _turns(services, request, talk, at)
        content = wanted.make(turns, title)
        what = "1条回答" if at >= 0 else f"对话（{len(turns)}问）"
        services.note(request, "导出", f"{what}，{wanted.said}")
        return Response(
            content, media_type=wanted.media, headers=_named(f"{file_name(title)}{wanted.ending}")
        )

    @router.post("/questions")
    async def questions(request: Request, name: str, scope: str = "", mode: str = "") -> Response:
        _check(request, services)
        within = _within(services, scope)
        chosen: Mode | None = "extractive" if mode == "extractive" else None
        content = await read_body(request, MOST_BYTES)
        try:
            book = await run_in_threadpool(QuestionBook, content, name)
        except UnusableWorkbook as error:
            raise HTTPException(422, str(error)) from error
        if not turnstile.acquire(blocking=False):
            raise HTTPException(429, _BUSY)

        def ask(asked: str) -> Answer:
            return _asked(services, asked, within, chosen)

        async def lines() -> AsyncIterator[str]:
            try:
                async for line in _answered(book, ask, name):
                    yield line
                services.note(request, "导出", f"成批提问 {len(book.questions)} 问，Excel")
            finally:
                turnstile.release()

        # What stands between the app and the browser must not gather the lines: they tell the progress.
        unheld = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
        return StreamingResponse(lines(), media_type="application/x-ndjson", headers=unheld)

    return router


def _check(request: Request, services: Services) -> None:
    if OWN_HEADER not in request.headers or not services.person_of(request).may("export"):
        raise HTTPException(403, "只能从据实的页面导出。")


def _turns(services: Services, request: Request, talk: str, at: int) -> tuple[list[Turn], str]:
    """Returns what is to be exported of a person's own conversation, and its title."""
    found = services.talks.load(services.person_of(request).owner, talk)
    if found is None:
        raise HTTPException(404, "这次对话已经删除，或者不是您的。")
    chosen = found.exchanges if at < 0 else found.exchanges[at : at + 1]
    turns = worth_keeping([(one.question, one.answer) for one in chosen if one.answer is not None])
    if not turns:
        raise HTTPException(404, "没有可以导出的回答。")
    return turns, title_of(*turns[0]) if len(turns) == 1 else found.title


def _within(services: Services, scope: str) -> frozenset[str] | None:
    try:
        chosen = Scope.model_validate_json(scope or "{}")
    except ValidationError as error:
        raise HTTPException(422, "选定的范围不对。请取消范围，再试一次。") from error
    within = article_ids(chosen, services.assistant.library.articles())
    if within is not None and not within:
        raise HTTPException(422, NOTHING_IN_SCOPE)
    return within


def _asked(services: Services, asked: str, within: frozenset[str] | None, mode: Mode | None) -> Answer:
    """Returns the answer to a question of a spreadsheet; a fault fails that one question alone."""
    try:
        with services.priority.answering():
            return services.assistant.ask(asked, (), within, mode)
    except (RetrievalError, OSError) as error:
        return Answer(question=asked, status="rejected", text=explain(error))


async def _answered(book: QuestionBook, ask: Callable[[str], Answer], name: str) -> AsyncIterator[str]:
    """Yields how far it has come, line by line, and at last the file."""
    states: Counter[str] = Counter()
    yield _line(done=0, of=len(book.questions))
    for done, (row, asked) in enumerate(book.questions, start=1):
        answer = await run_in_threadpool(ask, asked)
        book.put(row, answer)
        states[STATES[answer.status]] += 1
        yield _line(done=done, of=len(book.questions))
    content = base64.b64encode(await run_in_threadpool(book.content)).decode()
    yield _line(name=f"{file_name(PurePath(name).stem)}（已作答）.xlsx", states=dict(states), content=content)


def _line(**told: object) -> str:
    return json.dumps(told, ensure_ascii=False) + "\n"


def _named(name: str) -> dict[str, str]:
    # Header values are Latin-1, so the name is percent-encoded.
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
