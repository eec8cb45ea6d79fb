"""The record of one figure of an article."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from retrieval import Record

Level = Literal["全国", "省", "市", "县", "乡镇", "村", ""]
# What a figure says of its subject: how much there is, by how much it changed, to what it changed.
Role = Literal["level", "change", "share"]


class LedgerRow(Record):
    """One figure with its place in an article; `text == article text[start:end]`.

    Attributes:
        text: As written, qualifier and unit included; `value` is the amount as a decimal string (a
            percentage in percent), `high` the upper end of a range.
        subject: What is counted or measured, in the article's words; "" where the text does not tell.
        role: Whether the figure is an amount, a share of something, or a change of the subject.
        per: What the figure is a share of, or counted by (`常住人口`, `每万城镇常住人口`), "" if not said.
        place: The innermost place that it holds for; `level` its rank.
        as_of: `YYYY[-MM[-DD]]`, "" where it is open; `time` is the time as written.
        sentence: The sentence, without white space around it; it starts at `sentence_start`.
    """

    article_id: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    region: str = ""
    section: str = ""
    subject: str = ""
    role: Role = "level"
    text: str
    value: str
    high: str = ""
    unit: str = ""
    qualifier: str = ""
    per: str = ""
    place: str = ""
    level: Level = ""
    as_of: str = ""
    time: str = ""
    sentence: str
    sentence_start: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int
    digest: bool = False
