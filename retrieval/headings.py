"""The outline of an article: which lines are headings and under which headings each line stands.

Markdown headings are taken as they are. Plain text has no marks, so a line is a heading only on its
shape and its neighbours: short, without a sentence's end, and followed by text. Owner lines (`某某部:`),
numbered headings and numbered leads (`1.减轻负担。…`) are told apart by their form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.lines import Line

SEPARATOR = " / "
_PLAIN, _OWNER, _SUBTITLE = 20, 30, 40
_MOST_HEADING = 40
_MOST_ROWS = 3

_CN = "一二三四五六七八九十百"
_NUMBERING: tuple[tuple[int, str], ...] = (
    (10, rf"第[{_CN}\d]+(?:章|编|篇|部分)[\s\u3000：:、]*"),
    (11, rf"第[{_CN}\d]+节[\s\u3000：:、]*"),
    (50, rf"[{_CN}]{{1,3}}、"),
    (60, rf"[（(][{_CN}]{{1,3}}[）)]、?"),
    (70, r"\d{1,2}(?:[．、]|\.(?!\d))\s*"),
    (80, r"[（(]\d{1,2}[）)]\s*|\d{1,2}[）)]\s*"),
    (90, r"[①-⑳]\s*"),
)
_NUMBERED = re.compile("|".join(f"(?P<n{level}>{form})" for level, form in _NUMBERING))
_ARTICLE_NUMBER = re.compile(rf"第[{_CN}\d]+条")
_FIRST = re.compile(r"第?[（(]?(?:一|1|①)(?![\d十百])")
_LEAD = re.compile(r"[^。！？!?；;\n]{2,36}[。！？!?](?=[^\s”’」』）)】》])")
_MARKDOWN = re.compile(r"(#\s+|#{2,6}\s*)(?!#)(?P<title>.*\S)")
_SENTENCE_END = re.compile(r"[。！？!?；;…，,、：:—][”’」』）)】》]*$")
_OWNER_LINE = re.compile(r"(?!各|尊敬|亲爱)[^，,。；;！!？?：:]{2,30}[：:]")
_SPEECH_END = re.compile(
    r"(?:说|道|表示|介绍|指出|强调|认为|如下|以下|包括|分别是|是|为|有|例如|比如|通知|同志们|朋友们|您好|你好|答|问)[：:]$"
)
_NOTE = re.compile(r"[【〔\[]?(?:编者按|编者的话|开栏语|编者注|按语)[】〕\]]?[：:]?")
_CREDIT = re.compile(
    r"[■●◆□▲△\s(（【\[—-]*(?:"
    r"(?:本报|本刊|本网|新华社|中新社)?[^\s，。：:]{0,12}(?:记者|通讯员|特约撰稿人|实习生)(?:[\s:：丨|/]|[）)】]|$).{0,40}"
    r"|(?:文字?|图|图片|责编|责任编辑|编辑|校对|审核|审签|签发|监制|作者|(?:信息|图片|视频)?来源|图源|供稿|撰稿|摄影|终审|初审|复审|统筹|策划|制图)"
    r"[\s]*[:：/丨|].{0,60}"
    r"|本报[^\s，。]{2,12}\d{1,2}月\d{1,2}日(?:讯|电).{0,30}"
    r"|(?:订阅|点击|扫码|下载|登录)[^。]{0,12}(?:查看|阅读|全文|原文|更多).{0,20}|阅读原文|(?:剩余|展开)全文.*"
    r"|[（(][^（()）]{2,40}[）)](?=$)"
    r"|图[为①-⑨\d：:].*|资料图.*|.{0,30}(?:\s摄|供图|摄影报道))[）)】\]]?"
)
_NOT_HEADING = re.compile(
    r"[-*•·>|]|.*(?:[：:]\s*\+?\d|https?\s*:|(?:是|为|有|包括|如下|以下)$)|[\s\-—－第]*\d+[\s\-—－页]*$|.*(?:https?://|www\.|\t|\|)|[\W_]+$|“[^”]*[。！？]”$"
    r"|\d{4}[-年/.]\d{1,2}[-月/.][\d日:： ]*$"
)
# A title may be longer than other headings, and a question or a call.
_FIRST_LINE = re.compile(r"(?![-*•·>|“])[^。；;…|\t]{4,60}(?<![，,、：:—])|[^。；;…|\t！？!?]{4,40}[！？!?]")
_Kind = Literal["body", "credit", "title", "plain", "owner", "numbered", "lead", "markdown", "note", "label"]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a line stands: the headings above it, and whether it is one itself.

    `lead_end` is the offset in the text where a numbered lead ends whose words (`lead`) are the
    innermost heading of the rest of its line; 0 if there is none. `joins` is True for a line that goes on
    from the label on the line before it (`第一个“1”` and what it means): the two are one statement.
    """

    section: str
    heading: bool = False
    lead: str = ""
    lead_end: int = 0
    joins: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: _Kind
    level: int = 0
    title: str = ""
    first: bool = False
    lead_length: int = 0


