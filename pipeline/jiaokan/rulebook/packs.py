"""Rule files -> one list of rules in order of precedence.

A pack is a file, or a folder of files; the built-in packs are one pack together. Later packs
stand above earlier ones; within a pack furniture comes before credit, affiliation, byline and
kicker, and then the id decides, so that the order of files and of rules in them means nothing.

A file is a list of rules, or a mapping with `rules`, `off` (ids of earlier packs that are
switched off) and `words` (named word lists for its patterns: `{{name}}`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from itertools import accumulate, chain
from pathlib import Path as FilePath

from jiaokan.rulebook.book import Rulebook
from jiaokan.rulebook.build import Fault, built, unproved
from jiaokan.rulebook.checks import faults
from jiaokan.rulebook.fingerprint import digest, fingerprint_of
from jiaokan.rulebook.problems import Problem, Problems, RuleFileError, gathered, nearest
from jiaokan.rulebook.reader import LARGEST, Document, Path, Value, read_on
from jiaokan.rulebook.remainder import other_faults
from jiaokan.rulebook.rule import KINDS, Rule
from jiaokan.rulebook.words import ListError, Lists, lists_of, spelt_out, written_out

FILE_KEYS = ("rules", "off", "words")
_Packs = tuple[tuple[tuple[str, bytes], ...], ...]
"""Names and bytes of the files of each pack."""
_MOST_BOOKS = 8
"""Books that are kept with all that they have compiled."""
MOST_OF_PATTERNS = 300_000
"""Characters of all patterns of a file, their lists written out."""
_ROLES = ("", "furniture", "credit", "affiliation", "byline", "kicker", "title")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of rules that was read."""

    name: str
    pack: int
    """0: built in; later packs stand above."""
    text: str
    document: Document

    def where(self, path: Path, *, key: bool = False) -> str:
        """file:line:column of what stands at a path, or of its key."""
        spot = self.document.spot(path, key=key)
        return f"{self.name}:{spot.line + 1}:{spot.column + 1}"


@dataclass(frozen=True, slots=True)
class Known:
    """A rule and where it stands."""

    rule: Rule
    file: RuleFile
    path: Path
    """Of its entry in the file's document."""
    off: str = ""
    """file:line:column of what switches it off; empty where it is in force."""

    def where(self, *path: str | int, key: bool = False) -> str:
        """file:line:column of something in the entry."""
        return self.file.where((*self.path, *path), key=key)


@dataclass(slots=True)
class Survey:
    """What the packs come to, and all that is wrong with them."""

    rules: dict[str, Known] = field(default_factory=dict)
    """Those in force, by id."""
    off: list[Known] = field(default_factory=list)
    """Those that are switched off."""
    problems: list[Problem] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    """Where each id stands, those of faulty rules too."""

    def book(self) -> Rulebook:
        """The rules in force, in order of precedence."""
        inorder = sorted(
            ((known.file.pack, known.rule) for known in self.rules.values()),
            key=lambda item: precedence(*item),
        )
        rules = tuple(rule for _, rule in inorder)
        origins = {rule.id: self.rules[rule.id].where("id") for rule in rules}
        return Rulebook(rules, fingerprint_of(map(digest, rules)), origins)


def survey(paths: Sequence[FilePath]) -> Survey:
    """The built-in packs and those at the paths, each rule with its place. Raises nothing but
    RuleError where a path cannot be read."""
    return _surveyed(_packs(paths))


def _packs(paths: Sequence[FilePath]) -> _Packs:
    return tuple(tuple(pack) for pack in (builtin(), *map(_pack, paths)))


def _surveyed(packs: _Packs) -> Survey:
    found = Survey()
    for number, pack in enumerate(packs):
        _add_pack(found, number, pack)
    return found


def whole(paths: Sequence[FilePath]) -> Survey:
    """The survey of packs in which nothing is wrong. Raises RuleError."""
    return _whole(_packs(paths))


def _whole(packs: _Packs) -> Survey:
    found = _surveyed(packs)
    if found.problems:
        raise gathered(found.problems)
    return found


def gather(paths: Sequence[FilePath]) -> Rulebook:
    """The book of the built-in packs and those at the paths. Raises RuleError.

    Files with the same names and bytes give the same book, with all that it has compiled.
    """
    return book_of(_packs(paths))


@lru_cache(maxsize=_MOST_BOOKS)
def book_of(packs: _Packs) -> Rulebook:
    """The book of packs' files; kept by their content. Raises RuleError."""
    if len(packs) == 1:
        return _builtin_book(packs)
    book = _whole(packs).book()
    book_of(packs[:1])  # what is known about the built-in patterns serves these rules, too
    return book


def _builtin_book(packs: _Packs) -> Rulebook:
    """The book of the built-in packs, and what is known about its patterns and words."""
    from jiaokan.disk_cache import can_keep, remembered, state_of
    from jiaokan.rulebook import pairs, regexes

    def make() -> tuple[Rulebook, dict[tuple[str, str, int], regexes.Pattern], dict[str, int]]:
        book = _whole(packs).book()
        if can_keep():
            book.compile()
        return book, regexes.KNOWN, pairs.KNOWN

    here = FilePath(__file__).parent
    modules = [
        *here.glob("*.py"),
        *(here.parent / "language").glob("*.py"),
        *(here.parent / "language" / "data").iterdir(),
    ]
    contents = sha256()
    for name, data in chain.from_iterable(packs):
        contents.update(f"{name} {len(data)} ".encode())
        contents.update(data)
    book, patterns, words = remembered("rules", contents.digest() + state_of(modules), make)
    regexes.KNOWN.update(patterns)
    pairs.KNOWN.update(words)
    return book


