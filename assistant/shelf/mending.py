"""What a person puts right about an article, from the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from retrieval.stating import Edit


def edit_of(given: Mapping[str, Any]) -> Edit:
    """Returns the edit that a form asks for; fields that it lacks stay as they are.

    >>> edit_of({"title": " 题 ", "topics": "减负、治理", "do": "mend"})
    {'title': '题', 'topics': ['减负', '治理']}
    """
    found = Edit()
    for name in ("title", "publisher", "published", "region", "url"):
        if name in given:
            found[name] = str(given[name]).strip()
    if "topics" in given:
        found["topics"] = [part for part in re.split(r"[、,，;；\s]+", str(given["topics"])) if part]
    return found
