"""What an exported answer consists of: its blocks, caveats and sources, free of characters XML forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.attachments.store import is_attachment
from assistant.chinese_dates import chinese_date
from assistant.digest.tasks import find_task
from assistant.models import Answer, Citation, Passage, Status
from assistant.ports import Turn
from retrieval import Record

DIGEST_NOTE = "本项目整理的摘要，非原文"
ATTACHED = "本人附件，不在资料库里"
MARKER = re.compile(r"\s*(?:\[(\d+)\]|〔(\d+)〕)")
STATES: dict[Status, str] = {
    "grounded": "有据", "partial": "部分有据", "abstained": "未找到",
    "smalltalk": "寒暄", "rejected": "未能作答",
}  # fmt: skip
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?")
_CELL_END = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"#{1,6}\s+")
_DECORATION = re.compile(r"^[-*]\s+|\*\*")
_NOTE = re.compile(r"（注[:：]([^（）]*)）")
_SEE_BELOW = re.compile(r"[；;]\s*下面列出最接近的原文供参考")
_ENDED = re.compile(r"[。！？；：…][”’）》]*$")
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff”’》）%])[,;:?!](?!\d)")
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_BRACKETS = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")
_DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_UNNAMED = "未命名"
_MOST_NAME = 40
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


class Block(Record):
    """A heading, a line, or a table (`rows`, the first its head) of an answer's text; markers stay in."""

    kind: Literal["heading", "line", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def clean(text: str) -> str:
    r"""Returns the text without what a Word file cannot hold.

    >>> clean("甲\x00乙")
    '甲乙'
    """
    return _FORBIDDEN.sub("", text)


def flat(text: str) -> str:
    """Returns the text in one line, without what a Word file cannot hold."""
    return clean(" ".join(text.split()))


def blocks(text: str) -> Iterator[Block]:
    """Yields an answer's Markdown text as headings, lines and tables, without its decoration."""
    rows: list[tuple[str, ...]] = []
    for line in (*clean(text).splitlines(), ""):
        cells = table_row(line)
        if cells is not None:
            rows += [tuple(cells)] if cells else []
            continue
        if rows:
            yield Block(kind="table", rows=tuple(rows))
            rows = []
        if line.strip():
            yield _line(line.strip())


def _line(line: str) -> Block:
    heading = _HEADING.match(line)
    bare = _DECORATION.sub("", line[heading.end() :] if heading else line)
    return Block(kind="heading" if heading else "line", text=bare)


def table_row(line: str) -> list[str] | None:
    """Returns the cells of a line of a Markdown table, [] for its rule, None for any other line."""
    stripped = line.strip()
    if not (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1):
        return None
    if _RULE.fullmatch(stripped):
        return []
    cells = (cell.strip().replace(r"\|", "|") for cell in _CELL_END.split(stripped[1:-1]))
    return [" ".join(_DECORATION.sub("", cell).split()) for cell in cells]


def without_markers(text: str) -> str:
    """Returns a text as it is read without its sources."""
    return MARKER.sub("", text).strip()


def final_text(text: str) -> str:
    """Returns a line as it stands in 成稿: no markers, no notes, a full stop at its end.

    >>> final_text("成都市的志愿者已超390万人（注：原文未注明年份）[4]")
    '成都市的志愿者已超390万人。'
    """
    plain = typeset(_NOTE.sub("", _SEE_BELOW.sub("", without_markers(text))).strip())
    return plain if not plain or _ENDED.search(plain) else f"{plain.rstrip('，、')}。"


def typeset(text: str) -> str:
    """Returns a text with the punctuation that Chinese is printed with; figures stay as they are.

    >>> typeset("志愿者(总数)有多少?约1,200人")
    '志愿者（总数）有多少？约1,200人'
    """
    bracketed = _HALF_BRACKETS.sub(r"（\1）", text)
    return _HALF_WIDTH.sub(lambda match: _FULL_WIDTH[match[0]], bracketed)


def final_rows(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Returns a table as it stands in 成稿: without markers and columns that held nothing else."""
    plain = [[_NOTE.sub("", without_markers(cell)).strip() for cell in row] for row in rows]
    width = max(len(row) for row in plain)
    filled = [row + [""] * (width - len(row)) for row in plain]
    kept = [at for at in range(width) if any(row[at] for row in filled[1:]) or len(filled) == 1]
    return [[row[at] for at in kept] for row in filled]


def caveats(answer: Answer) -> list[str]:
    """Returns what a reader must know beside the text: the notes in it, and what was noticed about it."""
    noted = [f"{_before(answer.text, match)}：{match[1].strip()}" for match in _NOTE.finditer(answer.text)]
    return list(dict.fromkeys(flat(one) for one in (*noted, *(notice.text for notice in answer.notices))))


def _before(text: str, match: re.Match[str]) -> str:
    """Returns the words a note stands behind, short enough to find them again."""
    line = without_markers(text[: match.start()].rsplit("\n", 1)[-1])
    words = _DECORATION.sub("", line).strip("| ")
    return f"“{words if len(words) <= 24 else words[:23] + '…'}”" if words else "说明"


def worth_keeping(turns: Sequence[Turn]) -> list[Turn]:
    """Returns the questions that were answered, leaving out small talk and what could not be asked."""
    return [(q, answer) for q, answer in turns if answer.status not in {"smalltalk", "rejected"}]


def title_of(question: str, answer: Answer) -> str:
    """Returns a heading for an answer: what a longer text is about, else the question.

    >>> title_of("写一份关于社区治理的综述", Answer(question="", status="grounded", text=""))
    '社区治理综述'
    """
    task = find_task(question.strip())
    if task is None or task.manner == "sentence" or answer.status == "abstained":
        return flat(question)
    if task.named:
        return flat(f"《{task.named.strip('《》')}》概要")
    if task.this and len({one.article_id for one in answer.citations}) == 1:
        first = answer.citations[0]
        return flat(f"《{first.title or first.article_id}》概要")
    kind = "综述" if task.manner == "briefing" else "概要"
    return flat(f"{task.subject}{kind}" if task.subject else question)


def file_name(title: str) -> str:
    """Returns a title as a file's name that every system takes.

    >>> file_name('甲/乙:有多少人？')
    '甲 乙 有多少人？'
    """
    return _NOT_IN_NAMES.sub(" ", flat(title)).strip(" .")[:_MOST_NAME].strip(" .") or _UNNAMED


def source_name(passage: Passage) -> str:
    """Returns title, publisher and date as far as they are known, digests and attachments marked as such."""
    marks = (DIGEST_NOTE if passage.digest else "", ATTACHED if is_attachment(passage.article_id) else "")
    mark = "".join(f"（{one}）" for one in marks if one)
    known = (
        f"《{passage.title or passage.article_id}》{mark}",
        passage.publisher,
        chinese_date(passage.published),
    )
    return clean("，".join(part for part in known if part))


def note(passage: Passage) -> str:
    """Returns the source with the sentence that stands behind a statement, and its address if it has one."""
    address = f" {passage.source}" if passage.source.startswith(("http://", "https://")) else ""
    return f"{source_name(passage)}：“{flat(passage.quote)}”{clean(address)}"


def cited(text: str, citations: Sequence[Citation]) -> list[Citation]:
    """Returns the citations whose markers stand in a text, in their order there."""
    known = {one.n: one for one in citations}
    numbers = [int(match[1] or match[2]) for match in MARKER.finditer(text)]
    return [known[n] for n in dict.fromkeys(numbers) if n in known]


def ordinal(number: int) -> str:
    """Returns a number from 1 to 999 as it stands before a heading.

    >>> ordinal(7), ordinal(10), ordinal(21), ordinal(105)
    ('七', '十', '二十一', '一百零五')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + _DIGITS[ones]
