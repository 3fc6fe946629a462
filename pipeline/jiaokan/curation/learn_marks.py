r"""Corrected marks → `pattern` proposals; foreign words → `leak` proposals.

A mark is judged by what stands right beside it (a digit, a Latin letter, a Chinese character, an
opening or closing mark): 3,万 → 3，万 at three places gives `(?<=[0-9]),(?=\p{Han})`. One place of
the kind that a person saw and left, and nothing is proposed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256

from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_literals import MOST_PLACES
from jiaokan.curation.learn_model import Correction, Proposal
from jiaokan.curation.learn_words import is_han
from jiaokan.rulebook import Rulebook
from jiaokan.rulebook.rule import LeakRule

LEAST = 3
"""Places that a pattern needs."""
OFTENER = 5
"""So many times as often as it was left a mark must have been corrected, to be reported."""
ALWAYS = 6
"""Places that a mark needs which is corrected whatever stands beside it."""
CLASSES = (
    ("digit", "[0-9]"),
    ("Latin letter", "[A-Za-z]"),
    ("Chinese character", r"\p{Han}"),
    ("closing mark", "[”’）》」』】]"),
    ("opening mark", "[“‘（《「『【]"),
)
_PATTERNS = [
    (name, pattern, re.compile(pattern.replace(r"\p{Han}", "[㐀-鿿]"))) for name, pattern in CLASSES
]
_WORD = re.compile(r"\s?([A-Za-z]{2,12})\s?")


def patterns(batch: Batch, corrections: Sequence[Correction]) -> Iterator[Proposal]:
    """The same change of a mark between the same kinds of neighbours."""
    groups: dict[tuple[str, str, int, int], list[Correction]] = defaultdict(list)
    for one in corrections:
        if not one.old or len(one.old) > 3 or _has_letters(one.old + one.new):
            continue
        left, right = _beside(batch, one)
        if left >= 0 and right >= 0:
            groups[one.old, one.new, left, right].append(one)
    everywhere = _everywhere(batch, corrections)
    for (old, new), places in sorted(everywhere.items()):
        yield _always(batch, old, new, places, _left(batch, old))
    for (old, new, left, right), places in sorted(groups.items()):
        if len(places) < LEAST or (old, new) in everywhere:
            continue
        (name, before, _), (other, after, _) = _PATTERNS[left], _PATTERNS[right]
        against = _left(batch, old, (left, right))
        pattern = f"(?<={before}){re.escape(old)}(?={after})"
        yield Proposal(
            "learnt-mark-" + sha256(f"{pattern}\n{new}".encode()).hexdigest()[:8],
            "pattern",
            {
                "kind": "pattern",
                **_level(against, places),
                "reason": f"{old} between a {name} and a {other} was corrected by hand.",
                "pattern": pattern,
                "replace": new.replace("\\", "\\\\"),
            },
            len(places),
            len({one.page for one in places}),
            against,
            0,
            tuple(batch.shown(one) for one in places[:MOST_PLACES]),
            (f"{len(places)} places alike",),
        )


def _everywhere(
    batch: Batch, corrections: Sequence[Correction]
) -> dict[tuple[str, str], list[Correction]]:
    """Marks that were corrected alike wherever they stand, and that were hardly ever left.

    A single ASCII mark is never of them: it may be right between Latin letters.
    """
    found: dict[tuple[str, str], list[Correction]] = defaultdict(list)
    for one in corrections:
        if one.old.strip() and not _has_letters(one.old + one.new) and len(one.old) <= 3:
            found[one.old, one.new].append(one)
    kept = {}
    for (old, new), places in found.items():
        rare = len(old) > 1 or not old.isascii()
        if rare and old not in new and len(places) >= ALWAYS and len({p.page for p in places}) > 1:
            beside = {_beside(batch, one) for one in places}
            if len(beside) > 1 and OFTENER * _left(batch, old) <= len(places):
                kept[old, new] = places
    return kept


def _beside(batch: Batch, one: Correction) -> tuple[int, int]:
    text = batch.page(one).text
    return _class(text[one.start - 1 : one.start] if one.start else ""), _class(
        text[one.end : one.end + 1]
    )


def _always(
    batch: Batch, old: str, new: str, places: Sequence[Correction], against: int
) -> Proposal:
    more = sum(text.count(old) for text in batch.others)
    return Proposal(
        "learnt-mark-" + sha256(f"{old}\n{new}".encode()).hexdigest()[:8],
        "literal",
        {
            "kind": "literal",
            **_level(against, places),
            "reason": f"{old} was corrected by hand between all kinds of neighbours.",
            "pairs": {old: new},
        },
        len(places),
        len({one.page for one in places}),
        against,
        more,
        tuple(batch.shown(one) for one in places[:MOST_PLACES]),
        ("whatever stood beside it",),
    )


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _class(char: str) -> int:
    for number, (_, _, pattern) in enumerate(_PATTERNS):
        if char and pattern.fullmatch(char):
            return number
    return -1


def _left(batch: Batch, old: str, wanted: tuple[int, int] | None = None) -> int:
    """Places, between neighbours of the wanted kinds, that a person saw and left."""
    count = 0
    for page in batch.reviewed:
        text = page.text
        at = text.find(old)
        while at >= 0:
            end = at + len(old)
            beside = _class(text[at - 1 : at] if at else ""), _class(text[end : end + 1])
            if wanted in (None, beside) and page.mask[at] and old in page.readings(at, end):
                count += 1
            at = text.find(old, at + 1)
    return count


def _level(against: int, places: Sequence[Correction]) -> dict[str, str]:
    """A rule only reports where a few places were left, or overlooked."""
    return {"level": "suggest"} if 0 < OFTENER * against <= len(places) else {}


def leaks(
    batch: Batch, corrections: Sequence[Correction], book: Rulebook
) -> Iterator[tuple[Proposal, set[Correction]]]:
    """A foreign word between Chinese that was replaced by Chinese."""
    known = {rule.word for rule in book.rules if isinstance(rule, LeakRule)}
    found: dict[str, list[tuple[str, Correction]]] = defaultdict(list)
    for one in corrections:
        match = _WORD.fullmatch(one.old)
        text = batch.page(one).text
        beside = text[max(0, one.start - 2) : one.start].strip()[-1:]
        beside += text[one.end : one.end + 2].strip()[:1]
        if match and is_han(one.new) and len(one.new) <= 3 and len(beside) == 2 and is_han(beside):
            found[match[1]].append((one.new, one))
    for word, cases in sorted(found.items()):
        places = [one for _, one in cases]
        if word in known:
            continue
        against = _leaks_left(batch, word)
        candidates = sorted({new for new, _ in cases})
        candidates.sort(key=lambda text: -sum(1 for new, _ in cases if new == text))
        yield (
            Proposal(
                f"learnt-leak-{word.lower()}",
                "leak",
                {
                    "kind": "leak",
                    **_level(against, places),
                    "reason": f"{word} was replaced by these words by hand.",
                    "word": word,
                    "candidates": candidates,
                },
                len(places),
                len({one.page for one in places}),
                against,
                0,
                tuple(batch.shown(one) for one in places[:MOST_PLACES]),
                ("which of the candidates fits a place is settled by the statistics",),
            ),
            set(places),
        )


def _leaks_left(batch: Batch, word: str) -> int:
    """Places between Chinese where a person left the word."""
    pattern = re.compile(rf"(?<=[㐀-鿿]) ?{re.escape(word)} ?(?=[㐀-鿿])")
    return sum(
        1
        for page in batch.reviewed
        for match in pattern.finditer(page.text)
        if page.mask[match.start()] and match[0] in page.readings(*match.span())
    )
