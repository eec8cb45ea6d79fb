"""What a question takes for granted: endings and reversals («为什么取消了…») that the answer's sentence must tell of."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.reading.asked import Asked

# Verbs that tell of an end or a turn for the worse. Whoever asks why or when it came about holds it for a fact.
_ENDS = re.compile(
    "取消|撤销|撤并|裁撤|停用|停办|停止|停产|停了|叫停|废止|废除|关闭|关停|解散|终止|中止|暂停|解除|淘汰|拆除|退出|推迟|延期|并入|"
    "下降|减少|下滑|下跌|回落|降低|缩减|恶化|失败|流失|亏损|倒闭|搁置|放弃|禁止|下架|退还|追回|辞职|免职|落马|被查|处分|通报批评"
)
_TOLD = 0.5
_ASKS = frozenset({"purpose", "date", "person", "organisation", "place", "other"})


def presumed(asked: Asked) -> tuple[str, ...]:
    """Returns the endings and reversals that a question takes for granted."""
    if asked.question.kind not in _ASKS:
        return ()
    quoted = "".join(asked.question.quoted)
    return tuple(v for v in _ENDS.findall(asked.question.text) if v not in quoted)


def untold(asked: Asked, text: str, around: str, match: Callable[[str, str], float]) -> bool:
    """Returns whether neither a sentence nor what stands around it tells of what the question takes for granted."""
    return any(max(match(v, text), match(v, around)) < _TOLD for v in presumed(asked))
