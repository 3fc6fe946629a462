"""Why the pages of tables are done or left: part by part, told of each page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiaokan.records.items import items_between

if TYPE_CHECKING:
    from jiaokan.records.part_status import Done
    from jiaokan.records.parts import Part
    from jiaokan.records.run import Work

UP_TO_DATE = "it is up to date"
_NEIGHBOUR = "it, or a page that is done together with it, is new or has changed"


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of a page, and why."""

    state: str
    """done, kept, failed, or due where nothing is done."""
    name: str
    why: str


def told(work: "Work", part: "Part", done: "Done | None") -> Iterator[Told]:
    """Each page of a part; `done` is what became of the part, None where it is only planned.

    Reads the pages once more. Raises JiaokanError where that fails.
    """
    due = part.key in work.whys
    why = work.whys.get(part.key, UP_TO_DATE)
    failures = done.failures if done else ()
    for item in items_between(part.origin, part.start, part.stop, part.number, work.settings):
        failed = any(said.startswith(f"{item.place}: ") for said in failures)
        state = "failed" if failed else "kept" if not due else "done" if done else "due"
        yield Told(state, item.id or item.place, why)


def why_due(before: dict[str, Any], now: dict[str, Any], *, stands: bool) -> str:
    """Why a part that nobody asked for must be done.

    `before` and `now` are what the old tables and this run are made with; `stands`: whether the
    old tables lie there as a run wrote them.
    """
    if not before:
        return "it was not done before"
    if not stands:
        return "the tables do not stand there as a run wrote them"
    found = list(_differences(before, now))
    return ", ".join(found) if found else _NEIGHBOUR


def _differences(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for name in ("version", "tables"):
        old, new = before.get(name, ""), now.get(name, "")
        if old != new:
            yield f"{name} is {new}, and was {old or 'not given'}"
    options = before.get("options", {})
    for name, value in now["options"].items():
        if options.get(name) != value:
            new, old = _shown(value), _shown(options.get(name))
            yield f"{name.replace('_', '-')} is {new}, and was {old}"
    if before.get("rules", {}).get("fingerprint") != now["rules"]["fingerprint"]:
        yield "the rules have changed"
    if before.get("decisions") != now["decisions"]:
        yield "the decisions on it have changed"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value or "not given")
