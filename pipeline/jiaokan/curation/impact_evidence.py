"""What speaks for the text as it stands, in words.

- The language model finds it much likelier than what the rule makes of it.
- It is part of a word that is frequent in written Chinese, and what the rule makes of it is not.
- It lies in text that another rule protects.
- Of a line: it reads on from the line above or into the one below, or ends as a sentence does.
"""

from collections.abc import Sequence
from dataclasses import replace

from jiaokan.curation.impact_model import ACTS, Place

LIKELIER = 6.0
"""Bits by which the text as it stands must be likelier."""
READS_ON = 4.0
"""Bits by which a line must read better as a part of its neighbour."""
_FOR = 4.0
"""Bits from which on the model speaks so clearly for the change that no word speaks against it."""
_FREQUENT = 6.5
"""log2 of the weighted count from which on a word is frequent."""
_RARER = 5.0
"""Bits by which the word that the rule makes must be rarer."""
_UNSEEN = -2.0
"""log2 count of what is not in the model."""
_LONGEST = 4
"""Characters of the longest word that is looked up."""
_SENTENCE = "。！？；…"
_WINDOW = 16
_SHORT = 12
"""Characters below which a line does not tell how it reads on."""


def weighed(places: Sequence[Place]) -> list[Place]:
    """The places with what the language says of them."""
    from jiaokan.stages._likelihood import Place as Spot
    from jiaokan.stages._likelihood import readings

    spots: list[Spot] = []
    for place in places:
        if place.text:
            spots.append(Spot(place.left, ("", "\n"), place.text[:_WINDOW]))
            spots.append(Spot(place.text[-_WINDOW:], ("", "\n"), place.right))
        else:
            spots.append(Spot(place.left, (place.old, place.new), place.right))
    bits = (one[0] - one[1] for one in readings(spots))
    found: list[Place] = []
    for place in places:
        if place.text:
            up, down = next(bits), next(bits)
            found.append(_of_line(place, up if place.left else 0, down if place.right else 0))
        else:
            found.append(_of_text(replace(place, gain=round(-next(bits), 1))))
    return found


def _of_text(place: Place) -> Place:
    against: list[str] = []
    if place.what == "protected":
        guards = ", ".join(place.by)
        against.append(f"stands in text that rule {guards} protects, and is left there")
    elif place.what in ACTS:
        if place.gain <= -LIKELIER:
            against.append(f"the text as it stands is likelier by {-place.gain:.1f} bits")
        if place.gain < _FOR and (word := frequent(place)):
            against.append(word)
    return replace(place, against=tuple(against))


def _of_line(place: Place, up: float, down: float) -> Place:
    if place.what not in ACTS:
        return place
    against: list[str] = []
    if len(place.text) < _SHORT:
        up = down = 0.0
    if up >= READS_ON:
        against.append(f"it reads on from the line above, by {up:.1f} bits")
    if down >= READS_ON:
        against.append(f"it reads on into the line below, by {down:.1f} bits")
    if place.old == "body" and place.text[-1:] in _SENTENCE:
        against.append(f"it ends as a sentence does: {place.text[-1:]}")
    return replace(place, against=tuple(against))


def frequent(place: Place) -> str:
    """The frequent word that would be lost, in a sentence; empty where there is none."""
    if not place.old or place.old == place.new:
        return ""
    lost, before, count = _best(place.left, place.old, place.right)
    if count < _FREQUENT or count - _best(place.left, place.new, place.right)[2] < _RARER:
        return ""
    after = len(lost) - before - len(place.old)
    near = place.left[len(place.left) - before :] if before > 0 else ""
    made = f"{near}{place.new}{place.right[: max(after, 0)]}"
    than = f", “{made}” is not" if len(made) > 1 else ""
    return f"“{lost}” is a frequent word{than}"


def _best(left: str, here: str, right: str) -> tuple[str, int, float]:
    """The most frequent wording of two to four characters that holds a part of the text, how many
    of its characters stand before the text, and its log2 count."""
    import numpy as np

    from jiaokan.language import load, view

    left, right = left[-_LONGEST + 1 :], right[: _LONGEST - 1]
    text = f"{left}{here}{right}"
    best, before, most = "", 0, _UNSEEN
    codes = view(text)
    for size in range(2, _LONGEST + 1):
        counts = np.maximum(load().log2_count(codes, size), _UNSEEN)
        for end in range(size, len(text) + 1):
            start = end - size
            holds = start < len(left) + len(here) and end > len(left)
            if holds and _is_word(text[start:end]) and counts[end - 1] > most:
                best, before, most = text[start:end], len(left) - start, float(counts[end - 1])
    return best, before, most


def _is_word(text: str) -> bool:
    return all("\u3400" <= c <= "\u9fff" for c in text)
