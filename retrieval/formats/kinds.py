"""Which files are of which format: by ending, and by what their first bytes really are."""

from __future__ import annotations

from pathlib import Path

from retrieval.errors import ArticleUnreadable

# Ending → extractor in `extract`. The old binary formats go through LibreOffice first.
EXTRACTED = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mht": "mht", ".mhtml": "mht",
    ".docx": "docx", ".docm": "docx", ".pdf": "pdf", ".ofd": "ofd",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
CONVERTED = {
    ".doc": ".docx", ".wps": ".docx", ".wpt": ".docx", ".rtf": ".docx", ".odt": ".docx",
    ".xls": ".xlsx", ".et": ".xlsx", ".ods": ".xlsx",
}  # fmt: skip
PLAIN = frozenset({".txt", ".md", ".jsonl"})
SUFFIXES = PLAIN | EXTRACTED.keys() | CONVERTED.keys()
ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})

_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"MZ", "程序"),
)
_EXPECTED = {
    ".docx": {"ZIP"}, ".docm": {"ZIP"}, ".xlsx": {"ZIP"}, ".xlsm": {"ZIP"}, ".ofd": {"ZIP"}, ".odt": {"ZIP"},
    ".ods": {"ZIP"}, ".pdf": {"PDF"}, ".doc": {"OLE"}, ".wps": {"OLE"}, ".wpt": {"OLE"}, ".xls": {"OLE"},
    ".et": {"OLE"}, ".rtf": {"RTF"},
}  # fmt: skip
_SPOKEN = {
    "PDF": "PDF 文件（.pdf）",
    "ZIP": "压缩容器（.docx、.xlsx、.ofd 或压缩包）",
    "OLE": "旧版 Office 文件（.doc、.xls、.wps）",
    "RTF": "RTF 文件（.rtf）",
}
_HEAD = 1024


def check_kind(path: Path) -> None:
    """Raises ArticleUnreadable if a file's first bytes are not what its ending says."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    suffix = path.suffix.lower()
    if not head:
        raise ArticleUnreadable("文件是空的：请补上文章内容后再导入。")
    # Some writers put a few bytes before a PDF's mark.
    found = "PDF" if suffix == ".pdf" and b"%PDF-" in head else kind_of(head)
    expected = _EXPECTED.get(suffix)
    if expected is None and found in {"", "程序"}:
        return  # text, which its decoder judges; MZ may open a text
    if expected is not None and found in expected:
        return
    if not found:
        raise ArticleUnreadable(f"内容不是 {suffix} 文件（已损坏或扩展名不对）：请用原软件另存后再导入。")
    spoken = _SPOKEN.get(found, found)
    raise ArticleUnreadable(
        f"扩展名是 {suffix}，内容却是{spoken}：请改成正确的扩展名，或用原软件另存后再导入。"
    )


def kind_of(head: bytes) -> str:
    """Returns what kind of file its first bytes show, `""` if none that is known."""
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
