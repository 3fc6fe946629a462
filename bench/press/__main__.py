"""Make printed pages: `python -m bench.press --out FOLDER`.

The folder gets `img/`, `raw/` (what the engine read, one file a mode) and `gold/`. It needs
Chromium, Tesseract with `chi_sim`, Chinese fonts (Noto CJK, UMing, WenQuanYi) and Pillow.
"""

from pathlib import Path
from random import Random

import click
import orjson

from bench.fit.pages import PRESS, REGISTERS, SHARE
from bench.interleave import Shape, Source, corpus, read_files
from bench.kinds import ARTICLES
from bench.press.layout import page_html
from bench.press.scan import engine, missing, picture, scanned


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--pages", default=20, show_default=True)
@click.option("--first", default=0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--modes", default="3", show_default=True, help="Tesseract's --psm, by commas.")
@click.option("--corpus", "folder", type=click.Path(path_type=Path), help="Text to fit on.")
def main(out: Path, pages: int, first: int, seed: int, modes: str, folder: Path | None) -> None:
    """Set, scan and read pages of the project's own articles, or of a corpus."""
    if lacking := missing():
        raise click.ClickException(f"{', '.join(lacking)}: not found; install it first")
    sources = [read_files(ARTICLES)] if folder is None else _corpus(folder)
    for name in ("img", "raw", "gold"):
        (out / name).mkdir(parents=True, exist_ok=True)
    for number in range(first, first + pages):
        rng = Random(f"press {seed} {number}")
        many, related = rng.choice((2, 3, 3, 4, 4, 5)), rng.random() < 0.3
        articles = rng.choice(sources).draw(rng, many, related)
        image = out / "img" / f"p{seed}-{number:03}.png"
        picture(page_html(articles, rng), image)
        scanned(image, rng)
        gold = orjson.dumps({"articles": [article.gold() for article in articles]})
        for mode in modes.split(","):
            name = f"psm{mode}-{image.stem}"
            (out / "raw" / f"{name}.txt").write_text(engine(image, int(mode)), "utf-8")
            (out / "gold" / f"{name}.json").write_bytes(gold)


def _corpus(folder: Path) -> list[Source]:
    """Text of which nothing is counted, a register a page, as all that is fitted reads it."""
    shape = Shape(author=0.7)
    sources: list[Source] = [corpus(folder, [name], "tune", shape) for name in REGISTERS]
    if (folder / f"{PRESS}.txt.xz").exists():
        sources += [corpus(folder, [PRESS], "all", shape)] * SHARE
    return sources


if __name__ == "__main__":
    main()
