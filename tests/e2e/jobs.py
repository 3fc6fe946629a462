"""The whole job in memory, and what must hold of every result whatever the page says."""

import json
import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from jiaokan.article import SINGLE_FIELDS, Article
from jiaokan.cleaning import Cleaned, clean_page, run_stages
from jiaokan.formats.clean_json import clean_of, read_clean, write_clean
from jiaokan.formats.decode import decode
from jiaokan.formats.ledger_json import read_ledger, write_ledger
from jiaokan.ledger import Ledger
from jiaokan.page import Page
from jiaokan.restore import restore
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings
from jiaokan.stages.context import Context
from jiaokan.stages.dominant_script import dominant_script
from jiaokan.verify import verify

ROOT = Path(__file__).parents[2]
RAW, GOLD, CLEAN = ROOT / "raw", ROOT / "tests" / "gold", ROOT / "clean"
SAMPLES = sorted(path.stem for path in RAW.glob("*.txt"))


@cache
def rules() -> Rulebook:
    """The built-in rules."""
    return load()


def job(data: bytes, encoding: str | None = None, name: str = "p.txt") -> Cleaned:
    """What a run makes of a file's bytes."""
    decoding, text = decode(data, encoding)
    return clean_page(Page(name, data, decoding, text), rules(), Settings(encoding))


def characters(text: str) -> str:
    """The text behind all character stages."""
    script = dominant_script(text)
    trace, _ = run_stages(text, Context(script, rules()))
    return trace.text


def outputs(cleaned: Cleaned) -> dict[tuple[int, str, int], str]:
    """Every output string by its place."""
    arrangement = cleaned.arrangement
    found = {(-1, "furniture", at): line for at, line in enumerate(arrangement.furniture)}
    for number, article in enumerate(arrangement.articles):
        for field in SINGLE_FIELDS:
            found[number, field, 0] = getattr(article, field)
        for at, paragraph in enumerate(article.paragraphs):
            found[number, "paragraphs", at] = paragraph
    return found


def assert_accounted(cleaned: Cleaned) -> None:
    """Pieces partition the cleaned text; each output character comes from exactly one place."""
    text = cleaned.trace.text
    strings = outputs(cleaned)
    built = {place: [""] * len(string) for place, string in strings.items()}
    last = 0
    for piece in cleaned.arrangement.pieces:
        assert (piece.start, piece.end > piece.start) == (last, True), (piece, last)
        last = piece.end
        assert piece.rule
        if piece.target is None:
            continue
        place = (piece.target.article, piece.target.field, piece.target.index)
        for at in range(piece.start, piece.end):
            to = piece.target.offset + at - piece.start
            assert built[place][to] == "", f"two characters went to {place} at {to}"
            built[place][to] = text[at]
    assert last == len(text)
    assert {place: "".join(parts) for place, parts in built.items()} == strings


def assert_restored(cleaned: Cleaned) -> None:
    """Clean file and ledger, as written, give the raw bytes back; the verifier agrees."""
    data = write_clean(clean_of(cleaned))
    ledger = _with_outputs(cleaned.ledger, data)
    written = write_ledger(ledger)
    assert restore(read_ledger(written, "p"), read_clean(data, "p")) == cleaned.page.data
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "p.json").write_bytes(data)
        Path(folder, "p.ledger.json").write_bytes(written)
        assert verify(Path(folder)).problems == ()


def _with_outputs(ledger: Ledger, data: bytes) -> Ledger:
    digest = sha256(data).hexdigest()
    return replace(ledger, outputs=(("p.json", digest),))


def assert_nothing_lost(cleaned: Cleaned) -> None:
    """No dropped piece holds text: only blanks, a byline's label, a doubled character, a gutter."""
    text = cleaned.trace.text
    for piece in cleaned.arrangement.pieces:
        dropped = text[piece.start : piece.end]
        if piece.rule == "layout.gutter":
            assert all(len(cell) <= 1 for cell in re.split(r"[\s|｜│┃¦︱丨]+", dropped)), piece
        elif piece.target is None and piece.rule not in ("layout.byline", "stitch.doubled"):
            assert dropped.strip() == "", piece


def rendered(articles: Iterable[Article]) -> str:
    """The articles as a plain page in order, blank lines between its blocks."""
    blocks: list[str] = []
    for article in articles:
        blocks += [article.kicker, article.title, article.subtitle, article.author]
        blocks += [*article.paragraphs, article.affiliation]
    return "\n\n".join(block for block in blocks if block) + "\n"


def edits(cleaned: Cleaned) -> list[tuple[str, str]]:
    """What the character stages changed: (old, new) of every change."""
    return [(change.old, change.new) for change in cleaned.trace.changes]


def gold(stem: str) -> dict[str, object]:
    """What a sample must become."""
    found: dict[str, object] = json.loads((GOLD / f"{stem}.json").read_bytes())
    return found
