"""Text from articles and questions made safe to stand in the page."""

from __future__ import annotations

import html
import re

# Beside HTML's own characters, those that templates of the page library would read: ${…}, {{…}}, `…`.
_TEMPLATE = {ord(char): f"&#{ord(char)};" for char in "{}$`\\"}
# Characters that turn the direction of writing could make a quotation read as another.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b\x0c\x0e-\x1f]")


def escape(text: str) -> str:
    """Returns the text as HTML that shows it and does nothing else, in attributes too.

    >>> escape('<img onerror="x"> ${y}')
    '&lt;img onerror=&quot;x&quot;&gt; &#36;&#123;y&#125;'
    """
    return html.escape(_TURNING.sub("", text), quote=True).translate(_TEMPLATE)
