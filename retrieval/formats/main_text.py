"""The main text of a web page: the tightest part that holds nearly all its prose, as Markdown-like text.

Prose is what stands outside links and has a sentence's punctuation; menus, lists of other articles and
footers have next to none. On Chinese pages this is steadier than extractors tuned on English ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from retrieval.formats.cleaning import clean_text, one_line
from retrieval.formats.tables import table_lines

_DROPPED = frozenset(
    "script style noscript template iframe object embed svg canvas nav footer aside form button select"
    " option textarea input video audio map dialog".split()
)
_BLOCKS = frozenset(
    "p div section article main header h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table tr td th"
    " tbody thead tfoot figure figcaption center hr address fieldset body".split()
)
_UNDIVIDED = frozenset("p li ul ol dl blockquote pre h1 h2 h3 h4 h5 h6".split())
_ROW_TAGS = frozenset({"tr", "tbody", "thead", "tfoot"})
_DISCLAIMER = re.compile(r"免责声明|版权(?:声明|所有)|转载请|侵权|ICP备|备案号|邮编")
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|footer|foot|copyright|share|sharing|related|relate|recommend"
    r"|hot|rank(?:ing)?|comments?|sidebar|side|pager|pagination|toolbar|tools?|login|search|ads?|advert|banner|qrcode"
    r"|bdsharebuttonbox|location|position|weizhi|mianbaoxie|friendlink|links?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PROSE = re.compile(r"[，。；：？！、]|[\u4e00-\u9fff][,;:]")
# Lines of the page's furniture that stand inside the text's own part.
_FURNITURE = re.compile(
    r"(?:相关(?:阅读|新闻|链接|文章|报道|推荐)|推荐阅读|延伸阅读|热门(?:文章|推荐|新闻)|猜你喜欢|为您推荐|上一[篇条页]|下一[篇条页]|返回(?:顶部|首页|列表)|打印(?:本页|此页)?"
    r"|关闭(?:窗口|本页)?|分享(?:到|至)?|收藏(?:本页)?|扫一扫|微信扫|点击(?:上方|下方)?(?:蓝字|“?[^\s“”]{2,12}”?关注)|点赞|在看|收起|评论|我要纠错|举报|【?字[体号]|[【\[（(]?[大中小](?:\s*[大中小])+"
    r"|您?(?:现在|当前)?的?(?:所在)?位置\s*[：:]|首页\s*[>»|｜]|(?:主办|承办|协办)(?:单位)?\s*[：:]|浏览(?:次数|量)|阅读(?:次数|量)|点击(?:数|量|次数)|版权所有|Copyright|ICP备)\s*[：:]?.{0,40}",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:相关(?:阅读|新闻|链接|文章|报道|推荐)|推荐阅读|延伸阅读|热门(?:文章|推荐|新闻)|猜你喜欢|为您推荐)\s*[：:>》]*"
)
_SHARE, _MOST_DEPTH, _MOST_HEADING = 0.8, 200, 60
_LINKED, _LEAST_BESIDE = 0.6, 8


def main_text(body: Any) -> str:
    """Returns the main text of a parsed page's body; the body is stripped of what is no text."""
    _strip(body)
    part = _main_part(body)
    return clean_text("\n\n".join(_without_furniture(_blocks(part)))).strip("\n") + "\n"


def page_lines(body: Any) -> list[str]:
    """Returns all lines of a page in order, menus and all."""
    return [line for block in _blocks(body) for line in block.split("\n") if line.strip()]


def _strip(body: Any) -> None:
    """Drops what is never part of the text; what looks like a menu only if it holds little prose."""
    total = _prose(body)
    for element in list(body.iter()):
        if element is body or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or element.tag in _DROPPED or _is_hidden(element):
            _drop(element)
            continue
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _JUNK.search(named) and _is_menu(element, total):
            _drop(element)


def _is_menu(element: Any, total: int) -> bool:
    prose = _prose(element)
    return prose < 0.3 * total and (prose < 40 or _link_share(element) > _LINKED)


def _is_hidden(element: Any) -> bool:
    # A page saved by WeChat keeps its text hidden until a script shows it.
    return element.get("id") != "js_content" and _HIDDEN.search(element.get("style") or "") is not None


def _drop(element: Any) -> None:
    if not isinstance(element.tag, str) and not element.tail:
        element.getparent().remove(element)
        return
    element.drop_tree()


def _prose(element: Any) -> int:
    """Returns how many characters of the element's text are prose outside links."""
    total = 0
    for node in element.iter():
        if not isinstance(node.tag, str) or node.tag in _DROPPED:
            continue
        texts = [node.tail if node is not element else ""]
        if node.tag != "a":
            texts.append(node.text)
        total += sum(len(text.strip()) for text in texts if text and _PROSE.search(text))
    return total


def _main_part(body: Any) -> Any:
    part, depth = body, 0
    while depth < _MOST_DEPTH and not _is_undivided(part):
        depth += 1
        children = [(child, _prose(child)) for child in part if isinstance(child.tag, str)]
        total = max(1, _prose(part))
        best, mass = max(children, key=lambda entry: entry[1], default=(None, 0))
        if best is None or best.tag not in _BLOCKS or _is_undivided(best) or mass < _SHARE * total:
            break
        part = best
    while part is not body and (part.tag in _ROW_TAGS or _has_text_beside(part)):
        part = part.getparent()
    return part


