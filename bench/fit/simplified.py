"""Write the pairs of traditional and simplified characters that `view` folds.

Character by character by OpenCC's ``t2s`` (which contains one-character phrases and no context),
kept where one character becomes one other. Needed only when OpenCC is renewed.
"""

from pathlib import Path

import numpy as np
import opencc

RANGES = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2FA20))


def write(path: Path) -> int:
    """Write an array of shape (2, pairs), uint32, to `path`; returns how many pairs it holds."""
    convert = opencc.OpenCC("t2s").convert
    pairs = []
    for start, stop in RANGES:
        for code in range(start, stop):
            simple = convert(chr(code))
            if len(simple) == 1 and ord(simple) != code:
                pairs.append((code, ord(simple)))
    np.save(path, np.array(pairs, dtype=np.uint32).T)
    return len(pairs)
