"""The committed words that mutations and equivalents put in place of an article's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

VOCABULARY: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "vocabulary.yaml").read_text(encoding="utf-8")
)
