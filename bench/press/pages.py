"""One printed page after the other: picture, what the engine reads, gold."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

import orjson

from bench.interleave import Source, read_files
from bench.kinds import ARTICLES
from bench.press.layout import page_html
from bench.press.scan import engine, picture, scanned

MANY = (2, 3, 3, 4, 4, 5)
"""Articles of a page: one of these numbers."""
RELATED = 0.3
"""Share of the pages whose articles are neighbours."""


def make_pages(
    out: Path, numbers: Iterable[int], seed: int, modes: Sequence[int], processes: int = 1
) -> None:
    """Pages of the project's own articles under `img`, `raw` (a file a mode) and `gold`."""
    for name in ("img", "raw", "gold"):
        (out / name).mkdir(parents=True, exist_ok=True)
    make = partial(_make, out, seed, tuple(modes))
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(make, numbers))


def _make(out: Path, seed: int, modes: Sequence[int], number: int) -> None:
    source: Source = read_files(ARTICLES)
    rng = Random(f"press {seed} {number}")
    many, related = rng.choice(MANY), rng.random() < RELATED
    articles = source.draw(rng, many, related)
    image = out / "img" / f"p{seed}-{number:03}.png"
    picture(page_html(articles, rng), image)
    scanned(image, rng)
    gold = orjson.dumps({"articles": [article.gold() for article in articles]})
    for mode in modes:
        name = f"psm{mode}-{image.stem}"
        (out / "raw" / f"{name}.txt").write_text(engine(image, mode), "utf-8")
        (out / "gold" / f"{name}.json").write_bytes(gold)
