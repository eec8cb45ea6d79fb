"""Whether a question asks for a longer text, and about what; from its wording alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Manner = Literal["summary", "briefing", "sentence"]

_PLEASE = r"(?:请你?|麻烦你?|帮我|给我|替我|能不能|能否|可以|可否|我想要?|我要|我需要|需要|帮忙|你|再|来|先)*"
_SUM = "概括|总结|概述|归纳|提炼|梳理|简介|简述|综述|摘要|浓缩|提要|小结"
_TEXT = "综述|简报|专报|报告|汇报|材料|小结|总结|简介|概要|提纲|通稿|讲稿|发言稿|情况说明"
_ARTICLE = "(?:这|那|该|上|此|本|刚才那?|上面那?)(?:一)?(?:篇|个)?(?:文章|报道|文|材料|新闻|稿子)|《[^《》]+》(?:这篇(?:文章|报道|材料))?"
_ORDER = re.compile(
    rf"^{_PLEASE}(?:用[^,，。]{{1,10}}(?:话|字|段|句)(?:以内|左右)?)?(?:把|将|对|就|关于|简要地?|简单地?|概要地?)?"
    rf"(?P<about>[^,，。?？]{{0,40}}?)(?:做|作|进行|写|来)?(?:一?[个下份篇])?(?:简要|简单|概要|全面)?(?:地|的)?(?P<verb>{_SUM})(?P<rest>.*)$"
)
_CONTENT = re.compile(
    rf"^{_PLEASE}(?P<about>{_ARTICLE}|[^,，。?？]{{2,30}}?(?:文章|报道|材料))(?:主要|大概|大致|都|究竟)*(?:讲|说|写|谈|介绍|反映)了?(?:些|一些)?(?:什么|啥|哪些(?:内容|事)?)"
    rf"|(?P<what>{_ARTICLE}|[^,，。?？]{{2,30}}?(?:文章|报道|材料))的?(?:主要|核心|大致)?(?:内容|大意|要点|观点)(?:是什么|有哪些|是啥)?[?？。]*$"
)
_BRIEFING = re.compile(
    rf"(?:写|起草|拟|撰写|整理|生成|形成|做|出|来|要|编)(?:一|1)?(?:份|篇|个|段)(?P<about>[^,，。]{{0,40}}?)的?(?:工作|情况|专题)?(?:{_TEXT})"
    rf"|^{_PLEASE}(?:写|起草|拟|撰写)(?P<short>[^,，。]{{2,40}}?)的?(?:{_TEXT})[。.!！]*$"
)
_SENTENCE = re.compile(
    r"(?:写|拟|给|来|要|出|提供|概括)[^,，。]{0,12}(?:一两?句|一小?段|几句)(?:话)?|(?:用|放|写|引)(?:在|进|到|入)(?:[^,，。]{0,6})(?:材料|报告|讲话|汇报|简报|稿子)(?:里|中|上)"
)
_FOR_REPORT = re.compile(
    r"(?:能|可以|适合|方便|好)?(?:直接)?(?:用|放|写|引)(?:在|进|到|入)?(?:[^,，。]{0,6})(?:材料|报告|讲话|汇报|简报|稿子)(?:里|中|上)?的?"
)
_ASKS = re.compile(
    "多[少久长大远高重]|几[个名人家条项次户支年月天]|哪[个些几一位里年]|谁|为什么|为何|怎么|如何|吗|是否|有没有|何时|什么时候|是什么(?!内容)"
)
_AROUND = re.compile(
    r"^(?:一下|下|出|(?:成|为)(?=[一二三四五六七八九十\d])|说明|反映|体现|关于|有关|围绕|针对|对|就|把|将|根据|依据|结合|按照?|资料库里?的?|库里的?|文章里的?|,|，|:|：|\s|的)+|"
    r"(?:的|之)?(?:主要)?(?:情况|内容|要点|大意|做法和数据|有关情况|相关情况|文章|报道|材料|工作情况|话|文字|表述)?(?:的)?[\s。.!！?？,，]*$"
)
_FILLER = re.compile(
    r"^(?:一[份篇个段下]|[份篇个段]|文字|短文|\d+字(?:以内|左右)?|[一二三四五六七八九十百]+字(?:以内|左右)?)+的?|一下$"
)


@dataclass(frozen=True, slots=True)
class Task:
    """A longer text that is asked for.

    Attributes:
        subject: What about, in the words of the question; "" where an article alone is pointed at.
        named: Title in 《》, "" if none.
        this: Whether one article is meant: of the conversation (这篇文章), or about the subject (海南那篇).
    """

    manner: Manner
    subject: str
    named: str = ""
    this: bool = False


def find_task(text: str) -> Task | None:
    """Returns the longer text that a normalised question asks for, None for a question to be answered.

    >>> find_task("概括一下海南的基层治理").subject
    '海南的基层治理'
    >>> find_task("写一份关于成都志愿服务的综述").manner
    'briefing'
    >>> find_task("成都有多少志愿者?") is None
    True
    """
    text = text.strip()
    if (sentence := _SENTENCE.search(text)) and not _ASKS.search(text):
        return _task("sentence", text[: sentence.start()] + "," + text[sentence.end() :])
    if (match := _BRIEFING.search(text)) and not _ASKS.search(text):
        about = match["about"] or match["short"] or ""
        return _task("briefing", about if _core(about) else text[: match.start()] + text[match.end() :])
    if match := _CONTENT.search(text):
        return _task("summary", match["about"] or match["what"] or "")
    match = _ORDER.match(text)
    if match is None or _ASKS.search(text) or match["rest"].startswith(("了", "出了", "是", "为", "过")):
        return None
    about = match["about"] if _core(match["about"]) else match["rest"]
    return _task("briefing" if match["verb"] == "综述" else "summary", about)


def _task(manner: Manner, about: str) -> Task | None:
    """Returns the task, None where nothing is said of what it is about."""
    named = re.search("《([^《》]+)》", about)
    this = re.search(
        "(?:这|那|该|上|此|本|刚才那?|上面那?)(?:一)?(?:篇|个)?(?:文章|报道|文|材料|新闻|稿子)", about
    )
    subject = "" if named else _core(about.replace(this[0], "") if this else about)
    if not (subject or named or this):
        return None
    return Task(manner, subject, named[1] if named else "", bool(this) and not named)


def _core(about: str) -> str:
    """Returns what a task is about, the words of asking taken off both ends."""
    about = _FOR_REPORT.sub("", about)
    parts = re.split("[,，。;；]", re.sub(rf"^{_PLEASE}", "", about.strip(",，。 ")))
    about = max(parts, key=lambda part: len(_FILLER.sub("", _AROUND.sub("", part))))
    before = ""
    while about != before:
        before = about
        about = _FILLER.sub("", _AROUND.sub("", about.strip(",，。 ")))
    return about if len(re.findall("[一-鿿a-z]", about)) >= 2 else ""
