"""Frozen records passed between the stages of retrieval; validation only, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """Base of all records: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ArticleMeta(Record):
    """What is known of an article besides its text; unknown fields are empty, never invented.

    Attributes:
        article_id: Stable id (file name without ending, or a .jsonl line's id).
        published: `YYYY[-MM[-DD]]` or `""`.
        digest: True for a summary written for this product, which is no original.
        source: The file's name or its URL, for people.
        content_hash: SHA-256 (hex) of the text.
        also: Ids of merged reprints of the same report.
        incomplete: The words by which the text says that it is only a part (订阅后可查看全文…), else `""`.
    """

    article_id: str = Field(min_length=1)
    title: str = ""
    publisher: str = ""
    published: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    region: str = ""
    url: str = ""
    topics: tuple[str, ...] = ()
    digest: bool = False
    source: str = ""
    content_hash: str = ""
    also: tuple[str, ...] = ()
    incomplete: str = ""


class Article(ArticleMeta):
    """An article with its verbatim text, which all offsets refer to (Unicode code points)."""

    text: str

    @property
    def meta(self) -> ArticleMeta:
        """What is known of it besides its text; valid already, so not checked again."""
        return ArticleMeta.model_construct(**{name: getattr(self, name) for name in ArticleMeta.model_fields})


class Sentence(Record):
    """A sentence or heading of an article, with its place in it.

    `article.text[start:end] == text`; an article's sentences joined are its text, so white space and
    line ends after a sentence belong to it.

    Attributes:
        index: 0-based position among the article's sentences.
        section: Headings above it, outermost first, joined by ` / `; `""` if none.
        heading: True if this line is itself a heading or a section owner line.
    """

    article_id: str
    index: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int
    text: str
    section: str = ""
    heading: bool = False


class Chunk(Record):
    """Whole consecutive sentences of one section; the unit of ranking.

    `chunk_id` is the article's id, `#` and the chunk's 0-based number.
    `first` and `last` are indexes of its sentences, both inclusive.
    """

    article_id: str
    chunk_id: str
    index: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int
    text: str
    section: str = ""
    first: int = Field(ge=0)
    last: int = Field(ge=0)


class Telling(Record):
    """Words that say the same, in lower case, and how much a passage tells that has one of them."""

    words: tuple[str, ...]
    weight: float


class Query(Record):
    """What to search for.

    Attributes:
        scope: The search is limited to these article ids; None means all.
        per_article: At most one hit an article.
        telling: Of the passages the indexes put in front, those that say more of this come first.
    """

    text: str
    scope: frozenset[str] | None = None
    top_k: int = Field(default=10, ge=1)
    per_article: bool = False
    telling: tuple[Telling, ...] = ()


class Hit(Record):
    """A ranked chunk. `legs` maps a leg's name (`lexical`, `vector`) to the 1-based rank it gave."""

    article_id: str
    chunk_id: str
    score: float
    legs: dict[str, int]
    start: int
    end: int
    text: str
    section: str = ""
    also: tuple[str, ...] = ()


IngestOutcome = Literal["added", "updated", "unchanged", "duplicate", "rejected"]


class IngestResult(Record):
    """What became of one article of an ingest; `reason` is Chinese, empty if nothing is to be said."""

    path: str
    article_id: str = ""
    result: IngestOutcome
    reason: str = ""


class CheckReport(Record):
    """Whether the stores agree: `problems` are Chinese sentences, empty when they do."""

    articles: int
    chunks: int
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """True if the stores agree."""
        return not self.problems


class ChromaServer(Record):
    """A Chroma server: `http://host:port` or `https://…`, with what has to be sent along."""

    url: str = Field(pattern=r"^https?://[^/\s]+(/\S*)?$")
    headers: Mapping[str, str] = Field(default_factory=dict, repr=False)
    tenant: str = "default_tenant"
    database: str = "default_database"
