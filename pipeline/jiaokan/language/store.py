"""The model's files: `cells.npy` and `checks.npy` (mapped, not read), `characters.npy`,
`model.json`.
"""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from .cells import LEVELS, level
from .fuse import Shape
from .mixture import Parameters, mixture
from .model import Model
from .table import CHARACTERS, Grams


def read(folder: Path) -> Model:
    """The model whose files lie in `folder`."""
    described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    parameters = Parameters(**described["parameters"])
    listed = np.load(folder / "characters.npy")
    counts = np.zeros(CHARACTERS, dtype=np.float32)
    classes = np.zeros(CHARACTERS, dtype=np.int16)
    counts[listed["code"]] = listed["count"]
    classes[listed["code"]] = listed["class"]
    grams = Grams(
        order=parameters.order,
        least=described["least"],
        cells=np.asarray(np.load(folder / "cells.npy", mmap_mode="r")),
        shape=Shape(**described["shape"]),
        checks=np.asarray(np.load(folder / "checks.npy", mmap_mode="r")),
        check_shape=Shape(**described["check_shape"]),
        characters=counts,
        singles=(classes * LEVELS + level(counts)).astype(np.int16),
    )
    return Model(grams, mixture(parameters), parameters)


def write(model: Model, folder: Path) -> None:
    """Write the files of `model` into `folder`, which must be there."""
    grams = model.grams
    np.save(folder / "cells.npy", grams.cells)
    np.save(folder / "checks.npy", grams.checks)
    codes = np.flatnonzero(grams.characters)
    listed = np.zeros(codes.size, dtype=[("code", "<u4"), ("count", "<f4"), ("class", "u1")])
    listed["code"] = codes
    listed["count"] = grams.characters[codes]
    listed["class"] = grams.singles[codes] // LEVELS
    np.save(folder / "characters.npy", listed)
    described = {
        "least": grams.least,
        "shape": asdict(grams.shape),
        "check_shape": asdict(grams.check_shape),
        "parameters": asdict(model.parameters),
    }
    (folder / "model.json").write_text(json.dumps(described) + "\n", encoding="utf-8")
