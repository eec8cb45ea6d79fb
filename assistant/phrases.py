"""Every sentence the assistant says in its own voice: refusals, small talk, what was not found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.decide import Choice
from assistant.reading.asked import Asked
from assistant.reading.question import question_kind

EMPTY_LIBRARY = "资料库里还没有文章。请用 jushi ingest 添加文章，或在界面的「资料库」中添加。"
DROPPED = "有一句没有通过核对，已略去不显示。"
_KIND_NAMES = {
    "count": "数量", "share": "占比", "change": "增减", "ratio": "比率", "rank": "位次", "date": "时间", "duration": "时长",
    "money": "金额", "person": "人", "organisation": "机构", "place": "地点", "document": "文件", "definition": "含义",
    "list": "列举", "measure": "做法", "purpose": "目的或原因", "yesno": "是否", "comparison": "比较", "aggregation": "各地汇总",
    "mentions": "哪些文章提到", "summary": "概括", "other": "相关内容",
}  # fmt: skip
_GREETING = "您好，我是「据实」。请问我关于资料库中文章的问题，例如某地有多少志愿者、某个文件什么时候印发；每句回答都注明出处，每个数字都与原句核对。"
_THANKS = "不客气。需要别的数字或出处，请接着问。"
_BYE = "再见。"


def refusal(question: str, most: int) -> str:
    """Returns why a question cannot be asked, or ""."""
    if not question or not re.search(r"\w", question):
        return "问题是空的。请输入一个问题，例如：某地有多少注册志愿者?"
    if len(question) > most:
        return f"问题太长（{len(question)}字）。请控制在{most}字以内；要核对整篇材料，请分段提问。"
    return ""


def incomplete(title: str, mark: str) -> str:
    """Returns the notice that an article is only a part, with its own words for it."""
    return f"《{title}》收录的只是一部分（文中标有“{mark}”），没有收录的部分无从核对。"


def small_talk(question: str) -> str | None:
    """Returns a reply to a greeting or thanks, None for a real question."""
    if question_kind(question)[0] != "smalltalk":
        return None
    if re.search("谢", question):
        return _THANKS
    if re.search("再见|拜拜", question):
        return _BYE
    return _GREETING


def understood(standalone: str, asked: Sequence[Asked]) -> str:
    """Returns how the question was understood, for a person to look at."""
    rows = []
    for one in asked:
        limits = [*one.places, *(f"{y}年" if len(y) == 4 else y for y in one.years)]
        words = "、".join(t.text for t in one.terms if t.kind != "place")
        limit = f"；限定：{'、'.join(limits)}" if limits else ""
        rows.append(f"问{_KIND_NAMES.get(one.question.kind, '相关内容')}：{words}{limit}")
    return f"{standalone}（{' / '.join(rows)}）"


def not_said(asked: Asked, choice: Choice) -> str:
    """Returns the sentence that says what the articles do not give, and what was looked for."""
    what = asked.question.text.strip(" ?？。")
    words = [t.text for t in choice.missing if t.kind in {"word", "name", "code"} and len(t.text) > 1]
    if choice.reason == "place":
        why = f"库中文章没有就“{'、'.join(asked.places)}”给出这一项"
    elif choice.reason == "year":
        years = "、".join(f"{y}年" if len(y) == 4 else y for y in asked.years)
        why = f"没有找到标明{years}的说法"
    elif words:
        why = f"没有找到写明“{'、'.join(words)}”的句子"
    else:
        why = "没有找到直接回答它的句子"
    lead = "文章没有给出这个数（总数）" if asked.question.kind == "count" else "文章没有提到"
    return f"{lead}：“{what}”。{why}；下面列出最接近的原文供参考。"
