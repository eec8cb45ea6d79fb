"""Another name in ASCII for folders that C++ code opens on Windows; the system's own calls are stood in for."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.narrow_paths import narrow_path, other_name


def no_short_name(folder: Path) -> Path:
    raise OSError("none")


def link(target: Path, place: Path) -> None:
    place.symlink_to(target, target_is_directory=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "张 三" / "chroma"
    made.mkdir(parents=True)
    return made


def test_elsewhere_and_in_ascii_a_path_is_what_it_is(folder: Path, tmp_path: Path) -> None:
    assert narrow_path(folder, windows=False) == folder
    assert narrow_path(tmp_path / "plain", windows=True) == tmp_path / "plain"


def test_the_short_name_is_taken_where_the_volume_keeps_one(folder: Path, tmp_path: Path) -> None:
    assert other_name(folder, lambda _: Path("C:/USERS/7F3A~1"), tmp_path / "shared", link) == Path(
        "C:/USERS/7F3A~1"
    )
    assert not (tmp_path / "shared").exists()


@pytest.mark.parametrize("short", [no_short_name, lambda folder: folder])
def test_else_a_junction_leads_to_the_same_folder(folder: Path, tmp_path: Path, short) -> None:
    found = other_name(folder, short, tmp_path / "shared", link)
    assert found.parent == tmp_path / "shared" / "jushi"
    (found / "header.bin").write_bytes(b"1")
    assert (folder / "header.bin").read_bytes() == b"1"
    assert other_name(folder, short, tmp_path / "shared", link) == found


def test_two_folders_never_share_a_junction(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "李 四" / "chroma"
    other.mkdir(parents=True)
    names = {other_name(one, no_short_name, tmp_path / "shared", link) for one in (folder, other)}
    assert len(names) == 2


def test_where_no_other_name_can_be_had_it_stays_its_own(folder: Path, tmp_path: Path) -> None:
    def refused(target: Path, place: Path) -> None:
        raise PermissionError

    assert other_name(folder, no_short_name, tmp_path / "shared", refused) == folder
