"""One call of the model: within the breaker, tried again where that helps, as claims when it streams."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.llm.breaker import Breaker
from assistant.llm.failures import ModelFailure, failure_line
from assistant.llm.parsing import Claim, ReplyParser
from assistant.llm.ports import ChatPort, ModelState
from prompts import load


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls the model.

    Attributes:
        wait: Sleeps for some seconds.
        most_wait: Seconds that are waited for a busy endpoint, at most; else the extract stands in.
    """

    chat: ChatPort
    breaker: Breaker
    wait: Callable[[float], None]
    most_wait: float = 2.0

    def claims(self, prompt: str, **values: str) -> Iterator[Claim]:
        """Yields the claims of the reply to a prompt, each once the next begins. Raises ModelFailure."""
        parser = ReplyParser()
        for part in self._reply(prompt, values):
            yield from parser.feed(part)
        yield from parser.finish()

    def state(self) -> ModelState:
        """Returns how the model stands."""
        if self.breaker.resting:
            last = self.breaker.last or "resting"
            text = failure_line(last, self.chat.place) + "暂停使用片刻后会自动再试，其间逐句摘自原文作答。"
            return ModelState(model=self.chat.name, state="resting", text=text)
        return ModelState(
            model=self.chat.name, state="ready", text=f"由模型 {self.chat.name} 组织语言，逐句核对后才显示。"
        )

    def _reply(self, prompt: str, values: dict[str, str]) -> Iterator[str]:
        for last in (False, True):
            self.breaker.enter()
            structured, begun = self.chat.structured, False
            form = load("form_json" if structured else "form_lines").text.strip()
            try:
                for part in self.chat.stream(load(prompt).render(form=form, **values)):
                    begun = True
                    yield part
            except ModelFailure as failure:
                plain_next = failure.kind == "refused" and structured and not self.chat.structured
                pause = self._pause(failure)
                if last or begun or not (plain_next or pause is not None):
                    self.breaker.failed(failure)
                    raise
                self.wait(pause or 0.0)
                continue
            self.breaker.succeeded()
            return

    def _pause(self, failure: ModelFailure) -> float | None:
        """Returns how long to wait before a busy endpoint is called once more, None if it is too long."""
        if failure.kind != "busy":
            return None
        pause = 0.5 if failure.retry_after is None else failure.retry_after
        return pause if pause <= self.most_wait else None
