"""Checks clean files against their ledgers, and shares no code with what wrote them.

It reads the JSON on its own and knows nothing of stages, traces or rules. For
each page it checks that

- the files are the ones that the run wrote (SHA-256);
- the pieces take up every character of every output string exactly once;
- the changes lie in order, and each one's steps, replayed, turn old into new;
- the counts in the ledger are those of its tables and of the clean file, and its seal fits;
- the text, with every change taken back, has the raw file's length, and its
  bytes the raw file's size and SHA-256 (and, where the raw files are given,
  are the raw file).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

_LEDGER = ".ledger.json"
_RUN = ".jiaokan"
"""Folder of what a run says about itself."""
_FIELDS = ("kicker", "title", "subtitle", "author", "affiliation", "paragraphs", "furniture")
_CHANGES = ("start", "end", "old", "new", "steps")
_PIECES = ("length", "article", "field", "index", "offset")


class Problem(NamedTuple):
    """Something that is not as it must be."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and what was found."""

    pages: int
    characters: int
    """Raw characters that are accounted for."""
    problems: tuple[Problem, ...]


class Wrong(Exception):
    """The page cannot be checked further."""


def verify(clean: Path, raw: Path | None = None, *, beside_tables: bool = False) -> Report:
    """Check a clean folder, or one clean JSON file, and the raw files where they are given.

    `beside_tables`: other programs' JSON files may lie there; a page is what has a run's ledger.
    """
    stems = [_stem(clean)] if clean.is_file() else _stems(clean)
    if beside_tables:
        stems = [stem for stem in stems if _wrote(stem)]
    sources = _Sources(raw) if raw is not None else None
    problems: list[Problem] = []
    characters = 0
    for stem in stems:
        ledger_file = stem.with_name(stem.name + _LEDGER)
        try:
            ledger = _read(ledger_file)
            problems += _edited(ledger_file, ledger)
            clean_file = _read(stem.with_name(stem.name + ".json"))
            text, data = rebuild(ledger, clean_file)
            characters += len(text)
            if {"counts", "seal"} & ledger.keys():  # version 0.1.0 wrote neither
                count(ledger, clean_file)
                check_seal(ledger_file.read_bytes())
            if sources is not None:
                problems += _compare(sources, ledger["source"]["name"], data)
        except Wrong as wrong:
            problems.append(Problem(str(ledger_file), str(wrong)))
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            what = f"is not as a run writes it: {type(error).__name__}: {error}"
            problems.append(Problem(str(ledger_file), what))
    return Report(len(stems), characters, tuple(problems))


def holds_ledgers(folder: Path) -> bool:
    """Whether a run wrote the files of pages somewhere in a folder."""
    return any(_wrote(stem) for stem in _stems(folder))


def _wrote(stem: Path) -> bool:
    """Whether a page has a ledger, and none that another program wrote."""
    ledger_file = stem.with_name(stem.name + _LEDGER)
    if not ledger_file.is_file():
        return False
    try:
        return _read(ledger_file).keys() >= {"source", "outputs"}
    except Wrong:
        return True  # a run's own that was damaged, for all that is known


def _stem(file: Path) -> Path:
    for ending in (_LEDGER, ".json", ".md", ".tei.xml"):
        if file.name.endswith(ending):
            return file.with_name(file.name[: -len(ending)])
    return file


def _stems(folder: Path) -> list[Path]:
    """Every page of a clean folder: whatever has a JSON file or a ledger."""
    found = {_stem(path) for path in folder.rglob("*.json") if path.is_file()}
    return sorted(stem for stem in found if _RUN not in stem.relative_to(folder).parts)


