"""Weights of the orders by expectation maximisation, and bits a character."""

from dataclasses import replace

import numpy as np
from jiaokan.language.cells import CLASSES, LEVELS
from jiaokan.language.mixture import BINS, Parameters, bins, mixture
from jiaokan.language.model import Model
from jiaokan.language.view import Codes
from numpy.typing import NDArray

from .corpus import Register

Shares = dict[str, float]

HIGHEST = 0.999
"""weight that no order exceeds: the orders below must be heard"""

PRIOR = 20.0
"""characters that every weight is believed to have seen at the stored share of its class"""


def bits(model: Model, codes: Codes) -> float:
    """Mean bits a character of a stream, its first newline left out."""
    return -float(model.score(codes)[1:].mean(dtype=np.float64))


def mean_bits(model: Model, registers: list[Register], mix: Shares) -> float:
    """Bits a character on the tuning parts, weighted by `mix`."""
    each = [mix[register.name] * bits(model, register.tuning) for register in registers]
    return sum(each) / sum(mix.values())


def first(total: float, discounts: list[float], shares: list[list[float]]) -> Parameters:
    """Parameters to begin with: every order has the weight of its context's stored share."""
    lambdas = [[[min(share, HIGHEST)] * BINS for share in row] for row in shares]
    return Parameters(total, 1e-3, discounts, shares, lambdas)


def train(model: Model, registers: list[Register], mix: Shares, rounds: int = 8) -> Model:
    """The model with its weights fitted to the tuning parts, each register weighted by `mix`."""
    codes = np.concatenate([register.tuning for register in registers])
    sizes = [register.tuning.size for register in registers]
    each = [mix[register.name] / register.tuning.size for register in registers]
    trust = np.repeat(np.array(each) * codes.size / sum(mix.values()), sizes)
    walk = model.grams.walk(codes.reshape(1, -1), model.order)
    start = model.chances(codes)
    for _ in range(rounds):
        parameters = model.parameters
        tables = mixture(parameters)
        chances = [start]
        for n in range(2, model.order + 1):
            context, gram = walk.contexts(n)[0], walk.states[n - 1][0]
            chances.append(tables.better(chances[-1], context, gram, n))
        responsible = trust.copy()
        lambdas = np.zeros((model.order - 1, CLASSES, BINS))
        for n in range(model.order, 1, -1):
            context = walk.contexts(n)[0]
            weight = tables.weights[n - 2][context]
            below = (1 - weight) * chances[n - 2] / chances[n - 1]
            own = responsible * (1 - below)
            prior = np.array(parameters.shares[n - 2])
            lambdas[n - 2] = _ratio(own, responsible, context, prior)
            responsible = responsible - own
        model = _with(model, replace(parameters, lambdas=np.round(lambdas, 4).tolist()))
    return model


def _with(model: Model, parameters: Parameters) -> Model:
    return replace(model, parameters=parameters, mixture=mixture(parameters))


def _ratio(
    own: NDArray[np.float64],
    whole: NDArray[np.float64],
    context: NDArray[np.int16],
    prior: NDArray[np.float64],
) -> NDArray[np.float64]:
    group = (context // LEVELS) * BINS + bins(context)
    size = CLASSES * BINS
    above = np.bincount(group, own, minlength=size).reshape(CLASSES, BINS)
    under = np.bincount(group, whole, minlength=size).reshape(CLASSES, BINS)
    ratio = (above + PRIOR * prior[:, None]) / (under + PRIOR)
    ratio[0] = 0
    return np.minimum(ratio, HIGHEST)


def mass(model: Model, codes: Codes, samples: int = 100) -> float:
    """Mean of log2 of what all characters' probabilities sum to, at places of `codes`.

    Quantised counts and look-ups that find strangers make it differ from 0: bits a character that
    the model claims without having earned them.
    """
    known = np.flatnonzero(model.grams.characters).astype(np.uint32)
    context = model.order - 1
    sums = []
    for at in np.linspace(context, codes.size - 1, samples).astype(int):
        tail = codes[at - context : at]
        chances = model.joins(tail.reshape(1, -1), known.reshape(-1, 1))
        sums.append(np.exp2(chances.astype(np.float64)).sum())
    return float(np.log2(sums).mean())
