"""The folder for machines without internet: invented wheels, no network."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import build_wheelhouse
import pytest
from build_wheelhouse import Target, download, pin, sha256, target
from wheel_check import Wheel, closure, read_wheel


def make_wheel(
    folder: Path, name: str, *requires: str, version: str = "1.0", tag: str = "py3-none-any"
) -> Path:
    """Returns a wheel that holds nothing but what it asks for."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {one}" for one in requires]
    lines += ["Provides-Extra: fast", "Provides-Extra: more"]
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", "\n".join(lines) + "\n")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Returns wheels as an index would have them: some only for one system, some in several versions."""
    index = tmp_path / "index"
    make_wheel(
        index,
        "root",
        'onlywin; sys_platform == "win32"',
        'onlylinux; sys_platform != "win32"',
        "native[fast]>=1,<2",
        'old; python_version < "3.12"',
        'unasked; extra == "more"',
    )
    make_wheel(index, "onlywin")
    make_wheel(index, "onlylinux", tag="cp311-cp311-manylinux_2_17_x86_64")
    for tag in ("cp311-cp311-win_amd64", "cp312-cp312-win_amd64", "cp311-cp311-manylinux_2_28_x86_64"):
        make_wheel(index, "native", 'speed; extra == "fast"', tag=tag)
        make_wheel(index, "native", version="2.0", tag=tag)
    for name in ("speed", "old", "unasked"):
        make_wheel(index, name)
    return index


def fetched(index: Path, to: Path, aim: Target) -> list[Wheel]:
    to.mkdir()
    download(["root"], aim, to, options=["--no-index", "--find-links", str(index), "--quiet"])
    return [read_wheel(one) for one in sorted(to.glob("*.whl"))]


@pytest.mark.parametrize(
    ("name", "python", "expected"),
    [
        ("win_amd64", "3.11", {"root", "onlywin", "native", "speed", "old"}),
        ("win_amd64", "3.12", {"root", "onlywin", "native", "speed"}),
        ("linux_x86_64", "3.11", {"root", "onlylinux", "native", "speed", "old"}),
    ],
)
def test_the_target_decides_what_is_fetched(index: Path, tmp_path: Path, name, python, expected) -> None:
    aim = target(name, python)
    wheels = fetched(index, tmp_path / "wheels", aim)
    assert {one.name for one in wheels} == expected
    needed, lacking = closure(["root"], wheels, aim.markers)
    assert lacking == []
    assert {one.name for one in needed} == expected
    assert pin(needed, aim, tmp_path / "wheels").name == f"requirements-{name}-py{python}.txt"


def test_what_is_lacking_is_found_without_pip(index: Path) -> None:
    wheels = [
        read_wheel(index / "root-1.0-py3-none-any.whl"),
        read_wheel(index / "onlywin-1.0-py3-none-any.whl"),
    ]
    _, lacking = closure(["root"], wheels, target("win_amd64", "3.11").markers)
    assert [one.split(" (")[0].split(";")[0] for one in lacking] == ["native[fast]<2,>=1", "old"]


def test_a_version_out_of_bounds_is_lacking(index: Path) -> None:
    wheels = [read_wheel(index / "native-2.0-cp311-cp311-win_amd64.whl")]
    assert closure(["native<2"], wheels, {})[1] == ["native<2 (the command line needs it)"]


def test_a_wheel_for_another_system_is_not_pinned(index: Path) -> None:
    linux = read_wheel(index / "onlylinux-1.0-cp311-cp311-manylinux_2_17_x86_64.whl")
    with pytest.raises(ValueError, match="does not run on win_amd64"):
        pin([linux], target("win_amd64", "3.11"), index)


def test_every_wheel_is_pinned_by_its_sum(index: Path, tmp_path: Path) -> None:
    aim = target("win_amd64", "3.11")
    wheels = fetched(index, tmp_path / "wheels", aim)
    lines = pin(wheels, aim, tmp_path / "wheels").read_text(encoding="utf-8").splitlines()
    assert f"onlywin==1.0 --hash=sha256:{sha256(index / 'onlywin-1.0-py3-none-any.whl')}" in lines
    sums = (tmp_path / "wheels" / "SHA256SUMS").read_text(encoding="utf-8")
    assert sums.count(".whl\n") == len(wheels) == len(lines)


def test_pip_refuses_a_wheel_that_was_damaged_on_the_way(tmp_path: Path) -> None:
    wheels = tmp_path / "带 空格" / "wheels"
    one = make_wheel(wheels, "alone")
    file = pin([read_wheel(one)], target("linux_x86_64", "3.11"), wheels)
    line = ["install", "--no-index", "--find-links", str(wheels), "--require-hashes", "-r", str(file)]
    command = [sys.executable, "-m", "pip", *line, "--no-deps", "--target", str(tmp_path / "to")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    one.write_bytes(one.read_bytes() + b"\0")
    refused = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert refused.returncode == 1
    assert "DO NOT MATCH THE HASHES" in refused.stderr


def test_an_unknown_platform_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"solaris.*win_amd64, linux_x86_64"):
        target("solaris", "3.11")


def test_what_starts_the_program_lies_beside_the_wheels(tmp_path: Path) -> None:
    build_wheelhouse.copy_starter(build_wheelhouse.ROOT, tmp_path)
    held = {str(one.relative_to(tmp_path).as_posix()) for one in tmp_path.rglob("*") if one.is_file()}
    assert {"启动据实.bat", "scripts/start_jushi.py", "scripts/installing.py"} <= held
    assert {"scripts/windows/no_python.txt", "scripts/windows/incomplete.txt"} <= held


def test_no_package_registry_is_named() -> None:
    for name in ("build_wheelhouse.py", "target_pip.py", "start_jushi.py", "installing.py", "wheel_check.py"):
        text = (build_wheelhouse.HERE / name).read_text(encoding="utf-8")
        assert "://" not in text.replace("http://127.0.0.1", ""), name
        assert "index-url" not in text, name
