"""A linear chain: one label a line, chosen together (Lafferty, McCallum and Pereira 2001).

Lines 1 … n have one label of L each. `emission` (n, L) scores a line's labels, `transition`
(n - 1, L, L) those of two neighbours, upper line first; both are natural logarithms, and
`NEVER` forbids. A labelling's score is the sum of what it takes from both.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

NEVER = -1e4
"""The score of what is not allowed."""


def best_labels(emission: Scores, transition: Scores) -> NDArray[np.intp]:
    """The likeliest labelling (Viterbi), shape (n,).

    >>> best_labels(np.array([[1.0, 0.0], [0.0, 0.5]]), np.array([[[0.0, -1.0], [0.0, 0.0]]]))
    array([0, 0])
    """
    score = emission[0]
    back = []
    for line, step in zip(emission[1:], transition, strict=True):
        ways = score[:, None] + step
        back.append(ways.argmax(axis=0))
        score = ways.max(axis=0) + line
    labels = [int(score.argmax())]
    for choice in reversed(back):
        labels.append(int(choice[labels[-1]]))
    return np.array(labels[::-1], np.intp)


def beliefs(emission: Scores, transition: Scores) -> tuple[Scores, Scores, Scores]:
    """log of the sum over all labellings; P of each line's labels (n, L); of pairs (n - 1, L, L).

    Several chains of one length can be given at once, along leading axes.
    """
    size = emission.shape[-2]
    forth, back = np.zeros_like(emission), np.zeros_like(emission)
    forth[..., 0, :] = emission[..., 0, :]
    for at in range(1, size):
        ways = forth[..., at - 1, :, None] + transition[..., at - 1, :, :]
        forth[..., at, :] = _logsum(ways, -2) + emission[..., at, :]
    for at in range(size - 2, -1, -1):
        below = emission[..., at + 1, :] + back[..., at + 1, :]
        back[..., at, :] = _logsum(transition[..., at, :, :] + below[..., None, :], -1)
    whole = _logsum(forth[..., -1, :], -1)
    single = np.exp(forth + back - whole[..., None, None])
    through = (emission + back)[..., 1:, None, :]
    pairs = np.exp(forth[..., :-1, :, None] + transition + through - whole[..., None, None, None])
    return whole, single, pairs


def _logsum(values: Scores, axis: int) -> Scores:
    top = values.max(axis=axis, keepdims=True)
    total: Scores = np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis)
    return total
