"""Which characters look alike in print: `python -m bench.fit.shapes FONT…` (needs Pillow).

Each of the commonest characters is drawn in each font (files of Noto Serif and Noto Sans CJK; the
third face of such a collection is the simplified one), blurred as a scan is, and compared with all
others by correlation. Written is a rule of kind `confusion`: for each character those that are most
like it. What stands in `rules/confusions.yaml` is left out there, as are ways to write one word.
"""

import sys
from collections.abc import Sequence

import numpy as np
from jiaokan.language import load
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bench.fit.alike import ANYWHERE, RULES, filled, named

TRUE, COMMON, RARE = 400, 250, 16
"""Times that a character stands in the corpus to be a repair, a common or a rare misreading."""
LIKE, RARELY = (0.76, 6), (0.8, 3)
"""Correlation from which on characters are alike, and how many count for each: of common ones, of
rare ones."""
SIZE, EDGE, BLUR, GRAIN = 44, 52, 1.3, 26
FACE = 2
HEAD = """\
# yaml-language-server: $schema=../pipeline/jiaokan/rulebook/rules.schema.json
# Characters that look alike in print, drawn and compared by bench/fit/shapes.py. Much that is alike
# is never misread: the margin is wider than that of what an engine was seen to confuse.
rules:
  - id: confusion-shapes
    kind: confusion
    reason: Their printed shapes are nearly the same.
    margin: 13
    pairs: {
"""
FOOT = """\
    }
    when: {after: '(?!\\d{0,2}(?:某|×|X))'}
    examples:
      这项技术是发展的关健所在。: 这项技术是发展的关键所在。
      对这件事有不同的看怯。: 对这件事有不同的看法。
    unchanged: [健康, 枸杞, 织布, 被告人穆某在逃]
"""


def alike(characters: str, fonts: Sequence[str]) -> NDArray[np.float32]:
    """How like the characters are, shape (N, N); of itself each is made unlike."""
    pictures = [
        np.stack([_picture(one, ImageFont.truetype(path, SIZE, index=FACE)) for one in characters])
        for path in fonts
    ]
    found = np.asarray(sum(rows @ rows.T for rows in pictures) / len(pictures), np.float32)
    np.fill_diagonal(found, 0)
    return found


def _picture(character: str, font: ImageFont.FreeTypeFont) -> NDArray[np.float32]:
    image = Image.new("L", (EDGE, EDGE), 0)
    ImageDraw.Draw(image).text((4, -8), character, font=font, fill=255)
    small = image.filter(ImageFilter.GaussianBlur(BLUR)).resize((GRAIN, GRAIN))
    row = np.asarray(small, np.float32).ravel()
    row = row - row.mean()
    return np.asarray(row / (np.linalg.norm(row) + 1e-6), np.float32)


def written(fonts: Sequence[str]) -> str:
    """What the file of rules holds."""
    counts = load().grams.characters
    codes = [code for code in range(0x4E00, 0xA000) if counts[code] >= RARE]
    characters = "".join(map(chr, codes))
    likeness = alike(characters, fonts)
    known = named("confusions.yaml")
    repairs = counts[codes] >= TRUE
    pairs: dict[str, str] = {}
    for row, read in enumerate(characters):
        least, most = LIKE if counts[codes[row]] >= COMMON else RARELY
        best = np.argsort(-likeness[row] * repairs, kind="stable")[:most]
        trues = "".join(
            characters[at]
            for at in best
            if likeness[row, at] >= least and read + characters[at] not in known
        )
        if trues and read not in ANYWHERE:
            pairs[read] = trues
    return HEAD + filled(pairs) + FOOT


if __name__ == "__main__":
    (RULES / "shapes.yaml").write_text(written(sys.argv[1:]), "utf-8")
