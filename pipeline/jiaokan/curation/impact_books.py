"""The rules with and without those that are to be looked at."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from jiaokan.errors import RuleError
from jiaokan.rulebook import Rulebook, load
from jiaokan.rulebook.packs import survey
from jiaokan.rulebook.problems import nearest
from jiaokan.rulebook.reader import LARGEST, read
from jiaokan.rulebook.rule import Rule

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True)
class Compared:
    """Two sets of rules, and what makes the difference."""

    book: Rulebook
    """With the rules that are looked at."""
    without: Rulebook
    """As if they were not there."""
    ids: frozenset[str]
    """The rules that are looked at."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are looked at."""
        return tuple(rule for rule in self.book.rules if rule.id in self.ids)


def compared(rule: str, paths: Sequence[Path]) -> Compared:
    """The rules in force with and without an id in force, or the rules of a YAML file.

    A file that is in force already is compared with the rules without it; any other stands above
    all that is in force, and a rule in it takes the place of one of the same id. Raises RuleError.
    """
    file = Path(rule)
    if file.suffix in ENDINGS or file.is_file():
        return _of_file(file, paths)
    book = load(paths)
    known = {one.id for one in book.rules}
    if rule not in known:
        raise _unknown(rule, known, paths)
    return Compared(book, less(book, {rule}), frozenset({rule}))


def less(book: Rulebook, ids: set[str]) -> Rulebook:
    """The book without these rules."""
    return Rulebook(tuple(rule for rule in book.rules if rule.id not in ids), "")


def only(book: Rulebook, ids: frozenset[str]) -> Rulebook:
    """These rules alone."""
    return Rulebook(tuple(rule for rule in book.rules if rule.id in ids), "")


def _unknown(rule: str, known: set[str], paths: Sequence[Path]) -> RuleError:
    off = next((one for one in survey(paths).off if one.rule.id == rule), None)
    if off is not None:
        return RuleError(
            f"rule {rule!r} is switched off in {off.off}",
            where=off.where("id"),
            hint="take it out of off: there to see what it would do",
        )
    return RuleError(
        f"no rule {rule!r} is in force{nearest(rule, known)}",
        hint="name a rule in force (jiaokan rules list), or a YAML file of rules",
    )


def _of_file(file: Path, paths: Sequence[Path]) -> Compared:
    data = bytes_of(file)
    ids, off = _named(data, str(file))
    if not ids and not off:
        load([file])  # says what is wrong with the file, if anything is
        raise RuleError(
            "there are no rules in it", where=str(file), hint="write one: jiaokan rules add --help"
        )
    with replaced(paths, file, None) as (others, held):
        base = load(others)
        if held:
            return Compared(load(paths), base, frozenset(ids))
        again = {rule.id for rule in base.rules} & ids - off
        with TemporaryDirectory() as folder:
            pack = Path(folder, "off.yaml")
            pack.write_text(f"off: [{', '.join(sorted(again))}]\n", "utf-8")
            above = (pack, file) if again else (file,)
            return Compared(load((*paths, *above)), base, frozenset(ids))


def bytes_of(file: Path) -> bytes:
    """A rule file's bytes; of a file that is too large only so many that it is seen to be.

    Raises RuleError, whose cause is the OSError if there was one.
    """
    try:
        if file.exists() and not file.is_file():
            raise OSError("no regular file")
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        raise RuleError(what, where=str(file), hint="name a YAML file of rules") from error


def _named(data: bytes, name: str) -> tuple[set[str], set[str]]:
    """The ids of a file's rules, and those that it switches off."""
    value = read(data, name).value
    entries = value.get("rules", []) if isinstance(value, dict) else value
    off = value.get("off", []) if isinstance(value, dict) else []
    found = {
        entry["id"]
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }
    named = {one for one in off if isinstance(one, str)} if isinstance(off, list) else set()
    return {str(one) for one in found}, named


@contextmanager
def replaced(
    paths: Sequence[Path], file: Path, data: bytes | None
) -> Iterator[tuple[tuple[Path, ...], Path | None]]:
    """The paths with other bytes for a file (None: without it), and where the file stands in them.

    A folder that holds the file is copied, so that what is in force is never touched. Where no
    path holds the file, it comes last, or not at all without bytes.
    """
    with TemporaryDirectory() as top:
        found: list[Path] = []
        held: Path | None = None
        for number, path in enumerate(paths):
            inside = stands_in(path, file)
            if inside is None:
                found.append(path)
            elif path.is_dir():
                folder = Path(top, str(number))
                held = folder / inside
                _copied(path, folder, held, data)
                found.append(folder)
            else:
                held = Path(top, f"{number}-{file.name}")
                if data is not None:
                    held.write_bytes(data)
                    found.append(held)
        if held is None and data is not None:
            last = Path(top, file.name)
            last.write_bytes(data)
            found.append(last)
            yield tuple(found), last
        else:
            yield tuple(found), held


def stands_in(path: Path, file: Path) -> Path | None:
    """Where in a path a rule file stands, or would stand if it were there; None: outside."""
    target = file.resolve()
    if not path.is_dir():
        return Path(file.name) if path.resolve() == target else None
    for ending in ENDINGS:
        for item in path.rglob(f"*{ending}"):
            if item.resolve() == target:
                return item.relative_to(path)
    folder, top = file.parent.resolve(), path.resolve()
    return folder.relative_to(top) / file.name if folder.is_relative_to(top) else None


def _copied(path: Path, folder: Path, held: Path, data: bytes | None) -> None:
    folder.mkdir()
    for ending in ENDINGS:
        for item in path.rglob(f"*{ending}"):
            copy = folder / item.relative_to(path)
            if item.is_file() and copy != held:
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(item.read_bytes())
    if data is not None:
        held.parent.mkdir(parents=True, exist_ok=True)
        held.write_bytes(data)
