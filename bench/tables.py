"""Tables as text for a terminal, and as Markdown for README and docs."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from bench.result import Cell, Table


def shown(cell: Cell) -> str:
    """A cell as it is printed; numbers with as many digits as they are worth.

    >>> shown(1.0), shown(43.21), shown(4321.5), shown(12345), shown("block")
    ('1.000', '43.2', '4,322', '12,345', 'block')
    """
    if isinstance(cell, float):
        size = abs(cell)
        return f"{cell:.3f}" if size < 10 else f"{cell:.1f}" if size < 1000 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def as_text(table: Table) -> str:
    """The table for a terminal: columns aligned, Chinese characters two cells wide."""
    lines = [table.title]
    if table.rows:
        cells = [table.columns, *(tuple(map(shown, row)) for row in table.rows)]
        widths = [max(_width(row[i]) for row in cells) for i in range(len(table.columns))]
        right = _numeric(table)
        for number, row in enumerate(cells):
            padded = (
                _padded(cell, width, at_right)
                for cell, width, at_right in zip(row, widths, right, strict=True)
            )
            lines.append("  " + "  ".join(padded).rstrip())
            if number == 0:
                lines.append("  " + "  ".join("-" * width for width in widths))
    lines += [f"  {note}" for note in table.notes]
    return "\n".join(lines)


def as_markdown(table: Table) -> str:
    """The table for README and docs."""
    lines = [f"**{table.title}**", ""]
    if table.rows:
        lines.append(_row(table.columns))
        lines.append("|" + "|".join("---:" if right else "---" for right in _numeric(table)) + "|")
        lines += [_row(tuple(map(shown, row))) for row in table.rows]
        lines.append("")
    for note in table.notes:
        lines += [note.replace("|", "\\|"), ""]
    return "\n".join(lines)


def results_as_markdown(results: dict[str, Any], names: Sequence[str]) -> str:
    """Stored results, the measurements in the order of `names`; each says where and when."""
    parts: list[str] = []
    for name in names:
        one = results.get(name)
        if one is None:
            continue
        parts += [f"### {name}", "", f"{told(one['machine'])}; {one['date']}.", ""]
        if one["skipped"]:
            parts += [f"Skipped: {one['skipped']}", ""]
        parts += [as_markdown(Table.of_tree(tree)) for tree in one["tables"]]
    return "\n".join(parts)


def told(machine: dict[str, Any]) -> str:
    """The machine's kind in words."""
    return f"{machine['cpu']}, {machine['cores']} cores, Python {machine['python']}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _numeric(table: Table) -> list[bool]:
    """Which columns hold a number in some row."""
    return [
        any(not isinstance(row[i], str) for row in table.rows) for i in range(len(table.columns))
    ]


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
