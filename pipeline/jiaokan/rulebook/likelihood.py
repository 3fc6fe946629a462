"""Whether the language model finds what a rule would write likelier than what stands there.

受肠 is a misreading of 受胁, and stands in 接受肠镜检查, where it is right: two words meet there.
What is right in its surroundings is far likelier than what would stand there instead. Where a
character that a rule would replace makes a word with what stands outside the match (民警祭拜 is no
misread 警察), more is asked for.
"""

from collections.abc import Sequence
from math import isinf, log2

from jiaokan.edit import Edit

_NEAR = 8
"""Characters on each side that count."""
_GAP = 4
"""Characters, blanks and line ends, over which a word may go on."""
_TIE = 2
"""Bits asked for beyond the margin for each bit that ties a character to one outside the match."""
_BLANKS = str.maketrans("", "", " \u3000\n")


def favoured(text: str, edits: Sequence[Edit], margin: float) -> tuple[Edit, ...]:
    """The edits with what speaks for them; none where the bits do not reach the margin."""
    found: list[Edit] = []
    for edit in edits:
        bits = gain(text, edit)
        if bits < margin:
            return ()
        why = f"likelier here by {bits:.0f} bits"
        found.append(edit._replace(confidence=_confidence(bits), evidence=why))
    return tuple(found)


def tie(text: str, start: int, end: int, edit: Edit) -> float:
    """More bits to ask for: what goes may make a word with what is right outside the match."""
    left = text[max(0, start - _GAP) : start].translate(_BLANKS)[-1:]
    right = text[end : end + _GAP].translate(_BLANKS)[:1]
    pairs: list[str] = []
    if left and edit.start == start < edit.end:
        pairs.append(left + text[start])
    if right and edit.end == end > edit.start:
        pairs.append(text[end - 1] + right)
    return _TIE * max(map(together, pairs), default=0.0)


def together(pair: str) -> float:
    """By how many bits two Chinese characters stand together oftener than by chance."""
    from jiaokan.language import load, view

    if len(pair) < 2 or not all("\u3400" <= character <= "\u9fff" for character in pair):
        return 0.0
    model, codes = load(), view(pair)
    both = float(model.log2_count(codes, 2)[1])
    each = float(model.log2_count(codes, 1).sum())
    if isinf(both) or isinf(each):
        return 0.0
    return max(0.0, both + log2(model.total) - each)


def gain(text: str, edit: Edit) -> float:
    """Bits by which an edit makes its surroundings likelier. Line ends and blanks are not seen."""
    from jiaokan.language import load, view

    before = text[max(0, edit.start - 2 * _NEAR) : edit.start].translate(_BLANKS)[-_NEAR:]
    after = text[edit.end : edit.end + 2 * _NEAR].translate(_BLANKS)[:_NEAR]
    model = load()
    was, now = (
        float(model.score(view(f"{before}{here}{after}"))[len(before) :].sum())
        for here in (text[edit.start : edit.end], edit.new)
    )
    difference: float = now - was
    return difference


def _confidence(bits: float) -> float:
    return float(1 - 2.0 ** (-bits / 2))