def _is_undivided(element: Any) -> bool:
    """Returns whether an element is a piece of text as a whole: a paragraph, a list, a table of figures."""
    if element.tag in {"table", *_ROW_TAGS, "td"}:
        table = element if element.tag == "table" else next(element.iterancestors("table"), None)
        return table is None or not _is_layout(table)
    return element.tag in _UNDIVIDED


def _has_text_beside(part: Any) -> bool:
    """Returns whether siblings of the part look like more paragraphs of the same text."""
    if part.tag not in {"p", "div", "section"}:
        return False
    beside = [s for s in part.getparent() if s is not part and isinstance(s.tag, str)]
    return any(
        s.tag in {"p", part.tag}
        and "。" in (text := s.text_content())
        and _prose(s) > _LEAST_BESIDE
        and _link_share(s) < 0.3
        and not _DISCLAIMER.search(text)
        for s in beside
    )


def _link_share(element: Any) -> float:
    text = len("".join(element.text_content().split()))
    linked = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return linked / max(1, text)


def _without_furniture(blocks: Iterator[str]) -> Iterator[str]:
    for block in blocks:
        bare = block.lstrip("#- ").strip()
        if _RELATED.fullmatch(bare):
            return
        if len(bare) > 60 or not _FURNITURE.fullmatch(bare):
            yield block


def _blocks(element: Any, depth: int = 0) -> Iterator[str]:
    """Yields the blocks of an element: paragraphs, headings, list items, tables."""
    buffer: list[str] = []

    def flush() -> Iterator[str]:
        text = clean_text("".join(buffer))
        buffer.clear()
        yield from (line.strip() for line in text.split("\n") if line.strip())

    buffer.append(_flat(element.text, element))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED:
            if child.tag == "br":
                buffer.append("\n")
            elif child.tag not in _BLOCKS and not _holds_blocks(child):
                buffer.append(_inline(child))
            else:
                yield from flush()
                if depth < _MOST_DEPTH:
                    yield from _block(child, depth + 1)
        buffer.append(_flat(child.tail, element))
    yield from flush()


def _block(element: Any, depth: int) -> Iterator[str]:
    if element.tag == "table" and not _is_layout(element):
        yield from filter(None, ["\n".join(table_lines(*_rows(element)))])
    elif element.tag in {"ul", "ol"} and _link_share(element) <= _LINKED:
        items = [one_line(" ".join(_blocks(item, depth))) for item in element.iterchildren("li")]
        marks = (f"{n}. " if element.tag == "ol" else "- " for n in range(1, len(items) + 1))
        yield from filter(
            None, ["\n".join(mark + item for mark, item in zip(marks, items, strict=True) if item)]
        )
    elif element.tag in {"ul", "ol"}:
        return
    elif element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        text = one_line(element.text_content())
        mark = "#" * int(element.tag[1]) + " " if len(text) <= _MOST_HEADING else ""
        yield from filter(None, [mark + text if text else ""])
    else:
        yield from _blocks(element, depth)


def _inline(element: Any) -> str:
    parts = [_flat(element.text, element)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _DROPPED:
            parts.append("\n" if child.tag == "br" else _inline(child))
        parts.append(_flat(child.tail, element))
    return "".join(parts)


def _flat(text: str | None, element: Any) -> str:
    if not text:
        return ""
    return text if element.tag == "pre" else re.sub(r"[ \t\r\n\f]+", " ", text)


def _holds_blocks(element: Any) -> bool:
    return any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iterdescendants())


def _is_layout(table: Any) -> bool:
    """Returns whether a table only arranges the page: it holds tables, or whole paragraphs in few cells."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = list(table.iter("td", "th"))
    longest = max((len(cell.text_content().strip()) for cell in cells), default=0)
    return len(cells) <= 2 or (longest > 200 and len(cells) < 8)


def _rows(table: Any) -> tuple[list[list[str]], int]:
    """Returns the rows with merged cells repeated in each place they cover, and the number of header rows."""
    rows: list[list[str]] = []
    open_cells: dict[int, tuple[int, str]] = {}
    headers = 0
    for row in table.iter("tr"):
        cells: list[str] = []
        own = list(row.iterchildren("td", "th"))
        for cell in own:
            _fill(cells, open_cells)
            text = one_line(" ".join(_blocks(cell)))
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(width):
                if height > 1:
                    open_cells[len(cells)] = (height - 1, text)
                cells.append(text)
        _fill(cells, open_cells)
        rows.append(cells)
        if headers == len(rows) - 1 and own and all(cell.tag == "th" for cell in own):
            headers = len(rows)
    return rows, headers


def _fill(cells: list[str], open_cells: dict[int, tuple[int, str]]) -> None:
    while len(cells) in open_cells:
        place = len(cells)
        left, text = open_cells.pop(place)
        if left > 1:
            open_cells[place] = (left - 1, text)
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1")
    return min(int(value), 100) if value.isdigit() and int(value) else 1
