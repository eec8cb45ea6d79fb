"""Builds the folder from which 据实 is installed on a machine without internet.

Usage: python scripts/build_wheelhouse.py [--platform win_amd64] [--python-version 3.11] [--extra llm] [--to FOLDER]

The folder holds `启动据实.bat`, the starter, and `wheels/` with every package for the target, a list of SHA-256
sums (`SHA256SUMS`), and `requirements-PLATFORM-pyVERSION.txt`, which pins each of them by its sum. Run again with
another platform or Python version, it adds to the same folder. Packages come from wherever pip is set up to get
them; what the index has no wheel of is built here (it must be pure Python).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wheel_check import Wheel, closure, read_wheel

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
# Published as source only.
SOURCE_ONLY = ("jieba",)
# glibc 2.28 is what the Linux systems of Chinese offices have (麒麟 V10, 统信 20, openEuler 20.03) or newer.
_GLIBC = ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "2014", "_2_12", "2010", "_2_5", "1")
STARTER = (
    "启动据实.bat",
    "scripts/start_jushi.py",
    "scripts/installing.py",
    "scripts/windows",
    "docs/OFFLINE.md",
)


@dataclass(frozen=True, slots=True)
class Target:
    """The machine the wheels are for.

    Attributes:
        name: As in `--platform` here, and in the name of the requirements file.
        tags: The platform tags whose wheels run there.
        python: Version as `3.11`.
        markers: What environment markers read there.
    """

    name: str
    tags: tuple[str, ...]
    python: str
    markers: Mapping[str, str]

    @property
    def requirements(self) -> str:
        """Name of the file that pins the wheels of this target."""
        return f"requirements-{self.name}-py{self.python}.txt"


def target(name: str, python: str) -> Target:
    """Returns the target of that name. Raises ValueError if it is unknown.

    >>> target("win_amd64", "3.11").markers["sys_platform"]
    'win32'
    """
    windows = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
    linux = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    known = {
        "win_amd64": (("win_amd64",), windows, "AMD64"),
        "linux_x86_64": (_manylinux("x86_64"), linux, "x86_64"),
        "linux_aarch64": (_manylinux("aarch64"), linux, "aarch64"),
    }
    if name not in known:
        raise ValueError(f"unknown platform {name!r}: choose one of {', '.join(known)}")
    tags, system, machine = known[name]
    version = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_machine": machine,
        "platform_release": "",
        "platform_version": "",
    }
    return Target(name, tags, python, {**system, **version})


def _manylinux(machine: str) -> tuple[str, ...]:
    return (*(f"manylinux{one}_{machine}" for one in _GLIBC), f"linux_{machine}")


def this_platform() -> str:
    """Returns the name of the machine this runs on, where it is one of the targets."""
    system, machine = platform.system(), platform.machine().lower()
    return "win_amd64" if system == "Windows" else f"linux_{machine.replace('amd64', 'x86_64')}"


def run_pip(arguments: Sequence[str], *, program: Sequence[str] = ("-m", "pip")) -> None:
    """Runs pip. Raises CalledProcessError if it fails; what it says is on the screen."""
    subprocess.run([sys.executable, *program, *arguments], check=True)


def download(requirements: Sequence[str], aim: Target, wheels: Path, *, options: Sequence[str] = ()) -> None:
    """Puts the wheels of the requirements and of all they need into the folder."""
    picks = ["--only-binary=:all:", "--implementation", "cp", "--python-version", aim.python]
    for tag in aim.tags:
        picks += ["--platform", tag]
    with tempfile.TemporaryDirectory() as folder:
        markers = Path(folder) / "markers.json"
        markers.write_text(json.dumps(dict(aim.markers)), encoding="utf-8")
        arguments = ["download", "--find-links", str(wheels), "--dest", str(wheels), *picks, *options]
        run_pip([*arguments, *requirements], program=(str(HERE / "target_pip.py"), str(markers)))


def build_own(source: Path, wheels: Path) -> Path:
    """Puts the wheel of the project, and wheels of what the index has only as source, into the folder.

    Returns the project's wheel.
    """
    asked = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    built = [one for one in asked if one.split(">")[0].split("=")[0].strip() in SOURCE_ONLY]
    for one in (str(source), *built):
        run_pip(["wheel", "--no-deps", "--wheel-dir", str(wheels), one])
    return next(wheels.glob("jushi-*.whl"))


def pin(needed: Iterable[Wheel], aim: Target, wheels: Path) -> Path:
    """Writes the requirements file of the target and the list of sums; returns the former.

    Raises ValueError if a wheel does not run on the target.
    """
    lines = []
    for one in needed:
        if not _runs(one, aim):
            raise ValueError(f"{one.path.name} does not run on {aim.name}")
        lines.append(f"{one.name}=={one.version} --hash=sha256:{sha256(one.path)}")
    file = wheels / aim.requirements
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    sums = [f"{sha256(one)}  {one.name}" for one in sorted(wheels.glob("*.whl"))]
    (wheels / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="utf-8", newline="\n")
    return file


def _runs(wheel: Wheel, aim: Target) -> bool:
    return any(tag.endswith("-any") or tag.split("-", 2)[2] in aim.tags for tag in wheel.tags)


def sha256(path: Path) -> str:
    """Returns the file's SHA-256 sum in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def copy_starter(source: Path, folder: Path) -> None:
    """Puts what starts the program beside the wheels."""
    for name in STARTER:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, place, dirs_exist_ok=True)
        else:
            shutil.copyfile(source / name, place)


