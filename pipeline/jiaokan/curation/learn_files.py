"""Which clean files were edited after the run, and what the run had written there.

The ledger has the SHA-256 of each file that the run wrote: a file that has it still was not
edited. What the run had written is put together again from the raw file and the ledger, so that
an edited file is compared with the run's own output and with nothing else.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jiaokan.article import SINGLE_FIELDS, Article, Target
from jiaokan.cli.records import Record, raw_of, view_of
from jiaokan.cli.view import View
from jiaokan.errors import JiaokanError, LedgerError
from jiaokan.formats.clean_json import Clean, read_clean
from jiaokan.formats.markdown import write_markdown
from jiaokan.trace import Trace

_ORDER = ("kicker", "title", "subtitle", "author", "paragraphs", "affiliation")
_GAP = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~$&+=.)-])|&#(9|32);")
_MARK = re.compile(r"#{1,6}[ \t]+")
MOST = 50_000_000
"""Bytes of a clean file that are read."""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a line of furniture."""

    text: str
    field: str
    """Empty where the file does not say it."""
    article: int
    """-1: furniture."""
    places: tuple[int, ...] = ()
    """Where each character stands in the cleaned text; of the run's own blocks."""


def edited_files(record: Record) -> tuple[list[Path], list[str]]:
    """The page's clean files that are no longer what the run wrote, and those that are gone."""
    changed, missing = [], []
    for name, digest in record.ledger.outputs:
        path = record.stem.parent / Path(name).name
        try:
            if path.stat().st_size > MOST:
                raise LedgerError(f"is larger than {MOST:,} bytes", where=str(path))
            data = path.read_bytes()
        except FileNotFoundError:
            missing.append(str(path))
            continue
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise LedgerError(what, where=str(path), hint="see to its permissions") from error
        if sha256(data).hexdigest() != digest:
            changed.append(path)
    return changed, missing


def run_view(record: Record, raw: Path) -> View:
    """The page as the run left it, from the raw file and the ledger.

    Where the raw file is gone or was changed, an unedited JSON file does as well.
    """
    try:
        return view_of(raw if raw.is_file() else raw_of(record, raw), record)
    except JiaokanError:
        if record.json in edited_files(record)[0]:
            raise
        trace = Trace(record.raw, record.cleaned, record.ledger.changes)
        return View(record.ledger, trace)


def run_blocks(view: View, where: str) -> list[Block]:
    """What the run wrote, block by block, each character with its place in the cleaned text."""
    strings: dict[tuple[int, str, int], list[tuple[int, int, int]]] = {}
    for start, piece in view.pieces:
        target: Target | None = piece.target
        if target is not None:
            key = (target.article, str(target.field), target.index)
            strings.setdefault(key, []).append((target.offset, start, piece.length))
    blocks: dict[tuple[int, str, int], Block] = {}
    for key, parts in strings.items():
        text, places = "", list[int]()
        for offset, start, length in sorted(parts):
            if offset != len(text):
                raise LedgerError("the ledger leaves a gap in the output", where=where)
            text += view.trace.text[start : start + length]
            places += range(start, start + length)
        blocks[key] = Block(text, key[1], key[0], tuple(places))
    _prove(blocks, view, where)
    order = {name: number for number, name in enumerate((*_ORDER, "furniture"))}
    inorder = sorted(blocks, key=lambda key: (key[0] < 0, key[0], order[key[1]], key[2]))
    return [part for key in inorder for part in _parted(blocks[key])]


def _prove(blocks: dict[tuple[int, str, int], Block], view: View, where: str) -> None:
    """The Markdown file that these blocks give must be the one whose SHA-256 the ledger has."""
    articles = []
    for number in range(1 + max((article for article, _, _ in blocks), default=-1)):
        single = {
            name: blocks[number, name, 0].text
            for name in SINGLE_FIELDS
            if (number, name, 0) in blocks
        }
        count = sum(1 for article, name, _ in blocks if (article, name) == (number, "paragraphs"))
        keys = [(number, "paragraphs", index) for index in range(count)]
        if any(key not in blocks for key in keys):
            raise LedgerError("the ledger leaves out a paragraph of the output", where=where)
        articles.append(Article(**single, paragraphs=tuple(blocks[key].text for key in keys)))
    digest = sha256(write_markdown(articles)).hexdigest()
    for name, known in view.ledger.outputs:
        if name.endswith(".md") and known != digest:
            raise LedgerError(
                "what the run wrote cannot be put together again from its ledger",
                where=where,
                hint="clean the page again with this version, then edit the new files",
            )


def _parted(block: Block) -> list[Block]:
    """A block without blank lines in it and blanks around it, as Markdown can tell it."""
    found, last = [], 0
    for match in [*_GAP.finditer(block.text), None]:
        end = match.start() if match else len(block.text)
        part = block.text[last:end]
        start = last + len(part) - len(part.lstrip())
        stop = last + len(part.rstrip())
        if start < stop:
            places = block.places[start:stop]
            found.append(Block(block.text[start:stop], block.field, block.article, places))
        last = match.end() if match else end
    return found


def markdown_blocks(data: bytes, where: str) -> list[Block]:
    r"""What a person's Markdown file says, block by block.

    >>> [b.text for b in markdown_blocks("# \\*新\\*\n\n一\n\n---\n\n1\\. 二\n".encode(), "")]
    ['*新*', '一', '1. 二']
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LedgerError(
            "is not UTF-8", where=f"{where}:{line}", hint="save it as UTF-8 in your editor"
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found, article = [], 0
    for part in _GAP.split(text):
        part = part.strip()
        if part == "---":
            article += 1
        elif part:
            shown = _ESCAPED.sub(_unescaped, _MARK.sub("", part, count=1))
            found.append(Block(shown.strip(), "", article))
    return [block for block in found if block.text]


def _unescaped(match: re.Match[str]) -> str:
    return match[1] if match[1] else chr(int(match[2]))


def json_blocks(data: bytes, where: str) -> list[Block]:
    """What a person's JSON file says, block by block."""
    clean = read_clean(data, where)
    return [part for block in _json_blocks(clean) for part in _parted(block)]


def _json_blocks(clean: Clean) -> list[Block]:
    found = []
    for number, article in enumerate(clean.articles):
        for name in _ORDER:
            value = getattr(article, name)
            texts = value if isinstance(value, tuple) else (value,)
            found += [Block(text, name, number) for text in texts]
    return found + [Block(text, "furniture", -1) for text in clean.furniture]


def blocks_of(path: Path) -> list[Block]:
    """An edited file's blocks."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise JiaokanError(f"cannot be read: {error.strerror}", where=str(path)) from error
    read = markdown_blocks if path.name.endswith(".md") else json_blocks
    return read(data, str(path))