def outline(lines: Sequence[Line]) -> list[Position]:
    """Returns the position of each line."""
    marks = _settle(lines, _mark_all(lines))
    body = [i for i, mark in enumerate(marks) if mark.kind not in {"credit", "title"}]
    tail = body[-1] if body else -1
    positions: list[Position] = []
    stack: list[tuple[int, str]] = []
    above, note, owned = "", "", False
    for i, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark.kind in {"title", "note"}:
            note = mark.title if mark.kind == "note" else ""
            positions.append(Position("", heading=True))
            continue
        if mark.kind == "credit":
            positions.append(Position("" if i > tail else _path(stack)))
            continue
        if mark.kind in {"plain", "owner", "numbered", "markdown"}:
            if mark.title:
                level = _SUBTITLE if mark.level == _PLAIN and owned else mark.level
                stack = [entry for entry in stack if entry[0] < level]
                above = _path(stack)
                stack.append((level, mark.title))
                owned = mark.kind == "owner" or (owned and level >= _SUBTITLE)
            positions.append(Position(above, heading=True))
            continue
        owned = owned and stack[-1][0] != _OWNER
        if mark.kind == "lead":
            stack = [entry for entry in stack if entry[0] < mark.level]
        section = note or _path(stack)
        note = ""
        joins = i > 0 and marks[i - 1].kind == "label"
        positions.append(_body_position(line, mark, section, joins))
    return positions


def title_rows(lines: Sequence[Line]) -> list[list[str]]:
    """Returns the titles (kicker, title, subtitle) before an article's body, each as its adjacent rows."""
    rows: list[list[str]] = []
    for line, mark in zip(lines, _settle(lines, _mark_all(lines)), strict=True):
        if mark.kind == "title":
            row = _clean(re.sub(r"^#+", "", line.flat))
            if mark.title or not rows:
                rows.append([row])
            else:
                rows[-1].append(row)
    return rows


def is_credit(line: str) -> bool:
    """Returns whether a line names reporters, editors, sources or pictures and is no part of the text."""
    return len(line) <= 70 and _CREDIT.fullmatch(line) is not None


def _path(stack: Sequence[tuple[int, str]]) -> str:
    return SEPARATOR.join(title for _, title in stack)


def _body_position(line: Line, mark: _Mark, section: str, joins: bool) -> Position:
    # A soft-wrapped line is longer than its flat form: its lead is left alone rather than misplaced.
    if not mark.lead_length or len(line.flat) != line.end - line.start:
        return Position(section, joins=joins)
    return Position(section, lead=mark.title, lead_end=line.start + mark.lead_length, joins=joins)


def _mark_all(lines: Sequence[Line]) -> list[_Mark]:
    marks = [_mark(line.flat) for line in lines]
    if len(lines) > 1 and marks[0].kind == "body" and _FIRST_LINE.fullmatch(lines[0].flat):
        marks[0] = _Mark("plain", _PLAIN, _clean(lines[0].flat))
    return marks


def _mark(line: str) -> _Mark:
    if (match := _MARKDOWN.fullmatch(line)) and line.count("#") == len(match[1].strip()):
        return _Mark("markdown", len(match[1].strip()), _clean(match["title"]))
    if is_credit(line):
        return _Mark("credit")
    if _NOTE.fullmatch(line):
        return _Mark("note", 0, _clean(line))
    if _ARTICLE_NUMBER.fullmatch(line):
        return _Mark("label")
    if match := _NUMBERED.match(line):
        return _numbered(line, match)
    if _OWNER_LINE.fullmatch(line) and not _SPEECH_END.search(line):
        return _Mark("owner", _OWNER, _clean(line))
    if _is_short(line) and not _NOT_HEADING.match(line):
        return _Mark("plain", _PLAIN, _clean(line))
    return _Mark("body")


