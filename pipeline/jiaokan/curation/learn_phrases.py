"""One wording that was damaged in several ways → a `phrase` proposal."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256

from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_literals import MOST_PLACES
from jiaokan.curation.learn_model import Correction, Proposal
from jiaokan.curation.learn_words import is_han
from jiaokan.rulebook import Rulebook

SHORTEST = 6
_LONGEST = 20


def phrases(
    batch: Batch, corrections: Sequence[Correction], book: Rulebook
) -> Iterator[tuple[Proposal, set[Correction]]]:
    """Wordings that were put right at several places, with the places that they cover."""
    from jiaokan.rulebook.rule import PhraseRule

    known = [rule.phrase for rule in book.rules if isinstance(rule, PhraseRule)]
    used: set[Correction] = set()
    for wording, places in _wordings(batch, corrections):
        fresh = [one for one in places if one not in used]
        damages = {_damage(batch, one) for one in fresh}
        if len(damages) < 2 or any(wording in phrase for phrase in known):
            continue
        used |= set(fresh)
        digest = sha256(wording.encode()).hexdigest()[:8]
        yield (
            Proposal(
                f"learnt-phrase-{digest}",
                "phrase",
                {
                    "kind": "phrase",
                    "reason": f"This wording was put right by hand at {len(fresh)} places.",
                    "phrase": wording,
                    "distance": 1,
                },
                len(fresh),
                len({one.page for one in fresh}),
                0,
                0,
                tuple(batch.shown(one) for one in sorted(fresh)[:MOST_PLACES]),
                (f"damaged in {len(damages)} different ways",),
            ),
            set(fresh),
        )


def _wordings(
    batch: Batch, corrections: Sequence[Correction]
) -> list[tuple[str, list[Correction]]]:
    """Wordings of Chinese characters that hold corrections of several places; longest first.

    The first and the last character must be right as they stand: phrase rules ask for that.
    """
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        if not is_han(one.old) or len(one.new) != 1 or not is_han(one.new) or len(one.old) != 1:
            continue
        left, right = _around(batch, one)
        for a in range(1, len(left) + 1):
            for b in range(max(1, SHORTEST - 1 - a), min(len(right), _LONGEST - 1 - a) + 1):
                found[left[len(left) - a :] + one.new + right[:b]].append(one)
    several = [(text, places) for text, places in found.items() if len(places) > 1]
    several.sort(key=lambda item: (-len(item[1]), -len(item[0]), item[0]))
    return several


def _around(batch: Batch, one: Correction) -> tuple[str, str]:
    """Chinese characters on both sides, as the run left them, up to the next correction."""
    page = batch.page(one)
    low, high = max(0, one.start - 12), min(len(page.text), one.end + 12)
    for other in page.corrections:
        if other != one and other.end <= one.start:
            low = max(low, other.end)
        elif other != one and other.start >= one.end:
            high = min(high, other.start)
    left, right = page.text[low : one.start], page.text[one.end : high]
    while left and not is_han(left):
        left = left[1:]
    while right and not is_han(right):
        right = right[:-1]
    return left, right


def _damage(batch: Batch, one: Correction) -> tuple[str, str, str]:
    text = batch.page(one).text
    return text[max(0, one.start - 1) : one.start], one.old, text[one.end : one.end + 1]
