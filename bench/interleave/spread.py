"""Articles side by side on a page that an engine read in lines across all of it.

Each article has its headings over its own columns. A raw line holds a printed line of every
column that has one there: the engine keeps the distances in blanks, not well, and reads marks,
bars, a blank or nothing in the gutters. Some lines come out in two, some are junk. Or only the
first rows are so read, and what is below them column by column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from bench.interleave.model import Article, Break, Piece, Slot
from bench.interleave.options import Layout
from bench.interleave.render import Damager, Style, slot_lines

KINDS = ("blanks", "bar", "mark", "blank", "none")
HABITS = ((70, 12, 10, 6, 2), (30, 60, 5, 4, 1), (30, 5, 55, 7, 3), (35, 5, 15, 35, 10))
"""What stands in a gutter, and how often: each gutter has one of these habits."""
OFTEN = (45, 25, 20, 10)
BARS = (" | ", "|", " |", "| ", "  | ")
MARKS = ("”", " ”", " 。", " 。 ", "，", " ， ", " “", "“", " 人 ", " ” ", " . ", " 。。 ")
JUNK = ("ee", "人", "0", "和", "二", "]", "AN", "同", "oo", "|", "ni", "6")
NARROW = 8
"""Half-widths of a distance up to which it is a gutter between full cells."""
INDENT = 4
"""Half-widths by which a paragraph's first line is set in."""
BLOCK = (0.01, 0.92)
"""That a blank line stands before a line inside a paragraph, and before a column's first one."""
FEWEST = 2
"""Rows that are read across, at least."""
RULER = 2
"""Blank rows between two bands."""


class _Cell(NamedTuple):
    at: int
    """Half-widths from the page's left edge."""
    size: int
    piece: Piece
    gutter: int = -1
    """Number of the gutter before it."""
    opens: bool = False
    """It opens a paragraph."""


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is one for a page."""

    scale: float
    """Blanks for a half-width of distance."""
    indent: bool
    """Blanks at the lines' starts are kept."""
    blank: float
    """That a blank line stands between two lines."""
    junk: float
    apart: float
    """That a line comes out in two."""
    gutter: int
    parted: float
    """That a blank line stands before a paragraph, in columns that were read one by one."""


def spread_pieces(
    slots: Sequence[Slot],
    articles: Sequence[Article],
    layout: Layout,
    style: Style,
    damager: Damager,
    rng: Random,
) -> list[Piece]:
    """One piece a cell, in raw order, and what was read in the gutters between."""
    habits = _Habits(
        rng.uniform(0.45, 1),
        rng.random() < 0.5,
        rng.choice((0.01, 0.03, 0.15)),
        rng.choice((0, 0.02, 0.05)),
        rng.choice((0, 0.02, 0.06)),
        rng.randint(2, 4),
        rng.choice((0.1, 0.8, 0.9)),
    )
    pieces: list[Piece] = []
    for slot in (slot for slot in slots if slot.article < 0):
        lines = slot_lines(slot, articles, style, None, damager)
        pieces += [Piece(slot, line.text, "\n\n" if pieces else "", "block") for line in lines]
    for band in _bands(slots, layout.abreast):
        rows = _rows(band, articles, style, damager, habits, rng)
        top = rng.randint(FEWEST, layout.across) if layout.across else len(rows)
        often = [rng.choices(HABITS, OFTEN)[0] for _ in range(sum(map(len, band)))]
        kind: Break = "block"
        before = "\n\n" if pieces else ""
        for row in rows[:top]:
            for cells in _apart(row, habits, rng):
                pieces += _line(cells, before, kind, often, habits, rng)
                blank = rng.random() < habits.blank
                kind, before = ("block", "\n\n") if blank else ("line", "\n")
            if rng.random() < habits.junk:
                pieces.append(Piece(Slot("gutter", -1), _junk(rng), before, kind))
        for column in _columns(rows[top:]):
            for number, cell in enumerate(column):
                apart = rng.random() < (
                    habits.parted if number and cell.opens else BLOCK[not number]
                )
                kind, before = ("block", "\n\n") if apart else ("line", "\n")
                pieces.append(replace(cell.piece, before=before, breaks=kind))
    return pieces


def _columns(rows: Sequence[Sequence[_Cell]]) -> list[list[_Cell]]:
    """The cells of each column, from left to right."""
    found: dict[int, list[_Cell]] = {}
    for cell in (cell for row in rows for cell in row):
        found.setdefault(cell.gutter, []).append(cell)
    return [found[number] for number in sorted(found)]


