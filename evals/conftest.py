"""Options of the gold suite, one run a session, and its table in the terminal's summary."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evals.cases import load_cases
from evals.corpus import Corpus
from evals.report import kind_table, times
from evals.suite import Result, ask_cases

_RESULTS = pytest.StashKey[list[Result]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--part` and `--articles`."""
    parser.addoption("--part", choices=["open", "apart", "all"], default="all", help="part of the gold cases")
    parser.addoption("--articles", default="seeds", help="seeds, or a folder of the articles")


@pytest.fixture(scope="session")
def articles(request: pytest.FixtureRequest) -> str:
    """Returns `seeds` or the folder of the articles that the cases are asked of."""
    return str(request.config.getoption("--articles"))


@pytest.fixture(scope="session")
def asked(request: pytest.FixtureRequest, articles: str) -> Iterator[tuple[list[Result], Corpus]]:
    """Yields the results of all cases, and the articles they were asked of."""
    from evals.library import opened  # here, so that collecting costs no import of the assistant

    with opened(articles) as (system, corpus):
        results = ask_cases(system, load_cases(request.config.getoption("--part")), corpus)
        request.config.stash[_RESULTS] = results
        yield results, corpus


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the scores per kind and group."""
    results = config.stash.get(_RESULTS, None)
    if results:
        terminalreporter.section("gold questions, percent")
        terminalreporter.write_line(kind_table(results))
        terminalreporter.write_line(times(results))
