"""What an extractor gives, and the limits that all of them keep."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from retrieval.models import Record

# An article of five million characters is some ten thousand pages.
MOST_CHARACTERS = 5_000_000


class Extracted(Record):
    """The text of a file with what the file itself states about it.

    Attributes:
        fields: Metadata as written in the file (title, publisher, published, url); values are strings.
        weak_title: A title out of file properties, for texts that show none.
        keywords: Keywords out of file properties; those count that the text has.
        margins: Page headers and footers, which are not part of the text.
        table: Whether the text is a table's rows, whose dates and names are not the file's own.
        rows: For a table of articles, one mapping a row: `id, title, text, …`; `text` above is then empty.
    """

    text: str = ""
    fields: dict[str, str] = Field(default_factory=dict)
    weak_title: str = ""
    keywords: str = ""
    margins: str = ""
    table: bool = False
    rows: tuple[dict[str, Any], ...] = ()
