"""Train the network of two towers: `python -m bench.fit.towers --corpus ../shared/corpus`.

Needs torch, onnx and onnxruntime, which nothing else in the project asks for:
`pip install torch onnx onnxruntime`. Uses an accelerator where torch finds one.

Each batch holds stretches of neighbouring text of one register. At some places of each stretch the
left tower has read what stands before, the right tower, backward, what stands behind; the true
partner is to be told from all others of the batch (InfoNCE, van den Oord et al. 2018), in both
directions. Places of the same stretch are no rivals. Each tower has a window of its own: with a
common one they tell a true pair by counting steps to its two ends, learn nothing else, and fail on
pages (seen: loss 2.3, and no better than chance at joins).

The text is what the language model counts; its tuning and held-out parts are never trained on.
"""

import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from bench.fit.corpus import load

DATA = Path(__file__).parents[2] / "pipeline/jiaokan/language/data"
SHARES = {
    "literature": 0.25,
    "news": 0.2,
    "official": 0.25,
    "general": 0.1,
    "technical": 0.14,
    "law": 0.06,
}
"""How often a register's text is drawn: newspapers' prose more often than its share of the text."""
CHARACTERS = 7999
"""Characters that have a number of their own; 0 is all others."""
EMBEDDING, HIDDEN, WIDTH = 128, 256, 192
WINDOW = 112
"""Characters that a tower reads."""
SLACK = 40
"""Characters by which the windows of both towers may differ."""
STRETCHES = 128
NEAR = 4
"""Stretches of a batch that are neighbours in the corpus."""
PLACES = 20
"""Places of each stretch."""
EDGE = 12
"""Characters that a tower has read at least."""
RATE = 2e-3
DROPOUT = 0.1
"""Share of what is known of a character that is left out, so that small registers are not learned
by heart."""
UNREAD = 0.01
"""Share of characters that are read as strangers, as an engine misreads them."""

Codes = NDArray[np.int64]


