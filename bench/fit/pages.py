"""Generated pages as the fitting scripts want them: cleaned text, blocks, truth."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from jiaokan.cleaning import context_of, run_stages
from jiaokan.language import load, view
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook import load as load_rules
from jiaokan.stages import layout
from jiaokan.stages.context import Context
from jiaokan.stitch.blocks import Block, blocks
from jiaokan.stitch.headings.find import with_headings
from jiaokan.stitch.headings.reader import Reader
from jiaokan.stitch.settle import line_starts
from jiaokan.trace import Trace, advance

from bench.interleave import (
    DAMAGES,
    PRESETS,
    GeneratedPage,
    PageOptions,
    Shape,
    corpus,
    generate,
    read_confusions,
)
from bench.interleave.articles import CorpusSource
from bench.interleave.options import Damage

REGISTERS = ("news", "literature", "general", "official", "technical")
PRESS, SHARE = "press", 3
"""A newspaper's articles, a register of which nothing is counted (`bench/fit/paper.py` makes it
where the corpus has it not); it counts as so many others."""
LEARNED = Path(__file__).parents[2] / "pipeline/jiaokan/stitch/data/learned.json"
MIXTURE = {"columns": 6, "wrapped": 3, "in-order": 2, "continued": 1}
"""Pages of each preset, in parts."""
SHAPE = Shape(author=0.7)
"""How articles look."""
DAMAGED = ("off", "off", "light", "heavy")
"""What happened to the characters of pages to fit to, as many pages of each: what is read of a
page whose characters are whole says more than what is read of a real one."""
CONFUSIONS = Path("../shared/facts/confusions.tsv")


@dataclass(frozen=True, slots=True)
class FitPage:
    """A page after the character stages, read up to its headings."""

    truth: GeneratedPage
    trace: Trace
    found: list[Block]
    line_starts: frozenset[int]


def generated(
    folder: Path,
    count: int,
    seed: int,
    mixture: Mapping[str, int] = MIXTURE,
    changed: Callable[[PageOptions], PageOptions] = lambda options: options,
    *,
    unseen: bool = False,
    shape: Shape = SHAPE,
) -> Iterator[GeneratedPage]:
    """Pages of the corpus's held-out text, neighbouring paragraphs of one register an article.

    `changed`: what becomes of a preset's options. `unseen`: of the register that is not counted
    alone; FileNotFoundError where the folder has it not.
    """
    registers = () if unseen else REGISTERS
    sources = [_source(folder, register, "tune", shape) for register in registers]
    if unseen or (folder / f"{PRESS}.txt.xz").exists():
        sources += [_source(folder, PRESS, "all", shape)] * SHARE
    confusions = read_confusions(CONFUSIONS) if CONFUSIONS.exists() else None
    parts = sum(mixture.values())
    for preset, share in mixture.items():
        options = changed(PRESETS[preset])
        yield from generate(options, sources, count * share // parts, seed, confusions)


@cache
def _source(folder: Path, register: str, part: str, shape: Shape) -> CorpusSource:
    return corpus(folder, [register], part, shape)


def damaged(
    folder: Path,
    count: int,
    seed: int,
    mixture: Mapping[str, int] = MIXTURE,
    *,
    unseen: bool = False,
    lost: float = 0.0,
) -> Iterator[GeneratedPage]:
    """The same with damage to the characters of some; of the share `lost` the headings of one
    article were."""
    for number, name in enumerate(DAMAGED):
        as_read = partial(_as_read, damage=DAMAGES[name], lost=lost)
        pages, own = count // len(DAMAGED), len(DAMAGED) * seed + number
        yield from generated(folder, pages, own, mixture, as_read, unseen=unseen)


def _as_read(options: PageOptions, damage: Damage, lost: float) -> PageOptions:
    return replace(options, damage=damage, headings=replace(options.headings, lost=lost))


def unwrapped(page: GeneratedPage, rules: Rulebook) -> Trace:
    """The page's text with its hard-wrapped lines joined."""
    trace = Trace(page.raw, page.raw)
    return advance(trace, "layout", layout.run(page.raw, Context("simplified", rules)))


def fit_pages(
    folder: Path,
    count: int,
    seed: int,
    mixture: Mapping[str, int] = MIXTURE,
    *,
    unseen: bool = False,
    lost: float = 0.0,
) -> Iterator[FitPage]:
    """Generated pages as the stitcher meets them, headings found."""
    rules = load_rules()
    for page in damaged(folder, count, seed, mixture, unseen=unseen, lost=lost):
        trace, _ = run_stages(page.raw, context_of(page.raw, rules, "auto"))
        found = blocks(trace.text, rules)
        found = with_headings(found, Reader(load(), view(trace.text), found))
        yield FitPage(page, trace, found, line_starts(trace))


def keep(part: str, numbers: dict[str, Any], figures: dict[str, Any]) -> None:
    """Write one part of the fitted numbers, with its date and the figures it reached."""
    known = json.loads(LEARNED.read_text("utf-8")) if LEARNED.exists() else {}
    known[part] = {"date": date.today().isoformat(), "figures": figures, **numbers}
    LEARNED.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
