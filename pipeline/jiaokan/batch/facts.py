"""What publication a page is from, and of what date, for the rules that ask.

The options of the run come first. Else `page.yaml` in the page's folder, or in one above it up to
the raw folder, tells it; of several the nearest that has the key:

    publication: 江城日报
    date: 1956-03

Else the file's own name may tell the day (江城日报-1956-03-12-2.txt, 19560312.txt). What nothing
tells stays unknown, and rules that ask for it leave the page alone.
"""

from pathlib import Path, PurePosixPath

from jiaokan.batch.source import Source
from jiaokan.errors import PageError
from jiaokan.rulebook.facts import PageFacts, date_in_name, normal_date, normal_name
from jiaokan.settings import Settings

NAME = "page.yaml"
KEYS = ("publication", "date")
_LARGEST = 100_000


class Finder:
    """The facts of pages; every `page.yaml` is read once."""

    def __init__(self, settings: Settings) -> None:
        self._given = {"publication": settings.publication, "date": settings.date}
        self._read: dict[Path, dict[str, str]] = {}

    def facts(self, source: Source) -> PageFacts:
        """What is known about a page. Raises PageError where a page.yaml is not as it must be."""
        found = {key: value for key, value in self._given.items() if value}
        for folder in _folders(source):
            if len(found) == len(KEYS):
                break
            if folder not in self._read:
                self._read[folder] = told(folder / NAME)
            found = self._read[folder] | found
        date = found.get("date") or date_in_name(PurePosixPath(source.name).name)
        return PageFacts(found.get("publication", ""), date)


def _folders(source: Source) -> tuple[Path, ...]:
    """The page's folder and those above it, up to the raw folder."""
    depth = len(PurePosixPath(source.name).parts)
    return tuple(source.path.absolute().parents[:depth])


def told(path: Path) -> dict[str, str]:
    """What a page.yaml tells; nothing where there is none. Raises PageError."""
    from jiaokan.rulebook.problems import Problems, RuleFileError, nearest
    from jiaokan.rulebook.reader import read

    if not path.exists() and not path.is_symlink():
        return {}
    if not path.is_file():
        raise PageError("is no regular file", where=str(path), hint="Write it anew, or remove it.")
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise PageError("larger than 100 KB", where=str(path), hint="It holds two keys only.")
        document = read(data, str(path))
        problems = Problems(str(path), data.decode("utf-8-sig", "replace"))
        value = document.value or {}
        if not isinstance(value, dict):
            problems.add((0, 0), "a mapping must stand here", hint="publication: 江城日报")
            value = {}
        found: dict[str, str] = {}
        for key, text in value.items():
            if key not in KEYS:
                what = f"unknown key {key!r}{nearest(key, KEYS)}; one of {', '.join(KEYS)}"
                problems.add(document.spot((key,), key=True), what)
            elif not isinstance(text, str):
                problems.add(document.spot((key,)), f"{key}: a text must stand here")
            elif text.strip():
                try:
                    found[key] = normal_date(text) if key == "date" else normal_name(text)
                except ValueError as error:
                    problems.add(document.spot((key,)), f"date: {error}")
        problems.raise_any()
    except RuleFileError as error:
        raise PageError(error.what, where=error.where, hint=error.hint) from None
    except OSError as error:
        raise PageError(f"cannot be read: {error.strerror}", where=str(path)) from None
    return found
