"""Whether a new rule may join those in force: its examples, and what it does to the others."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from jiaokan.curation.impact_books import replaced
from jiaokan.errors import RuleError
from jiaokan.rulebook.example_conflicts import harmed
from jiaokan.rulebook.example_runs import failed
from jiaokan.rulebook.lint import warnings
from jiaokan.rulebook.packs import Survey, survey
from jiaokan.rulebook.problems import RuleFileError, gathered
from jiaokan.rulebook.shadowing import Hiding

_MOST = 8
_NARROWER = (
    "make it narrower (a longer word, --pattern, --margin), "
    "or switch the other rule off first: off: [ID] in a rule file"
)


def check(data: bytes, rule: str, file: Path, paths: Sequence[Path]) -> None:
    """Read the file's new bytes among all rules in force, and try the rule. Raises RuleError."""
    with replaced(paths, file, data) as (others, held):
        names = [(str(made), str(path)) for made, path in zip(others, (*paths, file), strict=False)]
        if held is not None:
            names.insert(0, (str(held), str(file)))
        try:
            found = survey(others)
            if found.problems:
                raise gathered(found.problems)
        except RuleFileError as error:
            raise _named(error, names) from None
        told = [_renamed(one, names) for one in complaints(found, rule)]
    if told:
        more = [f"and {len(told) - _MOST:,} more"] if len(told) > _MOST else []
        raise RuleError(
            f"rule {rule!r} is not added: {told[0]}", hint="\n  ".join([*told[1:_MOST], *more])
        )


def complaints(found: Survey, rule: str) -> Iterator[str]:
    """What speaks against a rule that has joined the others, in sentences."""
    book, known = found.book(), found.rules[rule].rule
    wrong = list(failed(known, book))
    for one in wrong:
        option = "--example" if one.key == "examples" else "--unchanged"
        why = f": {one.why}" if one.why else ""
        if one.got != one.expected:
            yield f"{option} {one.text!r} gives {one.got!r}, not {one.expected!r}{why}"
        else:
            yield f"{option} {one.text!r} does not hold{why}"
    if wrong:
        return
    for warning in warnings(found, frozenset({rule})):
        about = "" if warning.rule == rule else f"{warning.rule} ({warning.where}): "
        yield about + warning.what
    broken = False
    for other, harm in groupby(harmed(known, book), key=lambda one: one.rule):
        broken = True
        first, *others = harm
        what = f"{first.text!r} must be {first.expected!r}, and becomes {first.got!r}"
        more = f", and {len(others):,} more of its texts" if others else ""
        yield f"it breaks {other} ({found.rules[other].where('id')}): {what}{more}"
    if broken:
        yield _NARROWER
    hiding = Hiding(found)
    for other in book.rules:
        if other.id == rule:
            continue
        for path, _, hider in hiding.of(other):
            if hider == rule:
                part = "" if path == ("id",) else f"{path[-1]!r} of "
                yield f"it would always hide {part}{other.id} ({found.rules[other.id].where('id')})"


def _named(error: RuleFileError, names: Sequence[tuple[str, str]]) -> RuleError:
    where, hint = _renamed(error.where, names), _renamed(error.hint, names)
    return RuleError(_renamed(error.what, names), where=where, hint=hint)


def _renamed(text: str, names: Sequence[tuple[str, str]]) -> str:
    for made, name in names:
        text = text.replace(made, name)
    return text
