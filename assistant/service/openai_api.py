"""`/v1/chat/completions` as OpenAI's clients know it, streaming too: verified answers with their sources.

Off unless keys are set. A client gets the answer as text; the whole Answer stands beside it as `jushi`.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool

from assistant.explain import explain
from assistant.models import Answer, AnswerEvent, Mode
from assistant.ports import AssistantPort
from assistant.service.conversation import Message, history_of, pieces, question_of, text_of
from assistant.service.keys import is_allowed
from retrieval import RetrievalError

MODELS: dict[str, Mode | None] = {"jushi": None, "jushi-extractive": "extractive", "jushi-llm": "llm"}
_MOST_BYTES = 1_000_000


class ChatRequest(BaseModel):
    """What of a request is read; everything else a client sends is taken and left unused."""

    model_config = ConfigDict(extra="ignore")

    model: str = "jushi"
    messages: list[Message]
    stream: bool = False


def openai_routes(assistant: AssistantPort, keys: Collection[str]) -> APIRouter:
    """Returns the routes; without keys there are none."""
    router = APIRouter()
    if not keys:
        return router

    @router.get("/v1/models")
    def models(request: Request) -> Response:
        if refusal := _refused(request, keys):
            return refusal
        known = [{"id": name, "object": "model", "created": 0, "owned_by": "jushi"} for name in MODELS]
        return JSONResponse({"object": "list", "data": known})

    @router.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        if refusal := _refused(request, keys):
            return refusal
        body = await request.body()
        if len(body) > _MOST_BYTES:
            return _error(413, "请求太大。请缩短对话。")
        try:
            asked = ChatRequest.model_validate_json(body)
        except ValidationError:
            return _error(400, "请求的格式不对：要有 messages，每条有 role 和 content。")
        if asked.model not in MODELS:
            return _error(404, f"没有这个模型。可用：{'、'.join(MODELS)}。")
        return await run_in_threadpool(_respond, assistant, asked)

    return router


def _respond(assistant: AssistantPort, asked: ChatRequest) -> Response:
    try:
        history = history_of(asked.messages, assistant)
        steps = assistant.ask_stream(question_of(asked.messages), history, None, MODELS[asked.model])
        if asked.stream:
            return StreamingResponse(_chunks(asked.model, steps), media_type="text/event-stream")
        answer = cast(Answer, [*steps][-1].answer)
    except (RetrievalError, OSError) as error:
        return _error(503, explain(error))
    return JSONResponse({
        **_head(asked.model, "chat.completion"),
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text_of(answer)},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        "jushi": answer.model_dump(mode="json"),
    })


def _chunks(model: str, steps: Iterator[AnswerEvent]) -> Iterator[bytes]:
    """Yields the events of a streamed reply; a failure is told in words before the end."""
    head = _head(model, "chat.completion.chunk")

    def chunk(delta: dict[str, Any], end: str | None = None, **more: Any) -> bytes:
        choices = [{"index": 0, "delta": delta, "finish_reason": end}]
        return (
            b"data: "
            + json.dumps({**head, "choices": choices, **more}, ensure_ascii=False).encode()
            + b"\n\n"
        )

    last: list[Answer] = []
    yield chunk({"role": "assistant", "content": ""})
    try:
        for piece in pieces(_kept(steps, last.append)):
            yield chunk({"content": piece})
    except (RetrievalError, OSError) as error:
        yield chunk({"content": explain(error)})
    more = {"jushi": last[0].model_dump(mode="json")} if last else {}
    yield chunk({}, "stop", **more)
    yield b"data: [DONE]\n\n"


def _kept(steps: Iterator[AnswerEvent], keep: Callable[[Answer], None]) -> Iterator[AnswerEvent]:
    for event in steps:
        if event.answer is not None:
            keep(event.answer)
        yield event


def _head(model: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": model}


def _refused(request: Request, keys: Collection[str]) -> Response | None:
    if is_allowed(request.headers.get("authorization", ""), keys):
        return None
    return _error(401, "密钥不对或没有给。请在请求头里写 Authorization: Bearer 密钥。")


def _error(status: int, message: str) -> JSONResponse:
    kind = "authentication_error" if status == 401 else "invalid_request_error"
    return JSONResponse({"error": {"message": message, "type": kind, "code": status}}, status_code=status)
