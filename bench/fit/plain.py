"""Pages that fitting scripts set themselves: articles in order, one line a paragraph."""

from collections.abc import Sequence
from pathlib import Path

from jiaokan.language import load, view
from jiaokan.language.towers import Seen
from jiaokan.rulebook import Rulebook
from jiaokan.stitch.blocks import Block, blocks
from jiaokan.stitch.headings.find import with_headings
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.search.decide import Prepared, prepare
from jiaokan.stitch.settle import read

from bench.fit.pages import PRESS, REGISTERS
from bench.interleave.corpus import Register, read_registers
from bench.interleave.model import Article

APART = "\n\n"


def uncounted(corpus: Path) -> list[Register]:
    """The parts of the corpus that the language model has not counted, and the press."""
    parts = [part for name in ("tune", "test") for part in read_registers(corpus, REGISTERS, name)]
    if (corpus / f"{PRESS}.txt.xz").exists():
        parts += read_registers(corpus, [PRESS], "all")
    return parts


def heading(article: Article) -> list[str]:
    """The lines above an article's text."""
    return [line for line in (article.title, article.author) if line]


def set_up(
    lines: Sequence[str], rules: Rulebook, *, network: bool
) -> tuple[str, list[Block], Prepared | None]:
    """The page's text, its blocks, and what is measured of it in whole lines."""
    text = APART.join(lines) + "\n"
    found = blocks(text, rules)
    found = with_headings(found, Reader(load(), view(text), found))
    seen: Seen | None = read(text, found) if network else None
    return text, found, prepare(text, found, {}, seen)
