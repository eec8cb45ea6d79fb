"""The built wheel works by itself: installed elsewhere, run from another folder, the checkout out of reach."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assistant", "retrieval", "prompts", "seeds")
PLACES = """
import json, sys
from importlib.resources import files
import assistant, prompts, retrieval
print(json.dumps({
    "path": sys.path,
    "homes": [module.__file__ for module in (assistant, prompts, retrieval)] + [str(files("seeds") / "x")],
    "seeds": sorted(str(item) for item in files("seeds").iterdir() if item.name.endswith(".md")),
    "prompt": prompts.load("answer").version,
}))
"""

pytestmark = pytest.mark.slow


def shipped_files() -> set[str]:
    """Returns every file of the packages, as it must stand in the wheel."""
    return {
        str(path.relative_to(ROOT).as_posix())
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def run(command: list[str], *, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Returns what the command printed; the test fails with its stderr if it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], folder=ROOT)
    (built,) = folder.glob("jushi-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile"]
    run([*pip, "--target", str(target), str(wheel)], folder=target)
    return target


def python(installed: Path, folder: Path, *arguments: str) -> str:
    """Returns what Python prints with the wheel's packages and this environment's dependencies.

    -S keeps `.pth` files unread, so that an editable checkout is not on the path at all.
    """
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    path = os.pathsep.join([str(installed), *sorted(dependencies)])
    return run([sys.executable, "-S", *arguments], folder=folder, PYTHONPATH=path).stdout


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == shipped_files()
    assert "prompts/answer.md" in held
    assert sum(name.startswith("seeds/") and name.endswith(".md") for name in held) == 5
    assert {"assistant/app/static/frame.css", "retrieval/data/lexicon.txt"} <= held


def test_the_installed_packages_are_used_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    found = json.loads(python(installed, tmp_path, "-c", PLACES))
    assert str(ROOT) not in found["path"]
    for home in found["homes"]:
        assert Path(home).is_relative_to(installed)
    assert [Path(seed).parent for seed in found["seeds"]] == [installed / "seeds"] * 5
    assert found["prompt"]


def test_the_installed_program_indexes_the_seeds_and_answers(installed: Path, tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    program = str(installed / "bin" / "jushi")
    lines = python(
        installed, tmp_path, program, "ingest", str(installed / "seeds"), "--data", data, "--json"
    ).splitlines()
    assert [json.loads(line)["result"] for line in lines] == ["added"] * 5
    question = "揭阳有多少注册志愿者?"
    answer = json.loads(python(installed, tmp_path, program, "ask", question, "--data", data, "--json"))
    assert answer["status"] == "grounded"
    assert "80万" in answer["short_answer"]
    cited = answer["citations"][0]
    article = json.loads(
        python(installed, tmp_path, program, "article", cited["article_id"], "--data", data, "--json")
    )
    assert cited["quote"] == article["text"][cited["start"] : cited["end"]]
    assert json.loads(python(installed, tmp_path, "-m", "assistant", "articles", "--data", data, "--json"))
