"""Saved web pages (.html, .mht) into main text, title, source, date and address."""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from retrieval.dates import parse_date
from retrieval.decoding import decode
from retrieval.errors import ArticleUnreadable
from retrieval.formats.cleaning import one_line
from retrieval.formats.main_text import main_text, page_lines
from retrieval.formats.record import Extracted

_MOST_BYTES = 20 * 1024 * 1024
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_-]{2,20})""", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|div|p|table|article|section|meta|h[1-6]|span|br)\b", re.IGNORECASE
)
_CUT = re.compile(r"<[a-zA-Z/!][^<>]*\Z")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
# 政府网站 carry ArticleTitle, PubDate, ContentSource; others the Open Graph names.
_TITLE_NAMES = ("articletitle", "og:title", "twitter:title", "headline")
_DATE_NAMES = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "datepublished",
    "publish_time",
    "weibo: article:create_at",
)
_PUBLISHER_NAMES = ("contentsource", "og:article:author_source", "mediaid", "source")
_SITE_NAMES = ("og:site_name", "sitename")
_DATED = re.compile(
    r"(?:(?:发布|发表|刊发|更新|发文|印发)?(?:时间|日期)\s*[：:]\s*)?"
    r"(?P<date>20\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日))(?:\s*\d{1,2}[：:]\d{2}(?:[：:]\d{2})?)?"
)
_SOURCED = re.compile(
    r"(?:信息|文章|稿件|新闻)?(?:来源|出处)\s*[：:]\s*(?P<name>[^\s|｜丨　；;，,。【\[]{2,30})"
)
_SITE_TAIL = re.compile(r"\s*[-_|—–｜丨]+\s*[^-_|—–｜丨]{2,20}$")
_REACH = 12
_SCRIPT_TIME = re.compile(
    r"""\b(?:ct|createTime|publish_time)\s*[=:]\s*["'](?P<stamp>\d{10}|20\d{2}-\d{2}-\d{2}[^"']{0,12})["']"""
)
_EMPTY = "网页里没有找到正文（可能要运行脚本才显示）：请在浏览器里打开后复制正文，或打印成 PDF 再导入。"


def extract_html(path: Path) -> Extracted:
    """Returns a saved page's main text. Raises ArticleUnreadable."""
    raw = path.read_bytes()
    if len(raw) > _MOST_BYTES:
        raise ArticleUnreadable("网页文件超过 20 MB：请只保存正文部分，或另存为 .txt 后再导入。")
    return _read_page(_decode_page(raw))


