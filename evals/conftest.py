"""Options of the gold suite, one run a session, and its table in the terminal's summary."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evals.cases import load_cases
from evals.corpus import Corpus
from evals.report import kind_table, times
from evals.suite import Result, ask_cases

_RESULTS = pytest.StashKey[list[Result]]()
_BY_MODEL = pytest.StashKey[list[Result]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--part`, `--articles` and `--mode`."""
    parser.addoption("--part", choices=["open", "apart", "all"], default="all", help="part of the gold cases")
    parser.addoption(
        "--mode",
        choices=["extractive", "llm"],
        default="extractive",
        help="llm: ask the model of JUSHI_LLM too, and print both side by side",
    )
    parser.addoption("--articles", default="seeds", help="seeds, or a folder of the articles")


@pytest.fixture(scope="session")
def articles(request: pytest.FixtureRequest) -> str:
    """Returns `seeds` or the folder of the articles that the cases are asked of."""
    return str(request.config.getoption("--articles"))


@pytest.fixture(scope="session")
def asked(request: pytest.FixtureRequest, articles: str) -> Iterator[tuple[list[Result], Corpus]]:
    """Yields the results of all cases without a model, and the articles they were asked of."""
    from evals.library import opened  # here, so that collecting costs no import of the assistant
    from evals.modes import Moded

    cases = load_cases(request.config.getoption("--part"))
    with opened(articles) as (system, corpus):
        results = ask_cases(Moded(system, "extractive"), cases, corpus)
        request.config.stash[_RESULTS] = results
        if request.config.getoption("--mode") == "llm":
            if system.model_state().state == "none":
                pytest.fail("no model is set: set JUSHI_LLM and JUSHI_LLM_BASE_URL (docs/MODELS.md)")
            request.config.stash[_BY_MODEL] = ask_cases(Moded(system, "llm"), cases, corpus)
        yield results, corpus


@pytest.fixture(scope="session")
def written(request: pytest.FixtureRequest, asked: tuple[list[Result], Corpus]) -> list[Result]:
    """Returns the results of all cases with a model; skips where none was asked for."""
    results = request.config.stash.get(_BY_MODEL, None)
    if results is None:
        pytest.skip("only with --mode llm")
    return results


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the scores per kind and group."""
    results = config.stash.get(_RESULTS, None)
    if results:
        terminalreporter.section("gold questions, percent")
        terminalreporter.write_line(kind_table(results))
        terminalreporter.write_line(times(results))
    by_model = config.stash.get(_BY_MODEL, None)
    if results and by_model:
        from evals.modes import side_by_side

        terminalreporter.section("without and with a model, percent")
        terminalreporter.write_line(side_by_side(results, by_model))
        terminalreporter.write_line(times(by_model))
