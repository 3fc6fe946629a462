"""A page's character edits as a unified patch of the raw file.

The hunks are built from the ledger's changes. The text stays in the raw order:
moving is stitching's work, and no patch of the raw file could show it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from jiaokan.trace import Change

CONTEXT = 3
"""Lines shown around what changes."""


@dataclass(slots=True)
class _Block:
    """Raw lines [first, last) and the changes inside them."""

    first: int
    last: int
    changes: list[Change]


def unified(
    raw: str, changes: Iterable[Change], name: str, context: int = CONTEXT
) -> Iterator[str]:
    r"""The patch's lines.

    >>> list(unified("甲,\n乙\n", [Change(1, 2, ",", "，", ())], "p.txt"))
    ['--- a/p.txt\n', '+++ b/p.txt\n', '@@ -1,2 +1,2 @@\n', '-甲,\n', '+甲，\n', ' 乙\n']
    """
    lines = _split(raw)
    starts = list(accumulate((len(line) for line in lines), initial=0))
    blocks = list(_blocks(changes, starts, len(lines)))
    if not blocks:
        return
    yield f"--- {_name('a/' + name)}\n"
    yield f"+++ {_name('b/' + name)}\n"
    grown = 0
    for hunk in _hunks(blocks, context):
        first = max(0, hunk[0].first - context)
        last = min(len(lines), hunk[-1].last + context)
        body: list[str] = []
        added = at = first
        for block in hunk:
            new = _split(_new(raw, starts, block))
            body += (f" {line}" for line in lines[at : block.first])
            body += (f"-{line}" for line in lines[block.first : block.last])
            body += (f"+{line}" for line in new)
            added += len(new) - (block.last - block.first)
            at = block.last
        body += (f" {line}" for line in lines[at:last])
        count = last - first + added - first
        yield f"@@ -{_range(first, last - first)} +{_range(first + grown, count)} @@\n"
        grown += added - first
        for line in body:
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(text: str) -> list[str]:
    """Lines as patch tools see them: only a line feed ends one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    if lines[-1] == "\n":
        lines.pop()
    else:
        lines[-1] = lines[-1][:-1]
    return lines


def _blocks(changes: Iterable[Change], starts: list[int], count: int) -> Iterator[_Block]:
    """Changes by the lines they touch; blocks that share a line are one."""
    from bisect import bisect_right

    block: _Block | None = None
    for change in changes:
        first = min(bisect_right(starts, change.start) - 1, max(count - 1, 0))
        last = min(bisect_right(starts, change.end), count)
        if block and first < block.last:
            block.last = max(block.last, last)
            block.changes.append(change)
            continue
        if block:
            yield block
        block = _Block(first, last, [change])
    if block:
        yield block


def _hunks(blocks: list[_Block], context: int) -> Iterator[list[_Block]]:
    """Blocks whose context touches go into one hunk."""
    hunk = [blocks[0]]
    for block in blocks[1:]:
        if block.first - hunk[-1].last > 2 * context:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk


def _new(raw: str, starts: list[int], block: _Block) -> str:
    parts: list[str] = []
    at = starts[block.first]
    for change in block.changes:
        parts += raw[at : change.start], change.new
        at = change.end
    parts.append(raw[at : starts[block.last]])
    return "".join(parts)


def _range(first: int, count: int) -> str:
    return f"{first + 1 if count else first},{count}"


def _name(name: str) -> str:
    """A file name as git writes it: quoted where it must be."""
    if any(c in '"\\' or c < " " or c == "\x7f" for c in name):
        inner = "".join(
            f"\\{ord(c):03o}" if c < " " or c == "\x7f" else f"\\{c}" if c in '"\\' else c
            for c in name
        )
        return f'"{inner}"'
    return f"{name}\t" if " " in name else name
