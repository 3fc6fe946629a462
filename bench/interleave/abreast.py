"""Columns that stand side by side and were read line by line.

Slots are gathered into stacks (a column with the headings above and the affiliation below it),
stacks into bands of two or more; of a band, line 1 of each stack makes the first raw line, with a
gutter of spaces, a bar, or none. On pages that alternate each of its cells is a raw line.
"""

from collections.abc import Sequence
from random import Random

from bench.interleave.model import Article, Break, Piece, Slot
from bench.interleave.options import Layout
from bench.interleave.render import Damager, Style, slot_lines

GUTTERS = (("", "spaces", "bar", "bar close", "ghost"), (6, 56, 20, 10, 8))
"""what stands between two columns, and how often"""

GHOSTS = "”。，人“.|"

OFTEN = (6, 3, 2)
"""how often two, three, four columns alternate"""

SPACED = 0.5
"""that a blank line stands between a heading's line and the next"""


def abreast_pieces(
    slots: Sequence[Slot],
    articles: Sequence[Article],
    layout: Layout,
    style: Style,
    damager: Damager,
    rng: Random,
) -> list[Piece]:
    """One piece a printed line of a column, in raw order, and the gutters' marks between."""
    if layout.alternate:
        return _alternating(slots, articles, layout, style, damager, rng)
    pieces: list[Piece] = []
    for band in _bands(_stacks(slots), layout.abreast):
        columns = [_column(stack, articles, style, damager) for stack in band]
        for row in range(max(map(len, columns))):
            cells = [column[row] if row < len(column) else None for column in columns]
            before = "" if not pieces else "\n" if row else "\n\n"
            pieces += _row(cells, style, before, "line" if row else "block", rng)
    return pieces


def _alternating(
    slots: Sequence[Slot],
    articles: Sequence[Article],
    layout: Layout,
    style: Style,
    damager: Damager,
    rng: Random,
) -> list[Piece]:
    pieces: list[Piece] = []
    counts = range(2, min(layout.abreast, len(OFTEN) + 1) + 1)
    count = rng.choices(counts, OFTEN[: len(counts)])[0]
    for band in _bands(_stacks(slots), count):
        columns = [_spaced(_column(stack, articles, style, damager), rng) for stack in band]
        kind: Break = "block"
        before = "\n\n" if pieces else ""
        for row in range(max(map(len, columns))):
            for cell in (column[row] for column in columns if row < len(column)):
                if cell is None:
                    before = "\n\n" if rng.random() < layout.kept_blank else before
                    continue
                pieces.append(_moved(cell, before, kind))
                kind, before = "gutter", "\n"
    return pieces


def _spaced(column: Sequence[Piece], rng: Random) -> list[Piece | None]:
    """The column with a blank line beside most of its headings."""
    found: list[Piece | None] = []
    last: Slot | None = None
    for cell in column:
        slot = cell.slot
        if last not in (None, slot) and slot.kind != "affiliation" and rng.random() < SPACED:
            found.append(None)
        found.append(cell)
        last = slot
    return found


def _row(
    cells: Sequence[Piece | None], style: Style, before: str, breaks: Break, rng: Random
) -> list[Piece]:
    found: list[Piece] = []
    pad = 0
    for cell in cells:
        if cell is None:
            pad += 2 * style.width
            continue
        if not found:
            found.append(_moved(cell, before + " " * pad, breaks))
        else:
            found += _after_gutter(cell, pad, rng)
        pad = max(2 * style.width - sum(1 if c.isascii() else 2 for c in cell.text), 0)
    return found


def _after_gutter(cell: Piece, pad: int, rng: Random) -> list[Piece]:
    kind = rng.choices(*GUTTERS)[0]
    if kind == "spaces":
        return [_moved(cell, " " * (2 + pad // rng.randint(2, 4)), "gutter")]
    if kind == "":
        return [_moved(cell, " " * (pad > 4) * 2, "gutter")]
    mark = "|" if kind.startswith("bar") else rng.choice(GHOSTS)
    space = "" if kind == "bar close" else " "
    gutter = Piece(Slot("gutter", -1), mark, space, "gutter")
    return [gutter, _moved(cell, space, "gutter")]


def _column(
    stack: Sequence[Slot], articles: Sequence[Article], style: Style, damager: Damager
) -> list[Piece]:
    found = []
    for slot in stack:
        lines = slot_lines(slot, articles, style, style.width, damager)
        for i, line in enumerate(lines):
            found.append(
                Piece(
                    slot,
                    line.text,
                    "",
                    "line",
                    line.start,
                    line.end,
                    slot.doubled and i == 0,
                    slot.lost if i == len(lines) - 1 else "",
                )
            )
    return found


def _stacks(slots: Sequence[Slot]) -> list[list[Slot]]:
    stacks: list[list[Slot]] = []
    closed = True
    for slot in slots:
        if closed and slot.kind != "affiliation":
            stacks.append([])
            closed = False
        if not stacks:
            stacks.append([])
        stacks[-1].append(slot)
        closed = slot.kind in ("body", "affiliation", "furniture")
    return stacks


def _bands(stacks: Sequence[list[Slot]], abreast: int) -> list[list[list[Slot]]]:
    """Stacks in groups of `abreast`; a stack of furniture alone stands alone."""
    bands: list[list[list[Slot]]] = []
    open_ = False
    for stack in stacks:
        alone = stack[0].kind == "furniture"
        if open_ and not alone and len(bands[-1]) < abreast:
            bands[-1].append(stack)
        else:
            bands.append([stack])
        open_ = not alone
    return bands


def _moved(piece: Piece, before: str, breaks: Break) -> Piece:
    return Piece(
        piece.slot,
        piece.text,
        before,
        breaks,
        piece.start,
        piece.end,
        piece.doubled,
        piece.lost,
    )
