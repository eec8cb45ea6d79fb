"""Turns about the answer just given: of what time its figure is, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.models import Answer, AnswerEvent, Citation, Passage, Statement

_THIS = r"(?:那么?|请问)?(?:这|那|上面|前面|刚才|以上)(?:个|些|组|条|项|里|句|段)?(?:话)?(?:说的)?(?:的)?"
_DATA = r"(?:数据|数字|统计|统计数|数|口径|说法)"
_WHEN = r"(?:什么时候|哪一?年|哪个?月|何时|什么时间|哪天|截[至止]到?(?:什么时候|哪一?[年天]|哪个?月|何时))"
_ASKS_WHEN = re.compile(
    rf"^(?:{_THIS}{_DATA}?是?(?:截[至止]到?)?{_WHEN}的{_DATA}|{_THIS}{_DATA}是?{_WHEN}的?|{_DATA}是?{_WHEN}的)[吗呢啊呀]?[?？。]*$"
)
_ASKS_SOURCE = re.compile(
    rf"^(?:{_THIS})?{_DATA}?(?:的)?(?:有没有|有|是)?(?:出处|来源|依据|根据|原文)(?:吗|呢|是什么|是哪里|是哪篇|在哪里?|在哪儿|是怎么(?:说|写)的|怎么(?:说|写)的?)?[?？。]*$"
    rf"|^{_THIS}{_DATA}?是?(?:出自|来自|从)?(?:哪里|哪儿|哪篇(?:文章|报道|材料|稿子)?|哪家媒体)(?:里|中)?(?:说|写|看到|来|提到|报道)?的?[?？。]*$"
)


def about_last(turn: str, history: Sequence[tuple[str, Answer]]) -> Iterator[AnswerEvent] | None:
    """Returns the steps of what is told of the last answer, None if the turn does not ask about it.

    Args:
        turn: The later turn, simplified and half width.
        history: Earlier questions with their answers.
    """
    last = next((a for _, a in reversed(history) if a.status not in {"smalltalk", "rejected"}), None)
    if last is None or not last.citations:
        return None
    if _ASKS_WHEN.match(turn):
        return _when(turn, last)
    return _source(turn, last) if _ASKS_SOURCE.match(turn) else None


def _when(turn: str, last: Answer) -> Iterator[AnswerEvent]:
    times = [f.as_of for f in last.figures if f.as_of and f.text in last.short_answer]
    if not times:
        cited = last.citations[0]
        text = "原文没有写明这个数字是什么时候的。" + (
            f"文章发布于{in_words(cited.published)}。" if cited.published else ""
        )
        near = tuple(Passage.model_validate(c.model_dump(exclude={"n"})) for c in last.citations[:3])
        answer = Answer(question=turn, status="abstained", text=text, nearest=near)
        yield AnswerEvent(kind="final", answer=_understood(answer, last, "什么时候的数据"))
        return
    yield from _told(
        turn, last, "、".join(dict.fromkeys(map(in_words, times))), last.statements, "什么时候的数据"
    )


def _source(turn: str, last: Answer) -> Iterator[AnswerEvent]:
    lines = [Statement(text=f"{_named(c)}：“{c.quote.strip()}”", citations=(c.n,)) for c in last.citations]
    titles = dict.fromkeys(f"《{c.title}》" for c in last.citations if c.title)
    yield from _told(turn, last, next(iter(titles), "") if len(titles) == 1 else "", lines, "出处")


def _told(
    turn: str, last: Answer, short: str, statements: Sequence[Statement], asked: str
) -> Iterator[AnswerEvent]:
    for i, statement in enumerate(statements):
        yield AnswerEvent(kind="statement", statement=statement, citations=last.citations if i == 0 else ())
    text = "\n\n".join(s.text + "".join(f"[{n}]" for n in s.citations) for s in statements)
    answer = last.model_copy(
        update={"question": turn, "short_answer": short[:60], "statements": tuple(statements), "text": text}
    )
    yield AnswerEvent(kind="final", answer=_understood(answer, last, asked))


def _understood(answer: Answer, last: Answer, asked: str) -> Answer:
    before = last.standalone_question or last.question
    return answer.model_copy(
        update={"standalone_question": before, "understood": f"问上一个回答的{asked}：{before}"}
    )


def _named(citation: Citation) -> str:
    of = "，".join(filter(None, (citation.publisher, in_words(citation.published))))
    return f"《{citation.title}》" + (f"（{of}）" if of else "")


def in_words(iso: str) -> str:
    """Returns an ISO time as written in Chinese, whole or in part.

    >>> in_words("2024-12"), in_words("2024"), in_words("")
    ('2024年12月', '2024年', '')
    """
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(filter(None, iso.split("-")), "年月日", strict=False)
    )
