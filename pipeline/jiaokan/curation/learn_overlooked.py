"""Places that were left, but look like those that were corrected: perhaps a person overlooked them.

Whoever corrects a hundred places misses some. A place that was left speaks against a rule, unless
the statistics of the language say of it what they say of the places that were corrected, and far
more were corrected than left so. Then it speaks neither for a rule nor against it, and is shown.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jiaokan.curation.learn_model import Correction, Reviewed
from jiaokan.curation.learn_words import gains

OFTENER = 3
"""So many times as many places must have been corrected as left."""
_SURE = 8.0
"""Bits by which the correction must be likelier than what was left, at least."""
_BELOW = 4.0
"""Bits that it may lack to the least likely of the corrected places: those are a sample, too."""
_AROUND = 20
_LATIN = re.compile("[A-Za-z]")
_PAIRS = ("‘’", "“”", "「」", "『』", "《》", "〈〉", "（）", "【】", "〔〕")
_OPENED = {pair[1]: pair[0] for pair in _PAIRS}
_CLOSED = {pair[0]: pair[1] for pair in _PAIRS}

Change = tuple[str, str]


def with_overlooked(pages: Sequence[Reviewed], corrections: Sequence[Correction]) -> list[Reviewed]:
    """The pages, each with the places that its reader seems to have overlooked.

    Single marks come last: whether one is paired is told by those around it that are right.
    """
    changes: dict[Change, list[Correction]] = defaultdict(list)
    for one in corrections:
        if one.old.strip():
            changes[one.old, one.new].append(one)
    found = list(pages)
    for marks in (False, True):
        places: dict[tuple[int, int], tuple[float, Correction]] = {}
        for change, made in sorted(changes.items()):
            if _is_mark(change[0]) == marks:
                for gain, one in _overlooked(found, change, made):
                    known = places.get((one.page, one.start))
                    if known is None or gain > known[0]:
                        places[one.page, one.start] = gain, one
        found = [_noted(page, [one for _, one in places.values()]) for page in found]
    return found


def _is_mark(text: str) -> bool:
    return text in _OPENED or text in _CLOSED


def _overlooked(
    pages: Sequence[Reviewed], change: Change, made: Sequence[Correction]
) -> list[tuple[float, Correction]]:
    """The places of one change, each with the bits that speak for it."""
    old, new = change
    left = [one for page in pages for one in _left(page, old, new)]
    if not left or len(made) < OFTENER:
        return []
    by_number = {page.number: page for page in pages}
    latin = {_latin_beside(by_number[one.page], one) for one in made}
    least = min(gains([_in_context(by_number[one.page], one) for one in made])) - _BELOW
    bits = gains([_in_context(by_number[one.page], one) for one in left])
    found = [
        (gain, one)
        for gain, one in zip(bits, left, strict=True)
        if gain >= max(least, _SURE)
        and _latin_beside(by_number[one.page], one) in latin
        and not _paired(by_number[one.page], one)
    ]
    return found if OFTENER * len(found) <= len(made) else []


def _left(page: Reviewed, old: str, new: str) -> Iterator[Correction]:
    """Where a person saw a text and left it, as the correction that it might be."""
    at = page.text.find(old)
    while at >= 0:
        end = at + len(old)
        if all(page.mask[at:end]) and page.readings(at, end)[:1] == (old,):
            yield Correction(page.number, at, end, old, new)
        at = page.text.find(old, at + 1)


def _in_context(page: Reviewed, one: Correction) -> tuple[str, str, str, str]:
    before = page.text[max(0, one.start - _AROUND) : one.start]
    return before, one.old, one.new, page.text[one.end : one.end + _AROUND]


def _latin_beside(page: Reviewed, one: Correction) -> bool:
    """Whether it stands in a foreign text: an apostrophe is no quotation mark there."""
    before = page.text[max(0, one.start - 2) : one.start].rstrip()[-1:]
    after = page.text[one.end : one.end + 2].lstrip()[:1]
    return _LATIN.search(before + after) is not None


def _paired(page: Reviewed, one: Correction) -> bool:
    """Whether a mark opens or closes what the other mark of its kind closes or opens.

    >>> _unclosed("他说：“‘好", _CLOSED), _unclosed("“好”", _CLOSED)
    (['“', '‘'], [])
    """
    low = page.text.rfind("\n", 0, one.start) + 1
    high = page.text.find("\n", one.end)
    high = len(page.text) if high < 0 else high
    if one.old in _OPENED:
        before = "".join(page.presumed.readings(low, one.start)[-1:])
        return _unclosed(before, _CLOSED)[-1:] == [_OPENED[one.old]]
    if one.old in _CLOSED:
        after = "".join(page.presumed.readings(one.end, high)[-1:])
        return _unclosed(after[::-1], _OPENED)[-1:] == [_CLOSED[one.old]]
    return False


def _unclosed(text: str, partner: dict[str, str]) -> list[str]:
    """The marks that are open at a text's end; read backwards with the other table."""
    open_: list[str] = []
    for char in text:
        if char in partner:
            open_.append(char)
        elif open_ and partner[open_[-1]] == char:
            open_.pop()
    return open_


def _noted(page: Reviewed, places: Sequence[Correction]) -> Reviewed:
    """The page with those of the places that stand on it; they count as not seen."""
    kept = list(page.overlooked)
    for one in sorted(places):
        if one.page == page.number and all(
            one.end <= other.start or other.end <= one.start for other in kept
        ):
            kept.append(one)
    return replace(page, overlooked=tuple(sorted(kept)))