def precedence(pack: int, rule: Rule) -> tuple[int, int, str]:
    """Sorts rules: those that come first decide."""
    return -pack, _ROLES.index(getattr(rule, "role", "")), rule.id


def builtin() -> list[tuple[str, bytes]]:
    """Names and bytes of the packs that ship with the package."""
    spec = find_spec("jiaokan.rules")
    places = list(spec.submodule_search_locations or ()) if spec else []
    # in a source tree that is not installed there is no such package
    folder = FilePath(places[0]) if places else FilePath(__file__).parents[3] / "rules"
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    return [(f"rules/{name}", (folder / name).read_bytes()) for name in found]


def _pack(path: FilePath) -> list[tuple[str, bytes]]:
    """Names and bytes of the files at a path."""
    try:
        if path.exists() and not (path.is_dir() or path.is_file()):
            raise OSError("neither a file nor a folder")
        if not path.is_dir():
            return [(str(path), _start(path))]
        found = sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")])
        return [(str(item), _start(item)) for item in found if item.is_file()]
    except OSError as error:
        raise Problems.single(
            str(path),
            f"cannot be read: {error.strerror or error}",
            "Name a rule file (.yaml), or a folder that holds some.",
        ) from None


def _start(path: FilePath) -> bytes:
    """The file's bytes; of one that is too large, enough to see that it is."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _add_pack(into: Survey, number: int, pack: Iterable[tuple[str, bytes]]) -> None:
    for name, data in pack:
        try:
            document, problems = read_on(data, name)
        except RuleFileError as error:
            into.problems += error.problems
            continue
        text = data.decode("utf-8-sig", "replace")
        _File(into, RuleFile(name, number, text, document), problems).add()
        into.problems += problems.found


@dataclass(slots=True)
class _File:
    """One file that is being added to what was gathered."""

    into: Survey
    file: RuleFile
    problems: Problems

    def add(self) -> None:
        """Its word lists, what it switches off, its rules."""
        value = self.file.document.value
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
        large = _too_large(entries, lists)
        if large is not None:
            what = f"up to here the patterns have more than {MOST_OF_PATTERNS:,} characters"
            hint = "Put the rules into several files, or make the word lists shorter."
            self._fault((*base, large), f"{what}, their lists written out", hint=hint)
            return
        for index, entry in enumerate(entries):
            if self.problems.many:
                self._fault((*base, index), "too much is wrong; the rest was not read")
                break
            self._entry((*base, index), entry, lists)

    def _fault(self, path: Path, what: str, *, key: bool = False, hint: str = "") -> None:
        self.problems.add(self.file.document.spot(path, key=key), what, hint=hint)

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
        earlier = {id for id, known in self.into.rules.items() if known.file.pack < self.file.pack}
        for index, rule in enumerate(value):
            if self.problems.many:
                break
            if not isinstance(rule, str) or rule not in earlier:
                guess = nearest(str(rule), earlier)
                here = "A rule that stands in the same folder is not switched off: delete it."
                what = f"no earlier pack has a rule {rule!r}{guess}"
                self._fault(("off", index), what, hint=here)
            else:
                place = self.file.where(("off", index))
                self.into.off.append(replace(self.into.rules.pop(rule), off=place))
                earlier.discard(rule)
                del self.into.taken[rule]

    def _entry(self, path: Path, entry: Value, lists: Lists) -> None:
        if not isinstance(entry, dict):
            self._fault(path, "a rule is a mapping with 'id', 'kind', 'reason' and more")
            return
        kind = entry.get("kind", "")
        if not isinstance(kind, str) or kind not in KINDS:
            self._fault((*path, "kind"), _no_kind(kind))
            return
        whole: Mapping[str, Value] = entry
        try:
            whole = spelt_out(entry, lists)
            found = built(kind, whole)
        except ListError as error:
            found = [Fault(error.path, str(error))]
        if isinstance(found, list):
            wrong = [*found, *other_faults(kind, whole, found)]
        else:
            wrong = self._checked(found)
        if self.file.pack:
            wrong = [*unproved(entry), *wrong]
        for fault in wrong:
            self._fault((*path, *fault.path), fault.what, key=fault.key, hint=fault.hint)
        new = self._is_new(path, entry)
        if new and not wrong and not isinstance(found, list):
            self.into.rules[found.id] = Known(found, self.file, path)

    def _checked(self, rule: Rule) -> list[Fault]:
        """The built-in packs are checked by the tests, not at every start: patterns are slow."""
        return list(faults(rule)) if self.file.pack else []

    def _is_new(self, path: Path, entry: Mapping[str, Value]) -> bool:
        """Whether no other rule has the id."""
        rule = entry.get("id")
        if not isinstance(rule, str):
            return True
        here = self.file.where((*path, "id"))
        first = self.into.taken.setdefault(rule, here)
        if first != here:
            self._fault((*path, "id"), f"id {rule!r} is taken; it stands in {first} already")
        return first == here


def _too_large(entries: Sequence[Value], lists: Lists) -> int | None:
    """The entry at which a file's patterns are too long together; None: they are not.

    A few short rules make very much of one long list.
    """
    sizes = (written_out(entry, lists) if isinstance(entry, dict) else 0 for entry in entries)
    sums = enumerate(accumulate(sizes))
    return next((index for index, size in sums if size > MOST_OF_PATTERNS), None)


def _no_kind(kind: Value) -> str:
    every = ", ".join(KINDS)
    if kind == "":
        return f"the key 'kind' is missing; one of {every}"
    return f"unknown kind {kind!r}{nearest(str(kind), KINDS)}; one of {every}"
