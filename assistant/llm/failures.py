"""What can go wrong with a model's endpoint, each with the Chinese line that says what to do."""

from __future__ import annotations

from typing import Literal

FailureKind = Literal[
    "unreachable", "unauthorised", "refused", "busy", "broken", "stalled", "unusable", "missing",
    "unplaced", "resting",
]  # fmt: skip

_LINES: dict[FailureKind, str] = {
    "unreachable": "模型接口{place}连不上。请检查模型服务是否在运行、JUSHI_LLM_BASE_URL 是否正确。",
    "unauthorised": "模型接口{place}不认密钥。请检查 JUSHI_LLM_KEY。",
    "refused": "模型接口{place}拒绝了请求。请检查 JUSHI_LLM 的模型名和 JUSHI_LLM_BASE_URL。",
    "busy": "模型接口{place}正忙，要求稍后再试。",
    "broken": "模型接口{place}内部出错。请查看模型服务的日志。",
    "stalled": "模型接口{place}迟迟没有回应，已不再等。需要更久请调大 JUSHI_LLM_TIMEOUT。",
    "unusable": "模型给出的内容没有可以核对的句子。",
    "missing": "缺少接入模型的组件。请安装：pip install 'jushi[llm]'。",
    "unplaced": "没有写模型接口的地址。请用 JUSHI_LLM_BASE_URL 指明。",
    "resting": "模型接口{place}刚刚失败过，暂停使用片刻后会自动再试。",
}


class ModelFailure(Exception):
    """A call that gave no usable reply.

    Never carries what the endpoint or its library said: that may hold the key.

    Attributes:
        kind: What went wrong.
        retry_after: Seconds after which the endpoint asks to be called again, None if it does not say.
    """

    def __init__(self, kind: FailureKind, retry_after: float | None = None) -> None:
        super().__init__(kind)
        self.kind: FailureKind = kind
        self.retry_after = retry_after


def failure_line(kind: FailureKind, place: str = "") -> str:
    """Returns the Chinese line for a failure at an endpoint.

    >>> failure_line("unauthorised", "127.0.0.1:8000")
    '模型接口（127.0.0.1:8000）不认密钥。请检查 JUSHI_LLM_KEY。'
    """
    return _LINES[kind].format(place=f"（{place}）" if place else "")
