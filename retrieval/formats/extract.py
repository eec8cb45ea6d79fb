"""The extractor of a file by its ending. Runs inside the child process, never in the parent."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path

from retrieval.errors import ArticleUnreadable
from retrieval.formats.kinds import EXTRACTED
from retrieval.formats.record import MOST_CHARACTERS, Extracted

_HOME = {
    "html": ("retrieval.formats.web", "extract_html"),
    "mht": ("retrieval.formats.web", "extract_mht"),
    "docx": ("retrieval.formats.word", "extract_docx"),
    "pdf": ("retrieval.formats.pdf", "extract_pdf"),
    "ofd": ("retrieval.formats.ofd", "extract_ofd"),
    "xlsx": ("retrieval.formats.sheets", "extract_xlsx"),
    "csv": ("retrieval.formats.sheets", "extract_csv"),
}
_NEEDED = {
    "html": ("lxml.html",),
    "mht": ("lxml.html",),
    "docx": ("docx",),
    "pdf": ("pypdfium2",),
    "ofd": ("defusedxml.ElementTree",),
    "xlsx": ("openpyxl",),
    "csv": (),
}
# What to install where a parser is missing.
_PACKAGES = {
    "docx": "python-docx",
    "lxml": "lxml",
    "pypdfium2": "pypdfium2",
    "openpyxl": "openpyxl",
    "defusedxml": "defusedxml",
}


def load(path: Path) -> None:
    """Imports what a file's extractor needs, which takes longer than most files do."""
    kind = EXTRACTED[path.suffix.lower()]
    for name in (_HOME[kind][0], *_NEEDED[kind]):
        with suppress(ModuleNotFoundError):  # said when the file is read
            import_module(name)


def extract(path: Path) -> Extracted:
    """Returns what a file holds. Raises ArticleUnreadable."""
    module, name = _HOME[EXTRACTED[path.suffix.lower()]]
    try:
        found: Extracted = getattr(import_module(module), name)(path)
    except ModuleNotFoundError as error:
        package = _PACKAGES.get(str(error.name).partition(".")[0])
        if package is None:
            raise
        raise ArticleUnreadable(
            f"读取 {path.suffix} 要先安装 {package}：请执行 pip install {package}，或另存为 .txt 后再导入。"
        ) from error
    if not found.rows and not found.text.strip():
        raise ArticleUnreadable("没有读到文字：请补上内容，或另存为 .txt 后再导入。")
    if len(found.text) > MOST_CHARACTERS:
        raise ArticleUnreadable("文章超过 500 万字：请拆分成较小的文件后再导入。")
    return found
