"""Rule files -> one list of rules in order of precedence.

A pack is a file, or a folder of files; the built-in packs are one pack together. Later packs
stand above earlier ones; within a pack furniture comes before credit, affiliation, byline and
kicker, and then the id decides, so that the order of files and of rules in them means nothing.

A file is a list of rules, or a mapping with `rules`, `off` (ids of earlier packs that are
switched off) and `words` (named word lists for its patterns: `{{name}}`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath

from jiaokan.rulebook.book import Rulebook
from jiaokan.rulebook.build import Fault, built
from jiaokan.rulebook.checks import faults
from jiaokan.rulebook.fingerprint import fingerprint
from jiaokan.rulebook.problems import Problem, Problems, RuleFileError, gathered, nearest
from jiaokan.rulebook.reader import Document, Path, Value, read
from jiaokan.rulebook.rule import KINDS, Rule
from jiaokan.rulebook.words import Lists, lists_of, spelt_out

FILE_KEYS = ("rules", "off", "words")
_ROLES = ("", "furniture", "credit", "affiliation", "byline", "kicker", "title")


@dataclass(slots=True)
class _Gathered:
    """What the packs read so far come to."""

    rules: dict[str, tuple[int, Rule]] = field(default_factory=dict)
    """id -> (pack, rule)."""
    origins: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def gather(paths: Sequence[FilePath]) -> Rulebook:
    """The book of the built-in packs and those at the paths. Raises RuleError."""
    gathered_rules = _Gathered()
    packs = [builtin(), *(_pack(path) for path in paths)]
    for number, pack in enumerate(packs):
        _add_pack(gathered_rules, number, pack)
    if gathered_rules.problems:
        raise gathered(gathered_rules.problems)
    inorder = sorted(gathered_rules.rules.values(), key=lambda item: precedence(*item))
    rules = tuple(rule for _, rule in inorder)
    origins = {rule.id: gathered_rules.origins[rule.id] for rule in rules}
    return Rulebook(rules, fingerprint(inorder), origins)


def precedence(pack: int, rule: Rule) -> tuple[int, int, str]:
    """Sorts rules: those that come first decide."""
    return -pack, _ROLES.index(getattr(rule, "role", "")), rule.id


def builtin() -> list[tuple[str, bytes]]:
    """Names and bytes of the packs that ship with the package."""
    folder: Traversable
    try:
        folder = files("jiaokan.rules")
    except ModuleNotFoundError:  # a source tree that is not installed
        folder = FilePath(__file__).parents[3] / "rules"
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    return [(f"rules/{name}", (folder / name).read_bytes()) for name in found]


def _pack(path: FilePath) -> list[tuple[str, bytes]]:
    """Names and bytes of the files at a path."""
    try:
        if path.exists() and not (path.is_dir() or path.is_file()):
            raise OSError("neither a file nor a folder")
        if not path.is_dir():
            return [(str(path), path.read_bytes())]
        found = sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")])
        return [(str(item), item.read_bytes()) for item in found if item.is_file()]
    except OSError as error:
        raise Problems.single(
            str(path),
            f"cannot be read: {error.strerror or error}",
            "Name a rule file (.yaml), or a folder that holds some.",
        ) from None


def _add_pack(into: _Gathered, number: int, pack: Iterable[tuple[str, bytes]]) -> None:
    for name, data in pack:
        try:
            document = read(data, name)
        except RuleFileError as error:
            into.problems += error.problems
            continue
        problems = Problems(name, data.decode("utf-8-sig", "replace"))
        _File(into, number, document, problems).add()
        into.problems += problems.found


@dataclass(slots=True)
class _File:
    """One file that is being added to what was gathered."""

    into: _Gathered
    number: int
    document: Document
    problems: Problems

    def add(self) -> None:
        """Its word lists, what it switches off, its rules."""
        value = self.document.value
        if value == "":
            return
        if isinstance(value, str):
            self._fault((), "a list of rules, or a mapping with 'rules', must stand here")
            return
        base: Path = ()
        lists: Lists = {}
        entries: Value = value
        if isinstance(value, dict):
            for key in value.keys() - set(FILE_KEYS):
                guess = nearest(key, FILE_KEYS)
                self._fault((key,), f"unknown key {key!r}{guess}", key=True)
            lists = self._lists(value.get("words", {}))
            self._switch_off(value.get("off", []))
            base, entries = ("rules",), value.get("rules", [])
        if not isinstance(entries, list):
            self._fault(base, "rules: a list of rules must stand here")
            return
        for index, entry in enumerate(entries):
            self._entry((*base, index), entry, lists)

    def _fault(self, path: Path, what: str, *, key: bool = False) -> None:
        self.problems.add(self.document.spot(path, key=key), what)

    def _lists(self, value: Value) -> Lists:
        try:
            return lists_of(value)
        except ValueError as error:
            self._fault(("words",), f"words: {error}")
            return {}

    def _switch_off(self, value: Value) -> None:
        if not isinstance(value, list):
            self._fault(("off",), "off: a list of rule ids must stand here")
            return
        for index, rule in enumerate(value):
            known = {id for id, (pack, _) in self.into.rules.items() if pack < self.number}
            if not isinstance(rule, str) or rule not in known:
                guess = nearest(str(rule), known)
                self._fault(("off", index), f"no earlier pack has a rule {rule!r}{guess}")
            else:
                del self.into.rules[rule]

    def _entry(self, path: Path, entry: Value, lists: Lists) -> None:
        if not isinstance(entry, dict):
            self._fault(path, "a rule is a mapping with 'id', 'kind', 'reason' and more")
            return
        kind = entry.get("kind", "")
        if not isinstance(kind, str) or kind not in KINDS:
            self._fault((*path, "kind"), _no_kind(kind))
            return
        found: Rule | list[Fault] = built(kind, spelt_out(entry, lists))
        wrong = found if isinstance(found, list) else self._checked(found)
        for fault in wrong:
            self._fault((*path, *fault.path), fault.what, key=fault.key)
        if not wrong and not isinstance(found, list):
            self._take(path, found)

    def _checked(self, rule: Rule) -> list[Fault]:
        """The built-in packs are checked by the tests, not at every start: patterns are slow."""
        return list(faults(rule)) if self.number else []

    def _take(self, path: Path, rule: Rule) -> None:
        spot = self.document.spot((*path, "id"))
        if rule.id in self.into.rules:
            first = self.into.origins[rule.id]
            self._fault((*path, "id"), f"id {rule.id!r} is taken; it stands in {first} already")
            return
        self.into.rules[rule.id] = self.number, rule
        self.into.origins[rule.id] = f"{self.problems.name}:{spot.line + 1}:{spot.column + 1}"


def _no_kind(kind: Value) -> str:
    every = ", ".join(KINDS)
    if kind == "":
        return f"the key 'kind' is missing; one of {every}"
    return f"unknown kind {kind!r}{nearest(str(kind), KINDS)}; one of {every}"
