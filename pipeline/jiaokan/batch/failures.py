"""CLEAN/.jiaokan/failures.jsonl: pages that failed, one a line, with the reason.

    {"name": "a/b.txt", "error": "a/b.txt at byte 12: the bytes ff are not utf-8"}

A run that ends writes it anew, and takes it away where nothing failed. One that stops earlier keeps
what is known of the pages that it did not come to.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from jiaokan.batch.area import Area, unwritable
from jiaokan.errors import JiaokanError


def path_of(area: Area) -> Path:
    """Where a run's failures lie."""
    return area.folder / f"failures{area.suffix}.jsonl"


def read(area: Area) -> Iterator[tuple[str, str]]:
    """(name, error) of each page that failed in the last run. Raises JiaokanError."""
    path = path_of(area)
    if not path.exists():
        return
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            tree = json.loads(line)
            yield str(tree["name"]), str(tree["error"])
        except (ValueError, LookupError, TypeError) as error:
            raise JiaokanError(
                f"is no list of failures as a run writes it: {error}",
                where=f"{path}:{number}",
                hint="delete it; a run without --retry-failed makes it anew",
            ) from error


def write(area: Area, failed: list[tuple[str, str]], reached: str | None = None) -> None:
    """Write the failures; of a run that only came as far as the page `reached`, with the old ones
    behind it. Raises JiaokanError."""
    if reached is not None:
        failed = failed + [one for one in read(area) if one[0] > reached]
    path = path_of(area)
    lines = [json.dumps({"name": n, "error": e}, ensure_ascii=False) + "\n" for n, e in failed]
    data = "".join(lines).encode("utf-8", "backslashreplace")
    try:
        if data:
            area.note(path, data)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(area, error) from error
