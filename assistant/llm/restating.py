"""A later turn that the rules leave open, put into a question of its own by the model; words checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.llm.calls import Caller
from assistant.llm.failures import ModelFailure
from assistant.models import Answer
from assistant.orders import gives_orders, visible
from prompts import one_line

_MOST_TURNS = 4
_LONGEST = 200
_ASKING = re.compile(
    r"多少|什么|哪些?|哪个|谁|何时|时候|如何|怎么样?|是否|请问|各|是|有|的|呢|吗|和|与|在|了|分别|占|[?？,，、。]"
)

Turn = tuple[str, Answer]


def restated(
    caller: Caller, words: Callable[[str], Sequence[str]], question: str, history: Sequence[Turn]
) -> str:
    """Returns the question as the model puts it, "" if it adds what the conversation does not hold."""
    turns = history[-_MOST_TURNS:]
    lines = [f"问：{asked} 答：{answer.short_answer or '（略）'}" for asked, answer in turns]
    earlier = "\n".join(one_line(visible(line)) for line in lines)
    if gives_orders(question) or gives_orders(earlier):
        return ""
    try:
        claims = list(caller.claims("standalone", earlier=earlier, question=one_line(visible(question))))
    except ModelFailure:
        return ""  # the rules' own reading stands
    text = claims[0].text if claims else ""
    known = question + earlier + "".join(answer.standalone_question for _, answer in turns)
    return text if text != question and len(text) <= _LONGEST and _adds_nothing(text, known, words) else ""


def _adds_nothing(text: str, known: str, words: Callable[[str], Sequence[str]]) -> bool:
    rest = _ASKING.sub(" ", text)
    return bool(rest.strip()) and all(word in known for piece in rest.split() for word in words(piece))
