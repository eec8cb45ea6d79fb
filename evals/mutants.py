"""Tries the checker on untrue and on reworded statements made of the articles' own sentences.

Usage: python -m evals.mutants [--count 1000] [--equivalents N] [--seed 0] [--articles FOLDER] [--all]

Exits 1 if an untrue statement is accepted, or less than 99% of the reworded ones.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from assistant import build_checker, build_language
from assistant.checking.checker import Checker, Finding
from evals.equivalents import EQUIVALENTS
from evals.library import build_library, copy_seeds
from evals.mutations import MUTATIONS
from evals.specimens import Maker, Source, Specimen, excerpted, read_sources
from retrieval import Library

LEAST_ACCEPTED = 0.99  # share of the reworded statements that must be accepted


_MOST_TRIED = 1500  # sources looked at for one specimen


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker found in a specimen; `wrong` if it should have found something, or nothing."""

    specimen: Specimen
    mutant: bool
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """True if the statement would be shown."""
        return not self.findings

    @property
    def wrong(self) -> bool:
        """True for an accepted mutant and for a rejected equivalent."""
        return self.accepted == self.mutant


def seed_sources(articles: Path | None = None) -> list[Source]:
    """Returns the sentences with amounts of the seed articles, or of a folder's."""
    with tempfile.TemporaryDirectory(prefix="jushi-evals-", ignore_cleanup_errors=True) as name:
        build_library(Path(name) / "data", articles or copy_seeds(Path(name)))
        with Library.open(Path(name) / "data") as library:
            return read_sources(library)


def recited(sources: Sequence[Source]) -> Maker:
    """Returns a maker of mutants that are true but cite another sentence, which lacks an amount of theirs."""

    def cited_elsewhere(source: Source, rng: Random) -> Specimen | None:
        numbers = {f.value for f in source.quantities}
        lacking = [s for s in sources if s is not source and numbers - {f.value for f in s.figures}]
        if not numbers or not lacking:
            return None
        alike = sorted(lacking, key=lambda s: -_overlap(source.text, s.text))[:3]
        other = rng.choice(alike if rng.random() < 0.5 else lacking)
        return Specimen("citation", source.text, other.support, f"cites: {other.text[:30]}")

    return cited_elsewhere


def _overlap(a: str, b: str) -> int:
    return len({a[i : i + 2] for i in range(len(a) - 1)} & {b[i : i + 2] for i in range(len(b) - 1)})


def make(makers: Sequence[Maker], sources: Sequence[Source], count: int, rng: Random) -> Iterator[Specimen]:
    """Yields up to `count` different specimens, the makers in turn, as far as the sources allow.

    Half of those that one clause can carry are cut down to it, as answers are.
    """
    seen: set[tuple[str, str]] = set()
    makers = list(makers)
    while makers and len(seen) < count:
        for maker in tuple(makers):
            specimen = _next(maker, sources, rng, seen)
            if specimen is None:
                makers.remove(maker)
            elif len(seen) < count:
                seen.add((specimen.statement, specimen.support.text))
                yield specimen


def _next(
    maker: Maker, sources: Sequence[Source], rng: Random, seen: set[tuple[str, str]]
) -> Specimen | None:
    """Returns a specimen not seen before, None if the sources tried in random order give none."""
    for source in rng.sample(sources, min(len(sources), _MOST_TRIED)):
        specimen = maker(source, rng)
        if specimen is not None and rng.random() < 0.5:
            specimen = excerpted(specimen)
        if specimen is not None and (specimen.statement, specimen.support.text) not in seen:
            return specimen
    return None


def try_checker(
    checker: Checker, sources: Sequence[Source], *, count: int, seed: int, equivalents: int | None = None
) -> list[Verdict]:
    """Returns the verdicts on `count` mutants and as many equivalents, or the number given."""
    rng = Random(seed)
    tries = [(True, s) for s in make((*MUTATIONS, recited(sources)), sources, count, rng)]
    tries += [(False, s) for s in make(EQUIVALENTS, sources, equivalents or count, rng)]
    return [Verdict(s, mutant, checker.check(s.statement, [s.support])) for mutant, s in tries]


def share(verdicts: Sequence[Verdict], chosen: Callable[[Verdict], bool]) -> float:
    """Returns the share of the verdicts that are chosen, 0 of none."""
    return sum(map(chosen, verdicts)) / len(verdicts) if verdicts else 0.0


def _table(verdicts: Sequence[Verdict]) -> None:
    for mutant in (True, False):
        these = [v for v in verdicts if v.mutant == mutant]
        print(
            "mutants: accepted must be none"
            if mutant
            else f"equivalents: at least {LEAST_ACCEPTED:.0%} accepted"
        )
        for kind in [*sorted({v.specimen.kind for v in these}), ""]:
            group = [v for v in these if kind in {"", v.specimen.kind}]
            accepted = sum(v.accepted for v in group)
            name = kind or "all"
            print(
                f"  {name:22}{len(group):6}  accepted {accepted:5}  {share(group, lambda v: v.accepted):7.1%}"
            )


def _examples(verdicts: Sequence[Verdict], most: int | None) -> None:
    kinds: dict[tuple[bool, str], list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.wrong:
            kinds.setdefault((verdict.mutant, verdict.specimen.kind), []).append(verdict)
    for (mutant, kind), wrong in kinds.items():
        print(f"\n{'ACCEPTED MUTANTS' if mutant else 'REJECTED EQUIVALENTS'}: {kind} ({len(wrong)})")
        for verdict in wrong[:most]:
            found = " ".join(f"{f.kind}:{f.text}" for f in verdict.findings)
            print(f"  [{verdict.specimen.change}] {verdict.specimen.statement} {found}")


def main(argv: list[str] | None = None) -> int:
    """Prints the verdicts per kind and examples of wrong ones; returns 1 if an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals.mutants")
    parser.add_argument("--count", "--n", type=int, default=1000, help="how many mutants")
    parser.add_argument(
        "--equivalents", type=int, help="how many equivalents; as many as mutants if not given"
    )
    parser.add_argument("--articles", type=Path, help="a folder of other articles than the seeds")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", help="show examples of this kind alone")
    parser.add_argument("--all", action="store_true", help="every wrong verdict, not a few of each kind")
    arguments = parser.parse_args(argv)
    verdicts = try_checker(
        build_checker(build_language()),
        seed_sources(arguments.articles),
        count=arguments.count,
        seed=arguments.seed,
        equivalents=arguments.equivalents,
    )
    _table(verdicts)
    shown = [v for v in verdicts if arguments.kind in {None, v.specimen.kind}]
    _examples(shown, None if arguments.all else 4)
    missed = any(v.mutant and v.wrong for v in verdicts)
    equivalents = [v for v in verdicts if not v.mutant]
    return 1 if missed or share(equivalents, lambda v: v.accepted) < LEAST_ACCEPTED else 0


if __name__ == "__main__":
    sys.exit(main())