@click.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("../shared/corpus"))
@click.option("--minutes", default=60.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--resume", type=click.Path(path_type=Path), help="Weights to go on from.")
@click.option("--keep", type=click.Path(path_type=Path), default=Path(".bench/towers.pt"))
def main(corpus: Path, minutes: float, seed: int, resume: Path | None, keep: Path) -> None:
    """Train for some minutes, keep the weights, and write the 8-bit network into the package."""
    import torch

    characters, streams = numbered(corpus)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(seed)
    towers = network().to(device)
    if resume:
        towers.load_state_dict(torch.load(resume, map_location=device))
    keep.parent.mkdir(parents=True, exist_ok=True)
    train(towers, streams, minutes, np.random.default_rng(seed), device, keep)
    torch.save(towers.state_dict(), keep)
    export({name: value.cpu().numpy() for name, value in towers.state_dict().items()})
    np.save(DATA / "towers.npy", characters)


def numbered(corpus: Path) -> tuple[NDArray[np.uint32], dict[str, NDArray[np.uint16]]]:
    """The characters that have a number, and each register's counted text in these numbers."""
    registers = load(corpus)
    counts = np.zeros(0x30000)
    for register in registers:
        codes = np.minimum(register.counted, 0x2FFFF)
        counts += np.bincount(codes, minlength=0x30000) / math.sqrt(codes.size)
    characters = np.argsort(-counts)[:CHARACTERS].astype(np.uint32)
    numbers = np.zeros(0x30000, np.uint16)
    numbers[characters] = np.arange(1, CHARACTERS + 1)
    return characters, {r.name: numbers[np.minimum(r.counted, 0x2FFFF)] for r in registers}


def network() -> Any:
    """The two towers, untrained."""
    from torch import nn

    def tower() -> Any:
        return nn.ModuleDict(
            {"rnn": nn.LSTM(EMBEDDING, HIDDEN, batch_first=True), "out": nn.Linear(HIDDEN, WIDTH)}
        )

    embedding = nn.Embedding(CHARACTERS + 1, EMBEDDING)
    nn.init.normal_(embedding.weight, std=0.3)
    return nn.ModuleDict({"emb": embedding, "left": tower(), "right": tower()})


def train(
    towers: Any,
    streams: dict[str, NDArray[np.uint16]],
    minutes: float,
    rng: np.random.Generator,
    device: Any,
    keep: Path,
) -> None:
    """Train in place; the rate falls with the time, as a cosine. Keeps the weights now and then."""
    import torch
    from torch.nn.functional import cross_entropy, dropout

    owner = torch.arange(STRETCHES, device=device).repeat_interleave(PLACES)
    rivals = owner[:, None] != owner[None, :]
    rivals.fill_diagonal_(True)
    truth = torch.arange(STRETCHES * PLACES, device=device)
    optimizer = torch.optim.AdamW(towers.parameters(), lr=RATE, betas=(0.9, 0.98))
    began, step, mean = time.monotonic(), 0, math.log(STRETCHES * PLACES)
    while (done := (time.monotonic() - began) / (60 * minutes)) < 1:
        rate = RATE * min(1, (step + 1) / 100) * (0.03 + 0.97 * (1 + math.cos(math.pi * done)) / 2)
        for group in optimizer.param_groups:
            group["lr"] = rate
        left, right, before, behind = (torch.from_numpy(a).to(device) for a in batch(streams, rng))
        rows = torch.arange(STRETCHES, device=device)[:, None]
        with torch.autocast(device.type, dtype=torch.bfloat16):
            seen = dropout(towers["emb"](left), DROPOUT)
            read = towers["left"]["rnn"](seen)[0][rows, before - 1]
            seen = dropout(towers["emb"](right).flip(1), DROPOUT)
            back = towers["right"]["rnn"](seen)[0].flip(1)[rows, behind]
            score = towers["left"]["out"](read).flatten(0, 1) @ (
                towers["right"]["out"](back).flatten(0, 1).T
            )
        score = score.float().masked_fill(~rivals, -1e9)
        loss = (cross_entropy(score, truth) + cross_entropy(score.T, truth)) / 2
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(towers.parameters(), 1.0)
        optimizer.step()
        step, mean = step + 1, 0.98 * mean + 0.02 * float(loss.detach())
        if step % 1000 == 0:
            torch.save(towers.state_dict(), keep)
        if step % 100 == 0:
            click.echo(f"{60 * minutes * done:.0f} s, {step} steps, loss {mean:.3f} nats")


def batch(
    streams: dict[str, NDArray[np.uint16]], rng: np.random.Generator
) -> tuple[Codes, Codes, Codes, Codes]:
    """The windows of both towers, shape (STRETCHES, WINDOW), and the places in each of them."""
    whole = WINDOW + 2 * SLACK
    texts = np.empty((STRETCHES, whole), np.int64)
    names, shares = list(SHARES), list(SHARES.values())
    reach = 4 * NEAR * whole
    for low in range(0, STRETCHES, NEAR):
        text = streams[names[rng.choice(len(names), p=shares)]]
        start = rng.integers(0, len(text) - reach)
        for row, part in enumerate(np.sort(rng.choice(4 * NEAR, NEAR, replace=False))):
            at = start + part * whole
            texts[low + row] = text[at : at + whole]
    texts[rng.random(texts.shape) < UNREAD] = 0
    left, right = rng.integers(0, 2 * SLACK + 1, (2, STRETCHES, 1))
    low, high = np.maximum(left, right) + EDGE, np.minimum(left, right) + WINDOW - EDGE
    places = rng.integers(low, high, (STRETCHES, PLACES))
    rows, columns = np.arange(STRETCHES)[:, None], np.arange(WINDOW)
    return texts[rows, left + columns], texts[rows, right + columns], places - left, places - right


def export(weights: dict[str, NDArray[np.float32]]) -> None:
    """Write the network as ONNX with 8-bit weights; lengths let stretches of a batch differ."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from onnxruntime.quantization import QuantType, quantize_dynamic

    def gates(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        into, forget, cell, out = np.split(matrix, 4)
        return np.concatenate([into, out, forget, cell])  # the order that ONNX wants

    def stacked(*names: str) -> NDArray[np.float32]:
        parts = [[gates(weights[f"{side}.rnn.{n}_l0"]) for n in names] for side in SIDES]
        return np.stack([np.concatenate(part) for part in parts])

    tensors = {
        "emb": weights["emb.weight"],
        "W": stacked("weight_ih"),
        "R": stacked("weight_hh"),
        "B": stacked("bias_ih", "bias_hh"),
        **{f"{side}_w": weights[f"{side}.out.weight"].T for side in SIDES},
        **{f"{side}_b": weights[f"{side}.out.bias"] for side in SIDES},
    }
    known = [numpy_helper.from_array(np.ascontiguousarray(a), n) for n, a in tensors.items()]
    known += [numpy_helper.from_array(np.array(n), side) for n, side in enumerate(NUMBERS)]
    nodes = [
        helper.make_node("Gather", ["emb", "ids"], ["x"]),
        helper.make_node(
            "LSTM",
            ["x", "W", "R", "B", "lengths"],
            ["states"],
            hidden_size=HIDDEN,
            direction="bidirectional",
        ),
    ]
    for side, number in zip(SIDES, NUMBERS, strict=True):
        nodes += [
            helper.make_node("Gather", ["states", number], [f"{side}_s"], axis=1),
            helper.make_node("MatMul", [f"{side}_s", f"{side}_w"], [f"{side}_m"]),
            helper.make_node("Add", [f"{side}_m", f"{side}_b"], [side]),
        ]
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["time", "batch"]),
        helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]),
    ]
    outputs = [
        helper.make_tensor_value_info(side, TensorProto.FLOAT, ["time", "batch", WIDTH])
        for side in SIDES
    ]
    graph = helper.make_graph(nodes, "towers", inputs, outputs, known)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    quantize_dynamic(model, str(DATA / "towers.onnx"), weight_type=QuantType.QInt8)


SIDES: Sequence[str] = ("left", "right")
NUMBERS: Sequence[str] = ("first", "second")

if __name__ == "__main__":
    main()
