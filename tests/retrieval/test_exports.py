from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import retrieval


def test_every_exported_name_is_there_and_listed_once() -> None:
    assert list(retrieval.__all__) == sorted(
        set(retrieval.__all__), key=lambda name: (not name.isupper(), name)
    )
    for name in retrieval.__all__:
        assert getattr(retrieval, name) is not None
    assert set(retrieval.__all__) == set(retrieval._HOME)


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = (
        "import sys, retrieval; from retrieval import Record, Query; "
        "heavy = ('chromadb', 'langchain_core', 'tantivy', 'jieba', 'opencc', 'numpy'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
