"""scikit-learn's boosted trees into the product's own form."""

from __future__ import annotations

from typing import Any

import numpy as np

from assistant.reading.model import Trees


def grown(model: Any, depth: int) -> Trees:
    """Returns a fitted HistGradientBoosting model of at most `depth` levels as `Trees`."""
    inner, leaves = 2**depth - 1, 2**depth
    features = np.zeros((len(model._predictors), inner), dtype=np.int32)
    thresholds = np.full((len(model._predictors), inner), np.inf, dtype=np.float32)
    values = np.zeros((len(model._predictors), leaves), dtype=np.float32)
    for i, (tree,) in enumerate(model._predictors):
        _place(tree.nodes, 0, 0, (features[i], thresholds[i], values[i]))
    return Trees(features, thresholds, values, float(np.ravel(model._baseline_prediction)[0]))


def _place(nodes: Any, source: int, target: int, rows: tuple[Any, Any, Any]) -> None:
    """Copies a node and those below it to its place in a full tree; a leaf fills all leaves below it."""
    features, thresholds, values = rows
    node, inner = nodes[source], len(features)
    if target >= inner:
        values[target - inner] = node["value"]
    elif node["is_leaf"]:
        _place(nodes, source, 2 * target + 1, rows)
        _place(nodes, source, 2 * target + 2, rows)
    else:
        features[target] = node["feature_idx"]
        # A float32 just below the threshold or equal to it, so that no value changes sides.
        cut = np.float32(node["num_threshold"])
        thresholds[target] = np.nextafter(cut, np.float32(-np.inf)) if cut > node["num_threshold"] else cut
        _place(nodes, int(node["left"]), 2 * target + 1, rows)
        _place(nodes, int(node["right"]), 2 * target + 2, rows)
