"""Asks the gold questions and prints how well they are answered.

Usage: python -m evals.run [--part open|apart|all] [--articles seeds|DIR] [--cases DIR] [--kind K]
       [--failures] [--noise FILE.jsonl] [--write-baseline]

Exits 1 if a score fell below the committed baseline, or a turn crashed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from evals.baseline import regressions, write_baseline
from evals.cases import CASES, Case, load_cases
from evals.library import opened
from evals.report import crashes, failures, tables
from evals.suite import Result, ask_cases


def select(cases: tuple[Case, ...], kind: str | None) -> tuple[Case, ...]:
    """Returns the cases that have a turn of the kind, or all."""
    return cases if kind is None else tuple(c for c in cases if any(turn.kind == kind for turn in c.turns))


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evals.run", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--part", choices=["open", "apart", "all"], default="open")
    parser.add_argument("--articles", default="seeds", help="seeds, or a folder of the articles")
    parser.add_argument("--cases", type=Path, default=CASES, help="a folder with the parts open/ and apart/")
    parser.add_argument("--kind", help="only cases with a turn of this kind")
    parser.add_argument("--failures", action="store_true", help="a line for every failure of the open part")
    parser.add_argument("--noise", type=Path, help="a .jsonl of further articles to be told apart from")
    parser.add_argument("--write-baseline", action="store_true", help="commit to the scores of this run")
    return parser.parse_args(argv)


def _print(results: list[Result], *, with_failures: bool) -> None:
    print(tables(results))
    if with_failures:
        print("\nfailures (case, kind, question, gold, short answer, status, reason)")
        print("\n".join(failures(results)))
    crashed = crashes(results)
    if crashed:
        print(f"\n{len(crashed)} crashed")
        print("\n".join(crashed))


def main(argv: list[str] | None = None) -> int:
    """Runs the suite; returns the exit status."""
    arguments = _arguments(argv)
    cases = select(load_cases(arguments.part, arguments.cases), arguments.kind)
    started = time.perf_counter()
    with opened(arguments.articles, arguments.noise) as (system, corpus):
        ready = time.perf_counter()
        results = ask_cases(system, cases, corpus)
    print(
        f"{len(cases)} cases, library {ready - started:.1f} s, answers {time.perf_counter() - ready:.1f} s\n"
    )
    _print(results, with_failures=arguments.failures)
    comparable = (
        arguments.articles == "seeds"
        and arguments.noise is None
        and arguments.kind is None
        and arguments.cases == CASES
    )
    if arguments.write_baseline:
        if not comparable:
            print("the baseline is of all cases over the seeds alone: not written", file=sys.stderr)
            return 2
        write_baseline(results)
        return 0
    fallen = regressions(results) if comparable else []
    for regression in fallen:
        print(f"BELOW BASELINE {regression}")
    return 1 if fallen or crashes(results) else 0


if __name__ == "__main__":
    sys.exit(main())
