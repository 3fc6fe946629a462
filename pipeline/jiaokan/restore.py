"""The raw bytes, from clean output and ledger alone.

The pieces put the cleaned text together again, each change is taken back, and
the text is written in the bytes it was read from. Nothing else is needed, and
nothing is guessed: what does not fit is an error.
"""

from hashlib import sha256

from jiaokan.article import SINGLE_FIELDS, Target
from jiaokan.errors import LedgerError
from jiaokan.formats.clean_json import Clean
from jiaokan.formats.encode import encode
from jiaokan.ledger import Ledger
from jiaokan.trace import placed


def restore(ledger: Ledger, clean: Clean) -> bytes:
    """The raw file's bytes. Raises LedgerError where the two do not belong together."""
    raw = raw_text(ledger, cleaned_text(ledger, clean))
    try:
        data = encode(raw, ledger.source.decoding)
    except (UnicodeEncodeError, LookupError) as error:
        raise _error(ledger, f"the text cannot be written back: {error}") from error
    if sha256(data).hexdigest() != ledger.source.sha256:
        raise _error(ledger, "what was rebuilt is not the raw file: its SHA-256 differs")
    return data


def cleaned_text(ledger: Ledger, clean: Clean) -> str:
    """The text as it stood before stitching: every piece fetched from where it went."""
    parts: list[str] = []
    for piece in ledger.pieces:
        if piece.target is None:
            parts.append(piece.text)
            continue
        part = string_at(clean, piece.target)[piece.target.offset :][: piece.length]
        if len(part) != piece.length:
            raise _error(ledger, f"the clean text is too short for what stands at {piece.target}")
        parts.append(part)
    return "".join(parts)


def raw_text(ledger: Ledger, cleaned: str) -> str:
    """The raw text: every change of the cleaned text taken back."""
    parts: list[str] = []
    last = 0
    for start, end, change in placed(ledger.changes):
        if start < last or cleaned[start:end] != change.new:
            raise _error(ledger, f"the clean text is not what rule {change.steps[-1].rule} left")
        parts += cleaned[last:start], change.old
        last = end
    parts.append(cleaned[last:])
    return "".join(parts)


def string_at(clean: Clean, target: Target) -> str:
    """The output string that a place lies in; empty where there is none."""
    if target.article < 0:
        strings: tuple[str, ...] = clean.furniture
    elif target.article >= len(clean.articles):
        strings = ()
    elif target.field in SINGLE_FIELDS:
        strings = (getattr(clean.articles[target.article], target.field),)
    else:
        strings = clean.articles[target.article].paragraphs
    return strings[target.index] if target.index < len(strings) else ""


def _error(ledger: Ledger, what: str) -> LedgerError:
    return LedgerError(
        what,
        where=ledger.source.name,
        hint="a clean file that was edited after the run has lost its way back: run again",
    )
