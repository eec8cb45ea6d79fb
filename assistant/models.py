"""Records of the assistant: the public `Answer` and what stands behind it. Validation only."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from retrieval import Record

Status = Literal["grounded", "partial", "abstained", "smalltalk", "rejected"]
NoticeKind = Literal["dropped", "repaired", "fell_back", "incomplete_source"]
Mode = Literal["extractive", "llm"]


class Passage(Record):
    """A span of an article with what a person needs to find it; `quote == text[start:end]` of the article."""

    article_id: str
    also: tuple[str, ...] = ()
    title: str = ""
    publisher: str = ""
    published: str = ""
    region: str = ""
    source: str = ""
    section: str = ""
    quote: str
    start: int = Field(ge=0)
    end: int
    digest: bool = False


class Citation(Passage):
    """A passage that statements of the answer point to by its number `n` (1-based)."""

    n: int = Field(ge=1)


class AnswerFigure(Record):
    """A verified figure of the answer's text.

    Attributes:
        value: Decimal string after 万/亿 are applied; a percentage's value is in percent.
        qualifier: As written (`约`, `超…余`), `""` if none.
        as_of: `YYYY[-MM[-DD]]` or `""`.
        citation: Number of the citation that holds it.
        derived_from: Numbers of the citations of stated arithmetic, else empty.
    """

    text: str
    value: str
    unit: str = ""
    qualifier: str = ""
    as_of: str = ""
    citation: int = Field(ge=1)
    derived_from: tuple[int, ...] = ()


class Notice(Record):
    """Something the reader must know about how this answer came about."""

    kind: NoticeKind
    text: str


class ConflictVersion(Record):
    """One article's version of a fact on which articles disagree."""

    text: str
    as_of: str = ""
    citation: int = Field(ge=1)


class Conflict(Record):
    """A fact on which articles disagree, newest version first."""

    about: str
    versions: tuple[ConflictVersion, ...]


class Statement(Record):
    """One sentence of the answer that passed the check; `text` is Markdown without markers.

    `section` is the heading it stands under, "" if none.
    """

    text: str
    citations: tuple[int, ...]
    section: str = ""


class Answer(Record):
    """A checked answer: fields as in the published contract, `statements` beside them.

    Nothing unverified is ever in `text` or `short_answer`.
    """

    question: str
    standalone_question: str = ""
    understood: str = ""
    status: Status
    short_answer: str = ""
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    notices: tuple[Notice, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    nearest: tuple[Passage, ...] = ()
    mode: Mode = "extractive"
    model: str | None = None
    elapsed_ms: float = 0.0


EventKind = Literal["understood", "statement", "notice", "final"]


class AnswerEvent(Record):
    """One step of a streamed answer.

    `understood`: `text` says how the question was understood. `statement`: a checked statement with the
    citations first used in it. `notice`: a Notice. `final`: the whole Answer; always the last event.
    """

    kind: EventKind
    text: str = ""
    statement: Statement | None = None
    citations: tuple[Citation, ...] = ()
    notice: Notice | None = None
    answer: Answer | None = None