def build(source: Path, folder: Path, aim: Target, extras: Sequence[str] = ()) -> tuple[Path, list[Wheel]]:
    """Builds the folder; returns its requirements file and the wheels it pins. Raises ValueError.

    Each target is put together on its own, so that versions of one never end up in another's list.
    """
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    asked = f"[{','.join(extras)}]" if extras else ""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        fresh = Path(place)
        own = build_own(source, fresh)
        # By its path: a package of the same name on an index is another one.
        download([f"{own}{asked}"], aim, fresh)
        needed, lacking = closure([f"jushi{asked}"], map(read_wheel, fresh.glob("*.whl")), aim.markers)
        if lacking:
            raise ValueError(f"the folder lacks: {'; '.join(lacking)}")
        for one in needed:
            shutil.move(one.path, wheels / one.path.name)
    held = [read_wheel(wheels / one.path.name) for one in needed]
    copy_starter(source, folder)
    return pin(held, aim, wheels), held


def main() -> int:
    """Builds the folder and says how to install from it. Returns the exit code."""
    parser = argparse.ArgumentParser(
        description="备好离线安装用的文件夹（见 docs/OFFLINE.md）。",
        formatter_class=argparse.RawTextHelpFormatter,
    )
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser.add_argument(
        "--platform", default=this_platform(), help="win_amd64、linux_x86_64 或 linux_aarch64"
    )
    parser.add_argument("--python-version", default=here, help="没有网的机器上的 Python 版本，如 3.11")
    parser.add_argument("--extra", action="append", default=[], help="附加功能：llm、mcp，可写多次")
    parser.add_argument("--to", type=Path, default=ROOT / "dist" / "jushi-offline", help="放在哪个文件夹")
    given = parser.parse_args()
    try:
        aim = target(given.platform, given.python_version)
        file, needed = build(ROOT, given.to, aim, given.extra)
    except (ValueError, OSError, subprocess.CalledProcessError) as error:
        print(f"没有备好：{error}", file=sys.stderr)
        return 1
    size = sum(one.path.stat().st_size for one in needed) / 1e6
    print(
        f"备好了：{given.to}\n{len(needed)} 个安装包，{size:.0f} MB，用于 {aim.name}、Python {aim.python}。\n"
        "把整个文件夹拷到没有网的机器上。Windows 双击 启动据实.bat；Linux 运行 python3 scripts/start_jushi.py。\n"
        "自己安装：pip install --no-index --find-links wheels --require-hashes -r wheels/" + file.name
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