def _bands(slots: Sequence[Slot], abreast: int) -> list[list[list[Slot]]]:
    """The slots of each article, in bands of so many columns at most."""
    own: dict[int, list[Slot]] = {}
    for slot in slots:
        if slot.article >= 0:
            own.setdefault(slot.article, []).append(slot)
    bands: list[list[list[Slot]]] = []
    room = 0
    for article in own.values():
        need = sum(slot.kind == "body" for slot in article)
        if room < need or not bands:
            bands.append([])
            room = abreast
        bands[-1].append(article)
        room -= need
    return bands


def _rows(
    band: Sequence[Sequence[Slot]],
    articles: Sequence[Article],
    style: Style,
    damager: Damager,
    habits: _Habits,
    rng: Random,
) -> list[list[_Cell]]:
    """The cells of each printed row, from left to right."""
    rows: list[list[_Cell]] = []
    at = gutter = 0
    wide = 2 * style.width

    def put(row: int, cell: _Cell) -> None:
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].append(cell)

    for slots in band:
        columns = [slot for slot in slots if slot.kind == "body"]
        whole = len(columns) * (wide + habits.gutter) - habits.gutter
        top = rng.choice((0, 0, 1))
        for slot in slots:
            if slot.kind != "heading":
                continue
            for line in slot_lines(slot, articles, style, whole // 2, damager):
                size = _width(line.text)
                left = at + max(whole - size, 0) // 2
                put(top, _Cell(left, size, Piece(slot, line.text, "", "line"), gutter))
                top += 1
            top += rng.choice((0, 0, 1))
        for number, slot in enumerate(columns):
            row = top
            last = number == len(columns) - 1
            tail = [s for s in slots if last and s.kind == "affiliation"]
            for part in (slot, *tail):
                for line in slot_lines(part, articles, style, style.width, damager):
                    piece = Piece(part, line.text, "", "line", line.start, line.end)
                    if part is slot and row == top:
                        piece = replace(piece, doubled=slot.doubled)
                    inset = INDENT * (line.opens and not style.indent)
                    put(row, _Cell(at + inset, _width(line.text), piece, gutter, line.opens))
                    row += 1
            if slot.lost and not tail:
                cell = rows[row - 1][-1]
                rows[row - 1][-1] = cell._replace(piece=replace(cell.piece, lost=slot.lost))
            at += wide + habits.gutter
            gutter += 1
    return [row for row in rows if row] + [[]] * RULER


def _apart(row: list[_Cell], habits: _Habits, rng: Random) -> list[list[_Cell]]:
    if len(row) > 1 and rng.random() < habits.apart:
        cut = rng.randrange(1, len(row))
        return [row[:cut], row[cut:]]
    return [row] if row else []


def _line(
    cells: Sequence[_Cell],
    before: str,
    kind: Break,
    often: Sequence[Sequence[int]],
    habits: _Habits,
    rng: Random,
) -> list[Piece]:
    first = cells[0]
    pad = int(first.at * habits.scale) if habits.indent or first.at > 2 * NARROW else 0
    found = [replace(first.piece, before=before + " " * pad, breaks=kind)]
    end = first.at + first.size
    for cell in cells[1:]:
        far = cell.at - end
        if far > NARROW:
            blanks = " " * max(2, int(far * habits.scale * rng.uniform(0.8, 1.1)))
            found.append(replace(cell.piece, before=blanks, breaks="gutter"))
        else:
            found += _gutter(cell, often[cell.gutter], rng)
        end = cell.at + cell.size
    return found


def _gutter(cell: _Cell, often: Sequence[int], rng: Random) -> list[Piece]:
    kind = rng.choices(KINDS, often)[0]
    if kind in ("bar", "mark"):
        mark = rng.choice(BARS if kind == "bar" else MARKS)
        text = mark.strip()
        lead, tail = mark[: mark.index(text)], mark[mark.index(text) + len(text) :]
        gutter = Piece(Slot("gutter", -1), text, lead, "gutter")
        return [gutter, replace(cell.piece, before=tail, breaks="gutter")]
    blanks = {"blanks": " " * rng.choice((2, 3, 3, 4)), "blank": " ", "none": ""}[kind]
    return [replace(cell.piece, before=blanks, breaks="gutter")]


def _junk(rng: Random) -> str:
    return (" " * rng.randint(1, 20)).join(rng.choices(JUNK, k=rng.randint(1, 4)))


def _width(text: str) -> int:
    return sum(1 if c.isascii() else 2 for c in text)
