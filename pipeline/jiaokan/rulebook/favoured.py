"""Whether the statistics of the language favour what a rule would make of a place.

受肠 is a misreading of 受胁, and stands in 接受肠镜检查, where it is right: two words meet there.
What is right in its surroundings is far likelier than what would stand there instead.
"""

from collections.abc import Sequence

from jiaokan.edit import Edit

_NEAR = 8
"""Characters on each side that count."""
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
    return now - was


def _confidence(bits: float) -> float:
    return 1 - 2.0 ** (-bits / 2)
