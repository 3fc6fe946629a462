"""The rules in force and those that are switched off, as people look at them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jiaokan.errors import RuleError
from jiaokan.rulebook.packs import Known, Survey
from jiaokan.rulebook.problems import nearest


@dataclass(frozen=True, slots=True)
class Row:
    """A rule in a list."""

    id: str
    kind: str
    level: str
    """fix, suggest, or off."""
    pack: str
    """built-in/NAME, or the file that it stands in."""
    reason: str
    where: str
    """file:line:column."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A rule and all that is known about it."""

    row: Row
    entry: str
    """Its YAML."""
    off: str
    """file:line:column of what switches it off; empty where it is in force."""
    hidden: tuple[str, ...]
    """What always hides it, or a part of it."""


def _rows(survey: Survey) -> Iterator[tuple[Row, Known]]:
    """Every rule, the built-in ones first, in the order of their files."""
    every = [*survey.rules.values(), *survey.off]
    for known in sorted(every, key=lambda one: (one.file.pack, one.file.name, _line(one))):
        rule = known.rule
        level = "off" if known.off else rule.level
        reason = " ".join(rule.reason.split())
        yield Row(rule.id, rule.kind, level, pack_of(known), reason, known.where("id")), known


def listed(
    survey: Survey,
    *,
    kinds: Collection[str] = (),
    level: str | None = None,
    pack: str | None = None,
    text: str | None = None,
) -> Iterator[Row]:
    """The rows of the rules that are asked for."""
    for row, known in _rows(survey):
        if kinds and row.kind not in kinds:
            continue
        if level and row.level != level:
            continue
        if pack and pack not in row.pack:
            continue
        if not text or text in source(known):
            yield row


def pack_of(known: Known) -> str:
    """The name of the pack that a rule stands in."""
    name = known.file.name
    if known.file.pack:
        return name
    return f"built-in/{name.removeprefix('rules/').removesuffix('.yaml')}"


def source(known: Known) -> str:
    """The lines of the rule's entry, without what they all have in front."""
    document = known.file.document
    first = _line(known)
    later = {
        spot.line
        for path, spot in [*document.spots.items(), *document.keys.items()]
        if len(path) <= len(known.path) and spot.line > first
    }
    lines = known.file.text.split("\n")
    lines = lines[first : min(later, default=len(lines))]
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    lines = [line.rstrip("\r") for line in lines]
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines) + "\n"


def shown(survey: Survey, rule: str) -> list[Shown]:
    """The rule of that id that is in force, then those of it that are switched off.

    Raises RuleError where there is none.
    """
    from jiaokan.rulebook.shadowing import Hiding

    found = [(row, known) for row, known in _rows(survey) if row.id == rule]
    if not found:
        guess = nearest(rule, {row.id for row, _ in _rows(survey)})
        hint = "jiaokan rules list names all rules"
        raise RuleError(f"there is no rule {rule!r}{guess}", hint=hint)
    hiding = Hiding(survey)
    return [
        Shown(
            row,
            source(known),
            known.off,
            () if known.off else tuple(what for _, what, _ in hiding.of(known.rule)),
        )
        for row, known in sorted(found, key=lambda item: bool(item[1].off))
    ]


def _line(known: Known) -> int:
    return known.file.document.spot(known.path).line
