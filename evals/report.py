"""Results summed up: tables per kind and style, totals per group, failures, times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import mean, quantiles

from evals.suite import GROUPS, Result

# Column title → the score it averages; `right` is the whole turn.
_COLUMNS = {
    "right": "right",
    "bare fig": "bare_figure",
    "qualif": "qualifier",
    "fig text": "figure_in_text",
    "cited": "cited",
    "answers": "answers",
    "bare ans": "bare_answers",
}
METRICS = (*_COLUMNS.values(), "abstention", "citation_exact", "figures_verified", "figures_listed")


def average(results: Iterable[Result], metric: str) -> float | None:
    """Returns the mean of a metric over the results it applies to, None if to none."""
    if metric == "right":
        values = [float(result.right) for result in results]
    else:
        values = [result.scores[metric].value for result in results if metric in result.scores]
    return mean(values) if values else None


def summary(results: Sequence[Result]) -> dict[str, float | int]:
    """Returns the number of turns and every metric that applies, as fractions rounded to four places."""
    scores: dict[str, float | int] = {"n": len(results)}
    for metric in METRICS:
        value = average(results, metric)
        if value is not None:
            scores[metric] = round(value, 4)
    return scores


def by_group(results: Sequence[Result]) -> dict[str, list[Result]]:
    """Returns the results of each group that occurs, `all` last."""
    groups = {name: [r for r in results if r.group == name] for name in GROUPS}
    return {name: found for name, found in groups.items() if found} | {"all": list(results)}


def _split(results: Sequence[Result], key: Callable[[Result], str]) -> dict[str, list[Result]]:
    return {name: [r for r in results if key(r) == name] for name in sorted({key(r) for r in results})}


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def _row(name: str, results: Sequence[Result]) -> list[str]:
    silent = [r for r in results if not r.turn.answerable]
    asked = [r for r in results if r.turn.answerable]
    wrong = average(asked, "abstention")
    cells = [_percent(average(results, metric)) for metric in _COLUMNS.values()]
    return [
        name,
        str(len(results)),
        *cells,
        _percent(average(silent, "abstention")),
        _percent(None if wrong is None else 1 - wrong),
    ]


def table(title: str, rows: dict[str, list[Result]]) -> str:
    """Returns a table in percent, a row a name; `abstain` is of the unanswerable, `wrong ab` of the rest."""
    head = [title, "n", *_COLUMNS, "abstain", "wrong ab"]
    lines = [head, *(_row(name, results) for name, results in rows.items())]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    texts = [
        "  ".join(
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join([texts[0], "-" * len(texts[0]), *texts[1:]])


def times(results: Sequence[Result]) -> str:
    """Returns the wall time of an answer: median and 95th percentile in milliseconds."""
    seconds = sorted(result.seconds for result in results)
    if len(seconds) < 2:
        return f"wall per answer: {1000 * sum(seconds):.0f} ms"
    middle, late = quantiles(seconds, n=2)[0], quantiles(seconds, n=20)[18]
    return f"wall per answer: p50 {1000 * middle:.0f} ms, p95 {1000 * late:.0f} ms"


def tables(results: Sequence[Result]) -> str:
    """Returns the tables per kind, style and group, and the times."""
    return "\n\n".join([
        table("kind", _split(results, lambda r: r.turn.kind)),
        table("style", _split(results, lambda r: r.turn.style)),
        table("group", by_group(results)),
        times(results),
    ])


def kind_table(results: Sequence[Result]) -> str:
    """Returns the table per kind and per group."""
    rows = _split(results, lambda r: r.turn.kind) | by_group(results)
    return table("kind", rows)


def crashes(results: Iterable[Result]) -> list[str]:
    """Returns a line for every crashed turn; of the part kept apart only its name and the error's type."""
    lines = []
    for result in results:
        if result.error:
            fault = result.error if result.case.part == "open" else ":".join(result.error.split(":")[:2])
            lines.append(f"{result.name}\t{fault}")
    return lines


def failures(results: Iterable[Result]) -> list[str]:
    """Returns a line for every turn of the open part that is not right; the other part gives numbers only."""
    return [
        "\t".join([
            result.name,
            result.turn.kind,
            result.turn.question,
            _gold(result),
            *_given(result),
            result.reason,
        ])
        for result in results
        if result.case.part == "open" and not result.right
    ]


def _gold(result: Result) -> str:
    turn = result.turn
    if not turn.answerable:
        return "(unanswerable)"
    return "、".join([
        *(figure.text for figure in turn.figures),
        *("|".join(group) for group in turn.answers),
    ])


def _given(result: Result) -> tuple[str, str]:
    if result.answer is None:
        return "", "crashed"
    return result.answer.short_answer, result.answer.status