def extract_mht(path: Path) -> Extracted:
    """Returns the main text of a page saved as one file. Raises ArticleUnreadable."""
    raw = path.read_bytes()
    message = email.message_from_bytes(raw[: 5 * _MOST_BYTES], policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                page = _read_page(_decode_page(payload, str(part.get_content_charset() or "")))
                address = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
                fields = {"url": address, **page.fields} if address.startswith("http") else page.fields
                return page.model_copy(update={"fields": fields})
    raise ArticleUnreadable("这不是完整的网页存档（.mht）：请在浏览器里重新保存后再导入。")


def _decode_page(raw: bytes, stated: str = "") -> str:
    """Returns a page's text: UTF-8 if it is that, else as it declares, else as its bytes look."""
    declared = _CHARSET.search(raw[:4096])
    names = [stated, declared[1].decode("ascii") if declared else ""]
    for name in ("utf-8-sig", *("gb18030" if n.lower().startswith("gb") else n for n in names if n)):
        try:
            text = raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            return text
    return decode(raw)


def _read_page(text: str) -> Extracted:
    from lxml import etree, html

    if not _TAG.search(text):
        raise ArticleUnreadable("里面没有网页标记：如果是纯文本，请把扩展名改成 .txt 后再导入。")
    if _CUT.search(text, max(0, len(text) - 2000)):
        raise ArticleUnreadable("网页不完整（末尾断在标记中间）：请在浏览器里重新保存后再导入。")
    # A declared encoding that no longer holds would be refused.
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", ""))
    try:
        parser = html.HTMLParser(huge_tree=False, remove_comments=True)
        root = html.document_fromstring(bare, parser=parser)
        if any("depth" in entry.message for entry in parser.error_log):
            raise ArticleUnreadable("网页的结构嵌套过深，没有打开：请复制正文，另存为 .txt 后再导入。")
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ArticleUnreadable("网页内容不完整，读不出来：请在浏览器里重新保存后再导入。") from error
    body = root.find("body")
    if body is None:
        raise ArticleUnreadable(_EMPTY)
    fields = _fields(root, body, text)
    found = main_text(body)
    if len(re.findall(r"[\u4e00-\u9fffA-Za-z0-9]", found)) < 10:
        raise ArticleUnreadable(_EMPTY)
    text = _titled(fields.get("title", ""), found)
    return Extracted(text=text, fields=fields, keywords=_metas(root).get("keywords", ""))


def _titled(title: str, text: str) -> str:
    """Returns the text below its title, unless its first lines show it already."""
    bare = re.sub(r"\W+", "", title)
    opening = re.sub(r"\W+", "", text[: len(title) + 200])
    return f"# {title}\n\n{text}" if bare and bare not in opening else text


def _fields(root: Any, body: Any, text: str) -> dict[str, str]:
    metas = _metas(root)
    linked = _linked_data(root)
    lines = page_lines(body)
    title = _title(root, body, metas)
    near = _near_title(lines, title)
    found = {
        "title": title,
        "published": _first_date([
            *(metas.get(n, "") for n in _DATE_NAMES),
            linked.get("datePublished", ""),
            *_times(root),
            *_script_times(text),
        ])
        or _first_match(_DATED, "date", near),
        "publisher": next((metas[n] for n in _PUBLISHER_NAMES if metas.get(n)), "")
        or _first_match(_SOURCED, "name", near)
        or _by_id(root, "js_name")
        or linked.get("publisher", "")
        or next((metas[n] for n in _SITE_NAMES if metas.get(n)), ""),
        "url": _address(root, metas, text),
    }
    return {name: value for name, value in found.items() if value}


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = str(meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        if name and (content := one_line(str(meta.get("content") or ""))):
            found.setdefault(name, content)
    return found


def _linked_data(root: Any) -> dict[str, str]:
    """Returns date and publisher out of the page's JSON-LD."""
    for script in root.iter("script"):
        if "ld+json" not in str(script.get("type") or ""):
            continue
        try:
            loaded = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in loaded if isinstance(loaded, list) else [loaded]:
            if isinstance(item, dict) and item.get("datePublished"):
                publisher = item.get("publisher")
                name = publisher.get("name") if isinstance(publisher, dict) else publisher
                return {"datePublished": str(item["datePublished"]), "publisher": one_line(str(name or ""))}
    return {}


def _title(root: Any, body: Any, metas: dict[str, str]) -> str:
    tab = one_line("".join(root.xpath("//head/title//text()")[:1]))
    headings = [
        one_line(h.text_content())
        for h in body.iter("h1", "h2")
        if 4 <= len(one_line(h.text_content())) <= 80
    ]
    named = next((metas[name] for name in _TITLE_NAMES if metas.get(name)), "")
    in_tab = next((h for h in headings if h in tab), "")
    return named or in_tab or (headings[0] if len(headings) == 1 else "") or _SITE_TAIL.sub("", tab)


def _near_title(lines: list[str], title: str) -> list[str]:
    """Returns the lines after the title's last showing near the top, where a page names source and date."""
    bare = re.sub(r"\W+", "", title)
    places = [i for i, line in enumerate(lines) if bare and bare in re.sub(r"\W+", "", line)]
    start = places[0] if places else 0
    return [line for line in lines[start : start + _REACH] if len(line) < 200]


def _first_match(pattern: re.Pattern[str], group: str, lines: Iterable[str]) -> str:
    for line in lines:
        match = pattern.search(line)
        # A date inside a sentence is not the page's own.
        if match and (group != "date" or (len(line) < 100 and "。" not in line)):
            return parse_date(match[group]) if group == "date" else match[group].strip('《》“”"（）()')
    return ""


def _first_date(values: Iterable[str]) -> str:
    for value in values:
        match = re.match(r"\s*20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}", value)
        if match and (parsed := parse_date(match[0].strip() + ("日" if "月" in match[0] else ""))):
            return parsed
    return ""


def _times(root: Any) -> Iterator[str]:
    for element in root.iter("time"):
        if element.get("datetime") and (
            element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
        ):
            yield str(element.get("datetime"))
    yield from (_by_id(root, name) for name in ("publish_time", "pubtime_baidu"))


def _script_times(text: str) -> Iterator[str]:
    from datetime import datetime, timedelta, timezone

    for match in _SCRIPT_TIME.finditer(text):
        stamp = match["stamp"]
        if stamp.isdigit():
            yield datetime.fromtimestamp(int(stamp), timezone(timedelta(hours=8))).strftime("%Y-%m-%d")
        else:
            yield stamp


def _by_id(root: Any, name: str) -> str:
    found = root.xpath("//*[@id=$name]", name=name)
    return one_line(found[0].text_content()) if found else ""


def _address(root: Any, metas: dict[str, str], text: str) -> str:
    canonical = root.xpath("//link[@rel='canonical']/@href")
    saved = _SAVED_FROM.search(text[:2000])
    candidates = [*map(str, canonical[:1]), metas.get("og:url", ""), saved[1] if saved else ""]
    return next((c for c in candidates if c.startswith(("http://", "https://"))), "")
