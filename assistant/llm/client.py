"""A chat model through LangChain, with bounded waits. The only importer of chat models.

A call runs in a thread of its own: whatever a library does while it waits, the caller gives up in time.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

from assistant.llm.failures import FailureKind, ModelFailure
from assistant.llm.settings import OLLAMA, ModelSettings
from assistant.llm.tracing import switch_off_tracing

_END = object()
_BY_STATUS: dict[int, FailureKind] = {401: "unauthorised", 403: "unauthorised", 408: "stalled", 429: "busy"}
_MOST_CHARACTERS = 20_000
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "statements": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "evidence": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["text", "evidence"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["statements"],
    "additionalProperties": False,
}


class LangChainChat:
    """A ChatPort over any chat model that LangChain knows; built when it is first asked."""

    def __init__(self, settings: ModelSettings, build: Callable[[ModelSettings], Any] | None = None) -> None:
        self._settings = settings
        self._build = build or build_chat_model
        self._lock = threading.Lock()
        self._model: Any = None
        self._structured = settings.structured != "off"

    @property
    def name(self) -> str:
        """The model's name."""
        return self._settings.name

    @property
    def place(self) -> str:
        """Host and port of its endpoint."""
        return self._settings.place

    @property
    def structured(self) -> bool:
        """Whether replies are asked for as JSON by schema; off once the endpoint has refused it."""
        return self._structured

    def stream(self, prompt: str) -> Iterator[str]:
        """Yields the reply in parts as they come. Raises ModelFailure."""
        try:
            model = self._opened(self._structured)  # not within the bounds: nothing is waited for yet
        except Exception as error:  # noqa: BLE001 - see `_pump`
            raise classify(error) from None
        parts: queue.Queue[Any] = queue.Queue()
        stopped = threading.Event()
        worker = threading.Thread(
            target=_pump, args=(model, prompt, parts, stopped), daemon=True, name="jushi-model"
        )
        worker.start()
        try:
            yield from self._received(parts)
        finally:
            stopped.set()

    def _received(self, parts: queue.Queue[Any]) -> Iterator[str]:
        until = time.monotonic() + self._settings.most_seconds
        characters = 0
        while True:
            left = min(self._settings.patience, until - time.monotonic())
            try:
                part = parts.get(timeout=max(0.0, left))
            except queue.Empty:
                raise ModelFailure("stalled") from None
            if part is _END:
                return
            if isinstance(part, ModelFailure):
                if part.kind == "refused" and self._structured and self._settings.structured == "auto":
                    self._structured = False
                raise part
            yield part
            characters += len(part)
            if characters > _MOST_CHARACTERS:
                return  # what was said so far is checked like any reply

    def _opened(self, structured: bool) -> Any:
        with self._lock:
            if self._model is None:
                self._model = self._build(self._settings)
            model = self._model
        if not structured:
            return model
        if self._settings.provider == "ollama":
            return model.bind(format=SCHEMA)
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
        return model.bind(extra_body={"response_format": form})


def _pump(model: Any, prompt: str, parts: queue.Queue[Any], stopped: threading.Event) -> None:
    """Puts the reply's parts into the queue, at last its end or a ModelFailure."""
    from langsmith.run_helpers import tracing_context

    try:
        with tracing_context(enabled=False):
            for chunk in model.stream([("human", prompt)]):
                if stopped.is_set():
                    return
                if chunk.text:
                    parts.put(str(chunk.text))
        parts.put(_END)
    except Exception as error:  # noqa: BLE001 - libraries raise what they like; all ends in a failure's line
        empty = type(error) is ValueError  # how LangChain reports a reply without a single part
        parts.put(_END if empty else classify(error))


def build_chat_model(settings: ModelSettings) -> Any:
    """Returns LangChain's chat model for the settings. Raises ModelFailure if it cannot be built."""
    if find_spec(f"langchain_{settings.provider.replace('-', '_')}") is None:
        raise ModelFailure("missing")
    base_url = settings.base_url or (OLLAMA if settings.provider == "ollama" else "")
    if not base_url:  # else the library would turn to its maker's own service
        raise ModelFailure("unplaced")
    switch_off_tracing()
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"temperature": settings.temperature}
    key = settings.key.get_secret_value()
    if settings.provider == "openai":
        # A key of the environment must not go to an endpoint it was not meant for: ours is always handed in.
        given |= {"api_key": key or "none", "max_retries": 0, "use_responses_api": False}
        given |= {"timeout": settings.patience, "stream_usage": False}
    elif settings.provider == "ollama":
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        given["client_kwargs"] = {"timeout": settings.patience, "headers": headers}
    elif key:
        given["api_key"] = key
    given["base_url"] = base_url
    return init_chat_model(settings.name, model_provider=settings.provider, **given)


def classify(error: Exception) -> ModelFailure:
    """Returns what a library's error means to us; its text is left behind."""
    if isinstance(error, ModelFailure):
        return error
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status > 0:
        kind = _BY_STATUS.get(status, "broken" if status >= 500 else "refused")
        return ModelFailure(kind, _retry_after(error))
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    if "Timeout" in names:
        return ModelFailure("stalled")
    if isinstance(error, ImportError):
        return ModelFailure("missing")
    if isinstance(error, OSError) or "Connect" in names or "Protocol" in names or "ReadError" in names:
        return ModelFailure("unreachable")
    return ModelFailure("broken")


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return float(headers.get("retry-after", ""))
    except ValueError:
        return None
