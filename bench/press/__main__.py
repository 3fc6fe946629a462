"""Make printed pages: `python -m bench.press --out FOLDER`.

The folder gets `img/`, `raw/` (what the engine read, one file a mode) and `gold/`. It needs
Chromium, Tesseract with `chi_sim`, Chinese fonts (Noto CJK, UMing, WenQuanYi) and Pillow.
"""

from pathlib import Path

import click

from bench.press.pages import make_pages
from bench.press.scan import missing


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--pages", default=24, show_default=True)
@click.option("--first", default=0, show_default=True, help="Number of the first page.")
@click.option("--seed", default=1, show_default=True)
@click.option("--modes", default="3,4", show_default=True, help="Tesseract's --psm, by commas.")
@click.option("--processes", default=2, show_default=True)
def main(out: Path, pages: int, first: int, seed: int, modes: str, processes: int) -> None:
    """Set, scan and read pages of the project's own articles."""
    if lacking := missing():
        raise click.ClickException(f"{', '.join(lacking)}: not found; install it first")
    chosen = [int(mode) for mode in modes.split(",")]
    make_pages(out, range(first, first + pages), seed, chosen, processes)


if __name__ == "__main__":
    main()
