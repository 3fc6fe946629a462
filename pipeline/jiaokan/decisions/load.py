"""Decision files -> decisions, each checked, every problem told at file:line:column.

    - do: reject
      page: 3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b
      at: 120-121
      text: 。
      rule: punctuation.stop
      who: Lin
      when: 2026-03-12T09:30:00Z

A file is a list of such entries, read as rule files are: every scalar is the text that
stands there; aliases, tags and duplicate keys are refused.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from jiaokan.decisions.book import Decisions, Known
from jiaokan.decisions.model import DOS, SHOWN, Decision, Do, Reads
from jiaokan.errors import RuleError
from jiaokan.rulebook.problems import Problem, Problems, RuleFileError, gathered, nearest
from jiaokan.rulebook.reader import Document, Spot, Value, read

ENDINGS = (".yaml", ".yml")
MOST_DIGITS = 12
_SHA = re.compile("[0-9a-f]{64}")
_SPAN = re.compile(rf"(\d{{1,{MOST_DIGITS}}})-(\d{{1,{MOST_DIGITS}}})", re.ASCII)
_NUMBER = re.compile(rf"\d{{1,{MOST_DIGITS}}}", re.ASCII)
_WHEN = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?Z?)?", re.ASCII)
_ALWAYS = ("do", "page", "who", "when", "file", "note")
_KEYS: dict[str, tuple[str, ...]] = {
    "reject": ("at", "text", "rule"),
    "accept": ("at", "text", "rule"),
    "take": ("at", "text", "rule"),
    "edit": ("at", "text", "rule", "new"),
    "seam": ("at", "text", "after", "article", "title", "furniture", "reads"),
}
_NEEDED = {"edit": ("page", "at", "text", "new"), "seam": ("page", "at", "text")}


def load(paths: Sequence[Path]) -> Decisions:
    """The decisions in the files, and in the YAML files of the folders. Raises RuleError."""
    known: list[Known] = []
    problems: list[Problem] = []
    for file in files_of(paths):
        try:
            data = file.read_bytes()
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            raise RuleError(what, where=str(file)) from error
        try:
            known += decisions_in(data, str(file))
        except RuleFileError as error:
            problems += error.problems
    if problems:
        raise gathered(problems)
    return Decisions(tuple(known))


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files, and those in folders, in order; each once."""
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise RuleError("there is no such file or folder", where=str(path))
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.suffix in ENDINGS and one.is_file())
            found.update(dict.fromkeys(sorted(inside)))
        else:
            found[path] = None
    return list(found)


def decisions_in(data: bytes, name: str) -> list[Known]:
    """The decisions of one file's bytes. Raises RuleFileError."""
    document = read(data, name)
    problems = Problems(name, data.decode("utf-8-sig"))
    value = document.value
    if value == "":
        return []
    if not isinstance(value, list):
        problems.add(Spot(0, 0), "a decision file is a list", hint="Each entry behind a dash.")
        problems.raise_any()
        return []
    found: list[Known] = []
    for number, entry in enumerate(value):
        if problems.many:
            break
        decision = _Entry(document, problems, number).decision(entry)
        if decision is not None:
            found.append(Known(decision, name, document.spot((number,)).line + 1))
    problems.raise_any()
    return found


