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
# A file is not to run macros, follow links to other files, or reach a network (a proxy that is nowhere).
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
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
        _write_settings(Path(profile))
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


def _write_settings(profile: Path) -> None:
    """Writes what LibreOffice may not do into a profile."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    file = profile / "user" / "registrymodifications.xcu"
    file.parent.mkdir()
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )


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
