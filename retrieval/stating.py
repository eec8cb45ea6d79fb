"""What a person states about an article: fields of pasted text, and edits of what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, TypedDict

from retrieval.articles import SourceArticle, make_article
from retrieval.dates import parse_date
from retrieval.errors import ArticleUnreadable
from retrieval.front_matter import MAX_FIELD, read_fields
from retrieval.markings import refuse_marked
from retrieval.naming import safe_id

EDITABLE = ("title", "publisher", "published", "region", "url", "topics", "incomplete", "digest")
_TITLE_LENGTH = 40


class Stated(TypedDict, total=False):
    """Fields that may be given with a pasted text."""

    publisher: str
    published: str
    region: str
    url: str
    topics: Sequence[str]


class Edit(Stated, total=False):
    """Fields that may be edited; an empty value clears one."""

    title: str
    incomplete: str
    digest: bool


def pasted_article(
    title: str, text: str, stated: Mapping[str, Any], *, allow_internal: bool
) -> SourceArticle:
    """Returns a pasted text as an article; the same text is the same origin. Raises ArticleUnreadable."""
    body = text.removeprefix("\ufeff").encode("utf-8", "replace").decode("utf-8")
    fields = read_fields({**stated, "title": title}, where="所填")
    refuse_marked(body, name=title, allow_internal=allow_internal)
    first = next((line.strip("# \t\u3000") for line in body.splitlines() if line.strip("# \t\u3000")), "")
    name = safe_id(str(fields.get("title") or first)[:_TITLE_LENGTH])
    key = f"pasted:{sha256(body.encode('utf-8')).hexdigest()}"
    made = make_article(key, "", name, fields, body)
    return made.model_copy(
        update={"meta": made.meta.model_copy(update={"source": fields.get("url") or "粘贴的文字"})}
    )


def read_edit(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Returns edited fields as they are to be kept; an empty value clears a field.

    Raises:
        ArticleUnreadable: A field is unknown, or `published` is no date.
    """
    kept: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in EDITABLE:
            raise ArticleUnreadable(f"没有“{name}”这一项：可以修改的有 {'、'.join(EDITABLE)}。")
        kept[name] = _edited(name, value)
    return kept


def _edited(name: str, value: Any) -> Any:
    if name == "digest":
        return value if isinstance(value, bool) else str(value).strip().lower() in {"true", "1", "yes", "是"}
    if name == "topics":
        items = re.split("[,，、;；]", value) if isinstance(value, str) else list(value or ())
        return [item for item in dict.fromkeys(_line(item) for item in items) if item]
    text = _line(value)
    if name == "published" and text:
        parsed = parse_date(text)
        if not parsed:
            raise ArticleUnreadable(
                f"“{text[:30]}”不是日期：请写成 2024-12-31、2024-12 或 2024，不知道就留空。"
            )
        return parsed
    return text


def _line(value: Any) -> str:
    flat = re.sub(r"\s+", " ", str(value if value is not None else "")).strip()
    return flat.encode("utf-8", "replace").decode("utf-8")[:MAX_FIELD]
