"""Gold cases: what is asked and what a right answer holds."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

CASES = Path(__file__).parent / "cases"
PARTS = ("open", "apart")

Part = Literal["open", "apart"]
Kind = Literal[
    "count", "share", "change", "ratio", "rank", "date", "duration", "money", "person", "organisation",
    "place", "document", "definition", "list", "measure", "purpose", "yesno", "comparison", "aggregation",
    "arithmetic", "mentions", "summary", "several", "smalltalk", "other",
]  # fmt: skip
Style = Literal[
    "plain", "paraphrase", "terse", "colloquial", "typo", "traditional", "years", "several", "english"
]  # fmt: skip
CROSS_ARTICLE = frozenset({"comparison", "aggregation", "arithmetic", "mentions"})


class CaseError(Exception):
    """A file of cases cannot be used; the message names the file, the case and the fault, not its content."""


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class GoldFigure(_Gold):
    """A figure that the bare answer must give; `value` is a plain decimal string after 万 and 亿."""

    text: str = Field(min_length=1)
    value: str
    unit: str = ""
    qualifier: str = ""
    as_of: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")

    @field_validator("value")
    @classmethod
    def _decimal(cls, value: str) -> str:
        try:
            Decimal(value)
        except InvalidOperation:
            raise ValueError("value is no decimal") from None
        return value


class Turn(_Gold):
    """One question with its gold answer.

    Attributes:
        articles: Numbers of the articles that the answer must be cited from.
        answers: Groups of alternatives; of each group at least one must stand in the answer.
        evidence: Short strings that must stand in cited sentences.
        near: For unanswerable questions: the articles say the like of another place or year.
    """

    question: str = Field(min_length=1)
    kind: Kind
    style: Style
    articles: tuple[str, ...] = ()
    figures: tuple[GoldFigure, ...] = ()
    answers: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[str, ...] = ()
    answerable: bool = True
    near: bool = False

    @model_validator(mode="after")
    def _has_gold(self) -> Turn:
        gold = bool(self.figures or self.answers or self.evidence)
        if self.kind != "smalltalk" and self.answerable and not (gold and self.articles):
            raise ValueError("an answerable question needs articles and figures, answers or evidence")
        if not self.answerable and gold:
            raise ValueError("an unanswerable question has no gold answer")
        if any(not group for group in self.answers):
            raise ValueError("a group of answers is empty")
        return self


class Case(_Gold):
    """One conversation, of a single turn for most cases; `part` and `file` say where it was read."""

    id: str = Field(pattern=r"^[\x21-\x7e]+$")
    turns: tuple[Turn, ...] = Field(min_length=1)
    part: Part = "open"
    file: str = ""

    @model_validator(mode="before")
    @classmethod
    def _one_turn(cls, raw: Any) -> Any:
        """Folds the fields of a single question into one turn."""
        if not isinstance(raw, dict) or "turns" in raw:
            return raw
        own = {key: raw[key] for key in ("id", "part", "file") if key in raw}
        return {**own, "turns": [{key: value for key, value in raw.items() if key not in own}]}


def _read(path: Path, part: str) -> list[Case]:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, list):
        raise CaseError(f"{path.name}: a file of cases is a list")
    cases = []
    for position, item in enumerate(raw):
        try:
            cases.append(Case.model_validate({**item, "part": part, "file": path.stem}))
        except ValidationError as error:
            faults = "; ".join(
                f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False)
            )
            raise CaseError(f"{path.name}, case {position} ({item.get('id', '?')}): {faults}") from None
    return cases


def load_cases(part: str = "all", folder: Path = CASES) -> tuple[Case, ...]:
    """Returns the cases of a part (`open`, `apart`) or of both (`all`), in the order of the files.

    Raises:
        CaseError: A file does not have the form of cases, an id is used twice, or there is no such part.
    """
    if part not in {*PARTS, "all"}:
        raise CaseError(f"no part {part!r}: choose open, apart or all")
    parts = PARTS if part == "all" else (part,)
    cases = [
        case
        for name in parts
        for path in sorted((folder / name).glob("*.yaml"))
        for case in _read(path, name)
    ]
    twice = [name for name, count in Counter(case.id for case in cases).items() if count > 1]
    if twice:
        raise CaseError(f"ids used twice: {', '.join(twice)}")
    return tuple(cases)
