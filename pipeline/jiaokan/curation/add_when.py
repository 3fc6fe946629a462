"""Under which conditions a new rule acts: what a person says → `when` and `place` of its entry."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, get_args

from jiaokan.errors import RuleError
from jiaokan.rulebook.facts import days, normal_date
from jiaokan.rulebook.reader import Value
from jiaokan.rulebook.rule import Target

if TYPE_CHECKING:
    from jiaokan.curation.add_entry import Asked

_PAGE = ("publication", "date", "script")
_AROUND = ("before", "after", "place")
_BESIDE = ("above", "below")
_SPOTS = {
    "line-start": "blanks before it do not count",
    "line-end": "blanks behind it do not count",
    "first-line": "of the page",
    "last-line": "of the page",
    "body": "in a line that is none of these:",
    "title": "in a line that rules know by its looks",
    "kicker": "the same",
    "byline": "the same",
    "affiliation": "the same",
    "credit": "the same",
    "furniture": "the same",
}
_NEIGHBOURS = {
    "edge": "nothing: the page begins or ends there",
    "body": "a long line, or one that ends as a sentence does",
    "title": "any short line",
    "kicker": "a short line that a rule knows",
    "byline": "the same",
}
_SCRIPTS = dict.fromkeys(get_args(Target), "")
_DATES = "write 1950..1956-03, 1950.. or ..1956-03-12: each a year, a month or a day"


class Need(NamedTuple):
    """Something that must be said."""

    name: str
    """The field of Asked."""
    option: str
    question: str
    many: bool = False
    choices: Mapping[str, str] = MappingProxyType({})
    """What may be answered, and what each is for; empty: any text."""


def conditions(kind: str) -> tuple[str, ...]:
    """The conditions that a rule of this kind may have, by their fields.

    >>> conditions("protect"), conditions("drop")[:2]
    (('publication', 'date', 'script'), ('above', 'below'))
    """
    if kind == "protect":
        return _PAGE
    return (*(_BESIDE if kind in ("drop", "layout") else _AROUND), *_PAGE)


def condition(name: str) -> Need:
    """What to ask about a condition."""
    return _NEEDS[name]


def when_of(asked: "Asked") -> Iterator[tuple[str, Value]]:
    """The keys of the entry that the conditions make. Raises RuleError."""
    beside: dict[str, Value] = {
        name: list(said) for name in _BESIDE if (said := getattr(asked, name))
    }
    if beside:
        yield "place", beside
    when: dict[str, Value] = {}
    for name in (*_AROUND, *_PAGE):
        said = getattr(asked, name)
        if not said:
            continue
        if name == "date":
            when[name] = dates(said)
        else:
            when[name] = list(said) if isinstance(said, tuple) and len(said) > 1 else _only(said)
    if when:
        yield "when", when


def dates(text: str) -> dict[str, Value]:
    """The days of `1950..1956-03`. Raises RuleError.

    >>> dates("1950..1956年3月"), dates("1950.."), dates("1956")
    ({'from': '1950', 'to': '1956-03'}, {'from': '1950'}, {'from': '1956', 'to': '1956'})
    """
    since, several, until = text.partition("..")
    ends = {"from": since.strip(), "to": until.strip() if several else since.strip()}
    try:
        found = {end: normal_date(day) for end, day in ends.items() if day}
    except ValueError as error:
        raise RuleError(f"--date {text!r}: {error}", hint=_DATES) from None
    if not found:
        raise RuleError(f"--date {text!r} names no day", hint=_DATES)
    if len(found) == 2 and days(found["from"]).first > days(found["to"]).last:
        raise RuleError(f"--date {text!r} ends before it begins", hint=_DATES)
    return dict(found)


def _only(said: str | Sequence[str]) -> str:
    return said if isinstance(said, str) else said[0]


_NEEDS = {
    need.name: need
    for need in (
        Need("before", "--before", "Pattern of what stands right before it (a regular expression)"),
        Need("after", "--after", "Pattern of what stands right after it (a regular expression)"),
        Need("place", "--place", "Where it stands", True, _SPOTS),
        Need("above", "--above", "What may stand above the line", True, _NEIGHBOURS),
        Need("below", "--below", "What may stand below the line", True, _NEIGHBOURS),
        Need("publication", "--publication", "Publication that the page is from", True),
        Need("date", "--date", "From which day to which (1950..1956-03)"),
        Need("script", "--script", "Script that the page is in", choices=_SCRIPTS),
    )
}