def _is_short(line: str) -> bool:
    return 2 <= len(line) <= _MOST_HEADING and "。" not in line and not _SENTENCE_END.search(line)


def _numbered(line: str, match: re.Match[str]) -> _Mark:
    level = int(str(match.lastgroup)[1:])
    first = _FIRST.match(match[0]) is not None
    rest = line[match.end() :]
    if lead := _LEAD.match(rest):
        end = match.end() + lead.end()
        return _Mark("lead", level, _clean(line[:end]), first, end)
    alone = re.sub(r"[。：:]$", "", rest)
    if _is_short(alone) and not re.search("[；;]", alone):
        return _Mark("numbered", level, _clean(line), first)
    return _Mark("body", level, first=first)


def _clean(title: str) -> str:
    bare = re.sub(r"\s+", " ", title.strip().strip("*").rstrip("#").strip())
    return re.sub(r"^【(.*)】$", r"\1", re.sub(r"[。：:]+$", "", bare))


def _settle(lines: Sequence[Line], marks: list[_Mark]) -> list[_Mark]:
    """Returns the marks with those undone that their neighbours speak against."""
    if any(mark.kind == "markdown" for mark in marks):
        marks = [_Mark("body") if mark.kind == "plain" else mark for mark in marks]
    if marks and marks[-1].kind == "owner":
        marks = [*marks[:-1], _Mark("body")]
    return _settle_title(_settle_plain(lines, _settle_numbered(marks)))


def _settle_numbered(marks: list[_Mark]) -> list[_Mark]:
    """Numbered lines in a row without text between are a list, no headings; so is one at the very end."""
    settled = list(marks)
    i = 0
    while i < len(marks):
        j = i + 1
        if marks[i].kind in {"numbered", "body"} and marks[i].level:
            while j < len(marks) and _continues(marks[i], marks[j]):
                j += 1
            if j - i > 1 or j == len(marks):
                settled[i:j] = [_Mark("body")] * (j - i)
        i = j
    return settled


def _continues(item: _Mark, after: _Mark) -> bool:
    return after.kind in {"numbered", "body"} and after.level == item.level and not after.first


def _settle_plain(lines: Sequence[Line], marks: list[_Mark]) -> list[_Mark]:
    """Runs of adjacent short lines, last first: a run is a heading only if text follows in the end."""
    settled = list(marks)
    first_body = next((i for i, mark in enumerate(marks) if mark.kind not in {"plain", "credit"}), len(marks))
    end = len(marks)
    alive, follower = False, ""  # what comes after the run, credits not counted
    while end > 0:
        kind = marks[end - 1].kind
        if kind != "plain":
            if kind != "credit":
                alive, follower = True, kind
            end -= 1
            continue
        start = end - 1
        while start > 0 and marks[start - 1].kind == "plain" and not lines[start].spaced:
            start -= 1
        before_heading = follower == "plain" and start > first_body
        settled[start:end] = _settle_run(marks[start:end], alive, before_heading)
        follower = "plain"
        end = start
    return settled


def _settle_run(run: list[_Mark], alive: bool, before_heading: bool) -> list[_Mark]:
    """Returns the marks of adjacent short lines: a heading of up to three rows, or a label and its text."""
    if not alive:
        return [_Mark("body")] * len(run)
    if len(run) == 1:
        return run
    rest = len(run) - 1
    if before_heading:
        return [_Mark("label"), *[_Mark("body")] * rest]
    if len(run) > _MOST_ROWS:
        return [run[0], *[_Mark("body")] * rest]
    joined = replace(run[0], title=" ".join(mark.title for mark in run))
    return [joined, *[replace(mark, title="") for mark in run[1:]]]


def _settle_title(marks: list[_Mark]) -> list[_Mark]:
    """Turns the headings before the first text into title lines: they are above every section anyway."""
    settled = list(marks)
    headings = [i for i, mark in enumerate(marks) if mark.kind not in {"body", "credit"}]
    top = [i for i in headings if marks[i].kind == "markdown" and marks[i].level == 1]
    if len(top) == 1 and top[0] == headings[0]:
        settled[top[0]] = _Mark("title", title=marks[top[0]].title)
        return settled
    seen_credit = False
    for i, mark in enumerate(marks):
        if mark.kind == "credit":
            seen_credit = i > 0
        elif mark.kind == "plain" and not seen_credit:
            settled[i] = replace(mark, kind="title")
        else:
            break
    return settled
