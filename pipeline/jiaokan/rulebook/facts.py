"""What is known about a page besides its text, and which rules that puts in force.

A rule may ask for a publication, for a date, and for the page's script. Where the page does not
tell, the rule is not in force: doubt means to leave it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from jiaokan.rulebook.rule import OnPage, Rule

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IN_NAME = re.compile(
    r"(?<!\d)(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})(\d{2})(\d{2})|(\d{4})年(\d{1,2})月(\d{1,2})日)"
    r"(?!\d)"
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known about a page; what is not known is empty."""

    publication: str = ""
    """Name of the newspaper, journal or book."""
    date: str = ""
    """Year, month or day: 1956, 1956-03, 1956-03-12."""
    script: Literal["", "simplified", "traditional"] = ""
    """As the rules see the page."""


NO_FACTS = PageFacts()


class Days(NamedTuple):
    """The first and the last day that a date can mean."""

    first: date
    last: date


def normal_name(text: str) -> str:
    """A publication's name as it is compared."""
    return unicodedata.normalize("NFC", text).strip()


def normal_date(text: str) -> str:
    """A date as a page's facts have it. Raises ValueError where it is none.

    >>> normal_date("1956年3月12日"), normal_date("19560312"), normal_date("1956-3")
    ('1956-03-12', '1956-03-12', '1956-03')
    """
    text = text.strip()
    found = _PLAIN.fullmatch(text) or _ISO.fullmatch(text) or _CHINESE.fullmatch(text)
    if not text.isascii() and not _CHINESE.fullmatch(text):
        found = None
    if not found:
        raise ValueError(f"{text!r} is no date; write 1956-03-12, 1956-03 or 1956")
    year, *rest = (part for part in found.groups() if part)
    normal = "-".join([year, *(part.zfill(2) for part in rest)])
    days(normal)
    return normal


def days(text: str) -> Days:
    """The days that a date can mean. Raises ValueError.

    >>> days("1956-02").last.isoformat()
    '1956-02-29'
    """
    found = _ISO.fullmatch(text)
    try:
        year, month, day = (int(part) if part else 0 for part in found.groups())  # type: ignore[union-attr]
        first = date(year, month or 1, day or 1)
        if day:
            return Days(first, first)
        if month:
            after = date(year + month // 12, month % 12 + 1, 1)
            return Days(first, after - timedelta(1))
        return Days(first, date(year, 12, 31))
    except (AttributeError, ValueError, OverflowError):
        raise ValueError(f"{text!r} is no day, month or year of the calendar") from None


def date_in_name(name: str) -> str:
    """The day that a file's name tells; empty where it tells none, or two.

    >>> date_in_name("江城日报1956年3月12日第2版.txt"), date_in_name("p19560312-2.txt")
    ('1956-03-12', '1956-03-12')
    >>> date_in_name("scan-20191350.txt"), date_in_name("1956-03-12 to 1956-03-19")
    ('', '')
    """
    found = set(_days_in(name))
    return found.pop() if len(found) == 1 else ""


def _days_in(name: str) -> Iterator[str]:
    for match in _IN_NAME.finditer(name):
        year, month, day = (part for part in match.groups() if part)
        try:
            yield date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue


def in_force(rule: Rule, facts: PageFacts) -> bool:
    """Whether the rule is in force on a page."""
    when: OnPage = rule.when
    if when.publication and facts.publication not in map(normal_name, when.publication):
        return False
    if when.script and facts.script not in when.script:
        return False
    return not when.date or _dates(when, facts.date)


def _dates(when: OnPage, known: str) -> bool:
    """Whether every day that the page's date can mean lies in the rule's time."""
    if not known:
        return False
    first, last = days(known)
    since, until = when.date.get("from"), when.date.get("to")
    if since and first < days(normal_date(since)).first:
        return False
    return not (until and last > days(normal_date(until)).last)


def fitting(rule: Rule) -> PageFacts:
    """A page on which the rule is in force."""
    when: OnPage = rule.when
    day = when.date.get("from") or when.date.get("to") or ""
    script: Literal["", "simplified", "traditional"] = rule.to if rule.kind == "script" else ""
    return PageFacts(
        normal_name(when.publication[0]) if when.publication else "",
        normal_date(day) if day else "",
        when.script[0] if when.script else script,
    )