def _read(path: Path) -> dict[str, Any]:
    try:
        tree = json.loads(path.read_bytes())
    except OSError as error:
        raise Wrong(f"{path.name} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise Wrong(f"{path.name} is no JSON: {error}") from error
    if not isinstance(tree, dict):
        raise Wrong(f"{path.name} is no JSON object")
    return tree


def _edited(ledger_file: Path, ledger: dict[str, Any]) -> Iterator[Problem]:
    """The files beside the ledger that are not the ones it speaks of."""
    if not ledger["outputs"]:
        raise Wrong("speaks of no clean files")
    for name, digest in ledger["outputs"].items():
        path = ledger_file.with_name(Path(name).name)
        try:
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            yield Problem(str(path), f"cannot be read: {error.strerror}")
            continue
        if found != digest:
            yield Problem(str(path), "was edited after the run: its SHA-256 is not the ledger's")


def count(ledger: dict[str, Any], clean: dict[str, Any]) -> None:
    """The counts must be those of what is counted."""
    counts, strings = ledger["counts"], ledger["strings"]
    for name in ("articles", "seams", "findings"):
        if counts[name] != len(clean[name]):
            raise Wrong(f"it counts {counts[name]} {name}, and there are {len(clean[name])}")
    rules: dict[str, int] = {}
    for index in ledger["steps"]["rule"]:
        rules[strings[index]] = rules.get(strings[index], 0) + 1
    if counts["rules"] != rules:
        raise Wrong("its counts by rule are not those of its steps")


def check_seal(data: bytes) -> None:
    """The ledger's last key is the SHA-256 of all bytes before it."""
    body, mark, seal = data.rpartition(b',"seal":"')
    if not mark or seal != hashlib.sha256(body).hexdigest().encode() + b'"}\n':
        raise Wrong("was edited after the run: its seal is not its SHA-256")


def rebuild(ledger: dict[str, Any], clean: dict[str, Any]) -> tuple[str, bytes]:
    """The raw text and bytes, each step of the way checked."""
    source = ledger["source"]
    if clean["source"] != source["name"]:
        raise Wrong(f"the clean file speaks of {clean['source']!r}, not of {source['name']!r}")
    text = _undo(ledger, _gather(ledger["pieces"], clean))
    if len(text) != source["length"]:
        raise Wrong(f"rebuilt are {len(text)} characters of {source['length']}")
    for item in (*clean["findings"], *clean["seams"]):
        places = [item[name] for name in ("start", "end", "left", "right") if name in item]
        if not all(0 <= place <= len(text) for place in places):
            raise Wrong(f"a finding or seam lies outside the raw text: {places}")
    data = _bytes(text, source["decoding"])
    if len(data) != source["size"] or hashlib.sha256(data).hexdigest() != source["sha256"]:
        raise Wrong("the rebuilt bytes are not the raw file's: their SHA-256 differs")
    return text, data


def _gather(pieces: dict[str, Any], clean: dict[str, Any]) -> str:
    """The cleaned text from its pieces, which take up each output string exactly once."""
    strings = _strings(clean)
    taken: dict[tuple[int, str, int], list[tuple[int, int]]] = {place: [] for place in strings}
    dropped = iter(pieces["dropped"])
    parts: list[str] = []
    for length, article, field, index, offset in zip(*(pieces[c] for c in _PIECES), strict=True):
        if length < 1:
            raise Wrong("a piece is empty")
        if article is None:
            part = next(dropped, "")
        else:
            place = (article, _FIELDS[field], index)
            if place not in strings:
                raise Wrong(f"a piece went to {place}, which the clean file has not")
            taken[place].append((offset, offset + length))
            part = strings[place][offset : offset + length]
        if len(part) != length:
            raise Wrong(f"a piece of {length} characters has only {len(part)}")
        parts.append(part)
    if next(dropped, None) is not None:
        raise Wrong("there is dropped text that no piece speaks of")
    for place, spans in taken.items():
        _cover(place, sorted(spans), len(strings[place]))
    return "".join(parts)


def _strings(clean: dict[str, Any]) -> dict[tuple[int, str, int], str]:
    """Every output string by its place."""
    strings: dict[tuple[int, str, int], str] = {}
    for index, line in enumerate(clean["furniture"]):
        strings[-1, "furniture", index] = line
    for number, article in enumerate(clean["articles"]):
        for field in _FIELDS[:5]:
            strings[number, field, 0] = article[field]
        for index, paragraph in enumerate(article["paragraphs"]):
            strings[number, "paragraphs", index] = paragraph
    return strings


def _cover(place: tuple[int, str, int], spans: list[tuple[int, int]], size: int) -> None:
    last = 0
    for start, end in spans:
        if start != last:
            what = "twice" if start < last else "by no piece"
            raise Wrong(f"characters {min(start, last)} on of {place} are accounted for {what}")
        last = end
    if last != size:
        raise Wrong(f"characters {last} to {size} of {place} are accounted for by no piece")


def _undo(ledger: dict[str, Any], text: str) -> str:
    """The raw text: every change checked, and taken back."""
    steps = _steps(ledger)
    parts: list[str] = []
    at = last = 0  # in the cleaned text, in the raw text
    for start, end, old, new, count in zip(*(ledger["changes"][c] for c in _CHANGES), strict=True):
        if not last <= start <= end or end - start != len(old):
            raise Wrong(f"the change at {start} lies out of order, or is not as long as its text")
        if old == new:
            raise Wrong(f"the change at {start} changes nothing")
        own = list(islice(steps, count))
        if not own or len(own) != count:
            raise Wrong(f"the change at {start} lacks steps")
        _replay(start, old, new, own)
        begin = at + start - last
        if text[begin : begin + len(new)] != new:
            raise Wrong(f"the clean text has not {new!r} for the change at {start}")
        parts += text[at:begin], old
        at, last = begin + len(new), end
    if next(steps, None) is not None:
        raise Wrong("there are steps that no change speaks of")
    parts.append(text[at:])
    return "".join(parts)


def _steps(ledger: dict[str, Any]) -> Iterator[tuple[int, int, str, str]]:
    """(turn, at, old, new) of each step; its stage, rule and evidence must have names."""
    columns, strings = ledger["steps"], ledger["strings"]
    for index in (*columns["stage"], *columns["rule"], *ledger["pieces"]["rule"]):
        if not (0 <= index < len(strings) and strings[index]):
            raise Wrong("a step's or piece's stage or rule has no name")
    return zip(*(columns[name] for name in ("turn", "at", "old", "new")), strict=True)


def _replay(place: int, text: str, new: str, steps: list[tuple[int, int, str, str]]) -> None:
    turn = -1
    for step_turn, at, before, after in steps:
        if step_turn < turn or at < 0 or text[at : at + len(before)] != before:
            raise Wrong(f"a step of the change at {place} does not fit what stood there")
        turn = step_turn
        text = text[:at] + after + text[at + len(before) :]
    if text != new:
        raise Wrong(f"the steps of the change at {place} give {text!r}, not {new!r}")


def _bytes(text: str, decoding: dict[str, Any]) -> bytes:
    codec = decoding["encoding"]
    data = bytearray(bytes.fromhex(decoding["bom"]))
    last = 0
    try:
        for at, patch in decoding["patches"]:
            data += text[last:at].encode(codec) + bytes.fromhex(patch)
            last = at + 1
        data += text[last:].encode(codec)
    except (UnicodeEncodeError, LookupError) as error:
        raise Wrong(f"the text cannot be written back: {error}") from error
    return bytes(data)


class _Sources:
    """The raw files, found by their names."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw

    @cached_property
    def _below(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for path in sorted(self.raw.rglob("*")):
            if path.is_file():
                found.setdefault(path.name, []).append(path)
        return found

    def find(self, name: str, data: bytes) -> Path:
        """Where the file should be; where there is none, the one of that name and bytes below."""
        path = self.raw if self.raw.is_file() else self.raw / name
        if path.exists():
            return path
        others = self._below.get(path.name, [])
        return next((one for one in others if one.read_bytes() == data), path)


def _compare(sources: _Sources, name: str, data: bytes) -> Iterator[Problem]:
    path = sources.find(name, data)
    try:
        found = path.read_bytes()
    except OSError as error:
        yield Problem(str(path), f"the raw file cannot be read: {error.strerror}")
        return
    if found != data:
        yield Problem(str(path), "the raw file is not the one that was cleaned")
