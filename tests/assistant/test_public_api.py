from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import assistant

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "gradio",
    "langchain",
    "langchain_core",
    "chromadb",
    "tantivy",
    "jieba",
    "numpy",
    "fastapi",
    "uvicorn",
)
_PROBE = """
import socket, sys

def refuse(*_, **__):
    raise SystemExit("a socket was opened")

socket.socket.__init__ = socket.create_connection = socket.getaddrinfo = refuse
{imports}
print(" ".join(sorted(name for name in {heavy!r} if name in sys.modules)))
"""


def loaded_by(imports: str) -> str:
    """Returns the heavy packages that some imports load in a process of their own; fails if they make a socket."""
    code = _PROBE.format(imports=imports, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_names_are_pinned():
    assert assistant.__all__ == [
        "Answer", "AnswerEvent", "AnswerFigure", "Assistant", "Citation", "Conflict", "ConflictVersion",
        "DraftItem", "DraftReport", "Figure", "LedgerRow",
        "Notice", "Passage", "Settings", "Statement", "build_checker", "build_language", "extract_figures",
        "qualifier_set", "same_figure", "same_unit",
    ]  # fmt: skip


@pytest.mark.parametrize("name", assistant.__all__)
def test_every_name_is_there_and_told_about(name):
    assert getattr(assistant, name).__doc__


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = assistant.nothing_of_the_kind


def test_importing_the_packages_loads_nothing_heavy():
    records = "from assistant import Answer, extract_figures; from retrieval import Query, find_numerals"
    assert loaded_by(f"import assistant, retrieval, prompts; {records}") == ""


def test_contract_fields_of_an_answer():
    assert {
        "question", "standalone_question", "status", "short_answer", "text", "citations", "figures", "notices",
        "conflicts", "nearest", "mode", "model", "elapsed_ms",
    } <= set(assistant.Answer.model_fields)  # fmt: skip
    assert {
        "n", "article_id", "also", "title", "publisher", "published", "region", "source", "section", "quote", "start",
        "end", "digest",
    } == set(assistant.Citation.model_fields)  # fmt: skip
    assert {"text", "value", "unit", "qualifier", "as_of", "citation", "derived_from"} == set(
        assistant.AnswerFigure.model_fields
    )
    assert set(assistant.Conflict.model_fields) == {"about", "versions"}
    assert set(assistant.ConflictVersion.model_fields) == {"text", "as_of", "citation"}
    assert set(assistant.Notice.model_fields) == {"kind", "text"}