class _Entry:
    """One entry while it is checked."""

    def __init__(self, document: Document, problems: Problems, number: int) -> None:
        self._document = document
        self._problems = problems
        self._number = number
        self._bad = False

    def decision(self, value: Value) -> Decision | None:
        """The decision; None where something is wrong with it, which has been noted then."""
        if not isinstance(value, dict):
            self._wrong("", "an entry is a mapping", "Write it as do: reject, rule: …")
            return None
        entry = {key: text for key, text in value.items() if isinstance(text, str)}
        for key in value:
            if key not in entry:
                self._wrong(key, f"what stands under {key!r} is no text")
        do = self._do(entry)
        if do is None:
            return None
        self._keys(do, value)
        start, end = self._span(entry)
        made = Decision(
            do,
            self._matching(entry, "page", _SHA, "64 hexadecimal digits: the file's SHA-256"),
            start,
            end,
            entry.get("text", ""),
            entry.get("rule", ""),
            entry.get("new", ""),
            self._number_of(entry, "after", -1),
            self._number_of(entry, "article", 0),
            entry.get("title", ""),
            self._word(entry, "furniture", ("yes", "no")) == "yes",
            self._reads(entry),
            entry.get("who", ""),
            self._matching(entry, "when", _WHEN, "a time such as 2026-03-12T09:30:00Z"),
            entry.get("file", ""),
            entry.get("note", ""),
        )
        self._whole(made, entry)
        return None if self._bad else made

    def _do(self, entry: Mapping[str, str]) -> Do | None:
        said = entry.get("do")
        for do in DOS:
            if said == do:
                return do
        if said is None:
            self._wrong("", "an entry says what to do", f"do: {', '.join(DOS)}")
        else:
            self._wrong("do", f"unknown decision {said!r}{nearest(said, DOS)}")
        return None

    def _keys(self, do: Do, value: Mapping[str, Value]) -> None:
        allowed = (*_ALWAYS, *_KEYS[do])
        for key in value:
            if key not in allowed:
                what = f"unknown key {key!r} in a decision to {do}{nearest(key, allowed)}"
                self._wrong(key, what, key=True)
        for key in _NEEDED.get(do, ("rule",)):
            if key not in value:
                self._wrong("", f"a decision to {do} needs {key!r}")

    def _whole(self, made: Decision, entry: Mapping[str, str]) -> None:
        """What holds between the keys."""
        if ("at" in entry) != ("text" in entry):
            self._wrong("", "'at' and 'text' go together", "text: what stands there, raw")
        if "at" in entry and "page" not in entry:
            self._wrong("at", "a place without a page", "page: the raw file's SHA-256")
        size = made.end - made.start
        if made.start >= 0 and "text" in entry and not size >= len(made.text) >= min(size, SHOWN):
            self._wrong("text", f"has {len(made.text)} characters, the span {size}")
        if made.do == "seam":
            goals = [key for key in ("after", "article", "furniture") if key in entry]
            if len(goals) > 1:
                self._wrong(goals[1], f"'{goals[0]}' already says where the fragment goes")
            if not goals and not made.reads:
                self._wrong("", "a seam decision says where the fragment goes, or how it reads")
            if made.furniture and made.reads:
                self._wrong("reads", "furniture does not read on")
            if made.start >= 0 and size == 0:
                self._wrong("at", "a fragment has characters")
            if "title" in entry and "article" not in entry:
                self._wrong("title", "the title of which article?", "article: 2")
            if "article" in entry and made.article < 1:
                self._wrong("article", "articles count from 1")

    def _span(self, entry: Mapping[str, str]) -> tuple[int, int]:
        said = entry.get("at")
        if said is None:
            return -1, -1
        match = _SPAN.fullmatch(said)
        if match is None or int(match[1]) > int(match[2]):
            self._wrong("at", "is no span of the raw text", "at: 120-124, from 0, end excluded")
            return -1, -1
        return int(match[1]), int(match[2])

    def _number_of(self, entry: Mapping[str, str], key: str, absent: int) -> int:
        said = self._matching(entry, key, _NUMBER, "a number")
        return int(said) if said else absent

    def _reads(self, entry: Mapping[str, str]) -> Reads:
        match self._word(entry, "reads", ("on", "paragraph")):
            case "on":
                return "on"
            case "paragraph":
                return "paragraph"
        return ""

    def _word(self, entry: Mapping[str, str], key: str, words: Sequence[str]) -> str:
        said = entry.get(key, "")
        if key in entry and said not in words:
            self._wrong(key, f"is {' or '.join(words)}, not {said!r}{nearest(said, words)}")
            return ""
        return said

    def _matching(
        self, entry: Mapping[str, str], key: str, pattern: re.Pattern[str], what: str
    ) -> str:
        said = entry.get(key, "")
        if key in entry and not pattern.fullmatch(said):
            self._wrong(key, f"{said!r} is not {what}")
            return ""
        return said

    def _wrong(self, name: str, what: str, hint: str = "", *, key: bool = False) -> None:
        self._bad = True
        path = (self._number, name) if name else (self._number,)
        text = f"{name}: {what}" if name and not key else what
        self._problems.add(self._document.spot(path, key=key), text, hint=hint)
