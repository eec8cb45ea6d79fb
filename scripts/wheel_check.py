"""What a folder of wheels lacks for a target: read from the wheels themselves, without pip."""

from __future__ import annotations

import email.parser
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# pip's own copy: the scripts need nothing but a Python with pip.
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name, parse_wheel_filename
from pip._vendor.packaging.version import Version


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel and what it asks for."""

    path: Path
    name: str
    version: Version
    requires: tuple[Requirement, ...]

    @property
    def tags(self) -> frozenset[str]:
        """The tags in the file's name, as `python-abi-platform`."""
        return frozenset(map(str, parse_wheel_filename(self.path.name)[3]))


def read_wheel(path: Path) -> Wheel:
    """Returns what the wheel says of itself. Raises ValueError if it is no wheel."""
    name, version, _, _ = parse_wheel_filename(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            metadata = next(one for one in archive.namelist() if one.endswith(".dist-info/METADATA"))
            message = email.parser.Parser().parsestr(archive.read(metadata).decode("utf-8"))
    except (zipfile.BadZipFile, StopIteration) as error:
        raise ValueError(f"{path.name} is no wheel") from error
    asked = message.get_all("Requires-Dist") or []
    return Wheel(path, str(name), version, tuple(Requirement(one) for one in asked))


def closure(
    roots: Iterable[str], wheels: Iterable[Wheel], markers: Mapping[str, str]
) -> tuple[list[Wheel], list[str]]:
    """Returns the wheels that the roots need on the target, and a line for each thing that is lacking.

    Each name has one version at most: another one in the folder would be a leftover of an earlier build.
    """
    held = {one.name: one for one in wheels}
    needed: dict[str, Wheel] = {}
    lacking: list[str] = []
    waiting = [(Requirement(one), "the command line") for one in roots]
    done: set[tuple[str, str]] = set()
    while waiting:
        requirement, asker = waiting.pop()
        found = held.get(canonicalize_name(requirement.name))
        if found is None or not requirement.specifier.contains(found.version, prereleases=True):
            lacking.append(f"{requirement} ({asker} needs it)")
            continue
        needed[found.name] = found
        for extra in ("", *sorted(requirement.extras)):
            if (found.name, extra) not in done:
                done.add((found.name, extra))
                waiting += [(one, found.name) for one in _asked(found, extra, markers)]
    return sorted(needed.values(), key=lambda one: one.name), sorted(set(lacking))


def _asked(wheel: Wheel, extra: str, markers: Mapping[str, str]) -> Iterator[Requirement]:
    for one in wheel.requires:
        if one.marker is None:
            if not extra:
                yield one
        elif one.marker.evaluate({**markers, "extra": extra}):
            yield one
