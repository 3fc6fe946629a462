"""Fit how places for cuts are ranked: `python -m bench.fit.cuts --corpus ../shared/corpus`.

A logistic regression over the features of `jiaokan.stitch.seams.candidates`, on generated pages
from text that the language model has not counted. What counts is how many of the true cuts inside
blocks are among the best places of their page, on pages that were not fitted.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
from jiaokan.stitch.seams.candidates import FEATURES, NETWORK_FEATURES
from jiaokan.stitch.seams.first_ranking import expand
from jiaokan.stitch.search.decide import decide, prepare
from jiaokan.stitch.settle import read, survey_page
from jiaokan.stitch.weights import weights
from numpy.typing import NDArray

from bench.fit.logistic import logistic
from bench.fit.pages import LEARNED, FitPage, fit_pages, keep
from bench.oracle import true_blocks

TRUE_CUT = 20.0
"""Weight of a true cut against another place: there is one in hundreds."""
OTHERS = 6
"""One in so many of the other places is enough to grow trees by."""
GROWTH = {
    "learning_rate": 0.04,
    "max_leaf_nodes": 8,
    "max_iter": 400,
    "min_samples_leaf": 60,
    "l2_regularization": 10.0,
    "early_stopping": False,
}
SHOWN = (5, 10, 20, 40, 60, 80, 120, 200)
TREES = LEARNED.parent / "cuts.onnx"
NODE = (
    "nodes_treeids",
    "nodes_nodeids",
    "nodes_modes",
    "nodes_featureids",
    "nodes_values",
    "nodes_truenodeids",
    "nodes_falsenodeids",
)
LEAF = ("target_treeids", "target_nodeids", "target_ids", "target_weights")
"""What a node and a leaf have in ONNX."""


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--pages", default=400, show_default=True)
@click.option("--seed", default=101, show_default=True)
def main(corpus: Path, pages: int, seed: int) -> None:
    """Fit, print what is reached, and write the numbers into the package."""
    ready = list(fit_pages(corpus, pages, seed))
    _fit([found for page in ready if (found := surveyed(page, network=False))])
    _grow([found for page in ready if (found := surveyed(page, network=True))], seed)


Table = tuple[NDArray[np.float32], NDArray[np.bool_]]
"""The features of a page's places, and which of them are true cuts."""


def _fit(tables: list[Table]) -> None:
    """By the counts alone: a logistic curve."""
    train, test = tables[::2] + tables[1::4], tables[3::4]
    features = expand(np.concatenate([table[0] for table in train]))
    truth = np.concatenate([table[1] for table in train])
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    mean[-1], scale[-1] = 0, 1
    beta = logistic((features - mean) / scale, truth, np.where(truth, TRUE_CUT, 1.0))
    figures = _figures(tables, test, lambda found: ((expand(found) - mean) / scale) @ beta)
    numbers = {"mean": mean, "scale": scale, "weights": beta}
    rounded = {name: [round(float(x), 4) for x in values] for name, values in numbers.items()}
    keep("cuts", {"features": FEATURES, **rounded}, figures)


def _grow(tables: list[Table], seed: int) -> None:
    """With the network: trees of decisions."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    train, test = tables[::2] + tables[1::4], tables[3::4]
    features = np.concatenate([table[0] for table in train])
    truth = np.concatenate([table[1] for table in train])
    kept = truth | (np.random.default_rng(seed).random(len(truth)) < 1 / OTHERS)
    weights = np.where(truth, TRUE_CUT, float(OTHERS))
    forest = HistGradientBoostingClassifier(**GROWTH, random_state=seed)
    forest.fit(features[kept], truth[kept], weights[kept])
    figures = _figures(tables, test, forest.decision_function)
    write_trees(forest, TREES)
    keep("cuts with network", {"features": FEATURES + NETWORK_FEATURES}, figures)


def _figures(
    tables: list[Table], test: list[Table], ranked: Callable[[NDArray[np.float32]], Any]
) -> dict[str, Any]:
    figures = {f"recall among {most}": round(_recall(test, ranked, most), 3) for most in SHOWN} | {
        "pages": len(tables),
        "true cuts held out": int(sum(t[1].sum() for t in test)),
    }
    click.echo(figures)
    return figures


def surveyed(page: FitPage, network: bool) -> tuple[NDArray[np.float32], NDArray[np.bool_]] | None:
    text = page.trace.text
    found = true_blocks(page.truth, page.trace, page.found)
    if sum(block.role == "title" for block in found) < 2:
        return None
    blocks = prepare(text, found, {})
    if blocks is None:
        return None
    seen = read(text, found) if network else None
    first = decide(blocks, weights())
    places = survey_page(text, found, page.line_starts, blocks, first, seen, every=True)
    if places is None:
        return None
    cuts = {offset for seam in page.truth.seams for offset in (seam.left, seam.right)}
    trace = page.trace
    hit = [
        bool({trace.raw_offset(int(at)), trace.raw_offset(int(at), end=True)} & cuts)
        for at in places.offsets
    ]
    return places.features, np.array(hit)


def _recall(tables: list[Table], ranked: Callable[[NDArray[np.float32]], Any], most: int) -> float:
    hits = total = 0
    for features, truth in tables:
        hits += int(truth[np.argsort(-ranked(features))[:most]].sum())
        total += int(truth.sum())
    return hits / max(total, 1)


def write_trees(forest: Any, path: Path) -> None:
    """Write boosted trees as ONNX; they give the natural logarithm of the odds."""
    import onnx
    from onnx import TensorProto, helper

    columns: dict[str, list[Any]] = {name: [] for name in (*NODE, *LEAF)}
    for number, (tree,) in enumerate(forest._predictors):
        for at, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            row = (number, at, "LEAF" if leaf else "BRANCH_LEQ", int(node["feature_idx"]))
            row += (float(node["num_threshold"]), int(node["left"]), int(node["right"]))
            if leaf:
                row = (*row[:3], 0, 0.0, 0, 0)
                for name, value in zip(LEAF, (number, at, 0, float(node["value"])), strict=True):
                    columns[name].append(value)
            for name, value in zip(NODE, row, strict=True):
                columns[name].append(value)
    node = helper.make_node(
        "TreeEnsembleRegressor",
        ["features"],
        ["odds"],
        domain="ai.onnx.ml",
        n_targets=1,
        base_values=[float(forest._baseline_prediction.item())],
        **columns,
    )
    wide = forest.n_features_in_
    graph = helper.make_graph(
        [node],
        "cuts",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["places", wide])],
        [helper.make_tensor_value_info("odds", TensorProto.FLOAT, ["places", 1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


if __name__ == "__main__":
    main()
