"""The old binary formats (.doc, .wps, .xls) converted by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from retrieval.errors import ArticleUnreadable

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_SECONDS = 90
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}


def find_office() -> str:
    """Returns the path of LibreOffice's program, `""` if it is not installed."""
    found = next((place for name in _NAMES if (place := shutil.which(name))), "")
    return found or next((str(place) for place in _PLACES if place.is_file()), "")


def convert(path: Path, target: str, folder: Path) -> Path:
    """Returns the file of a new format that LibreOffice made in `folder`. Raises ArticleUnreadable."""
    program = find_office()
    if not program:
        raise ArticleUnreadable(
            f"{path.suffix} 要由 LibreOffice 转换，本机没有安装：请用 Word 或 WPS 另存为 {target} 后再导入。"
        )
    # A name of its own: LibreOffice takes some characters of a name for options.
    source = folder / f"source{path.suffix.lower()}"
    shutil.copyfile(path, source)
    with tempfile.TemporaryDirectory(prefix="jushi-office-") as profile:
        command = [
            program,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            _FILTERS[target],
            "--outdir",
            str(folder),
            str(source),
        ]
        _run(command, target)
    made = folder / f"source{target}"
    if not made.is_file():
        raise ArticleUnreadable(f"LibreOffice 没能转换这个文件：请用 Word 或 WPS 另存为 {target} 后再导入。")
    return made


def _run(command: list[str], target: str) -> None:
    try:
        # A session of its own, so that the programs which soffice starts end with it.
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        raise ArticleUnreadable(f"LibreOffice 没有运行起来：请另存为 {target} 后再导入。") from error
    try:
        child.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ArticleUnreadable(
            f"LibreOffice 转换超过 {_SECONDS} 秒：请另存为 {target} 后再导入。"
        ) from error
    finally:
        if child.poll() is None:
            if os.name == "posix":
                os.killpg(child.pid, signal.SIGKILL)
            child.kill()
            child.wait()
