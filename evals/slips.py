"""Makes slips of the input method in questions and prints how many are still mended or read as before.

Usage: python -m evals.slips PASSAGES.jsonl.xz QUESTIONS.jsonl.xz [--most N] [--seed S]

A slip replaces one character of a word of the question by another that sounds the same, drops a character or
doubles one. A question survives if its words are mended to what they were, by the words of its own passage.
Right questions are asked as well: none of them may be changed.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

from assistant import build_language
from assistant.reading.language import Language

KINDS = ("sound", "doubled", "dropped")


def slip(word: str, kind: str, alike: dict[str, list[str]], chance: random.Random) -> str:
    """Returns a word with one slip in it, the word itself where that kind cannot be made."""
    place = chance.randrange(len(word))
    if kind == "doubled":
        return word[: place + 1] + word[place:]
    if kind == "dropped":
        return word[:place] + word[place + 1 :] if len(word) > 2 else word
    others = [c for c in alike.get(word[place], []) if c != word[place]]
    return word[:place] + chance.choice(others) + word[place + 1 :] if others else word


def sound_alikes(texts: list[str]) -> dict[str, list[str]]:
    """Returns every Chinese character of the texts with those that sound the same."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for character in sorted({c for text in texts for c in text if "一" <= c <= "鿿"}):
        by_sound[lazy_pinyin(character)[0]].append(character)
    return {c: group for group in by_sound.values() for c in group}


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measure(
    language: Language, pairs: list[tuple[str, str]], chance: random.Random
) -> dict[str, tuple[int, int]]:
    """Returns per kind of slip how many questions came out right, of how many (`none`: without a slip)."""
    alike = sound_alikes([question for question, _ in pairs])
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for question, passage in pairs:
        plain = language.normalise(question)
        sentences = [s for s in language.normalise(passage).split("。") if s]
        counts["none"][0] += language.mended(plain, sentences) == plain
        counts["none"][1] += 1
        words = [
            w
            for w in language.words(plain)
            if len(w) > 1 and w in "".join(sentences) and "一" <= w[0] <= "鿿"
        ]
        if not words:
            continue
        for kind in KINDS:
            word = chance.choice(words)
            wrong = slip(word, kind, alike, chance)
            if wrong != word:
                counts[kind][0] += language.mended(plain.replace(word, wrong, 1), sentences) == plain
                counts[kind][1] += 1
    return {kind: (right, total) for kind, (right, total) in counts.items()}


def main(argv: list[str] | None = None) -> int:
    """Prints the table; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.slips", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("passages", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--most", type=int, default=300, help="how many questions")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(argv)
    chance = random.Random(arguments.seed)
    passages = {p["id"]: p["text"] for p in _read(arguments.passages)}
    asked = [q for q in _read(arguments.questions) if q["passage_ids"] and q["passage_ids"][0] in passages]
    chosen = chance.sample(asked, min(arguments.most, len(asked)))
    pairs = [(q["question"], passages[q["passage_ids"][0]]) for q in chosen]
    print("slip      questions  right")
    for kind, (right, total) in measure(build_language(), pairs, chance).items():
        print(f"{kind:<8} {total:>10}  {right / total if total else 0:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
