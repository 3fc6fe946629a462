"""Examples and counter-examples of a proposed rule, taken from the pages that taught it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_model import Correction, Proposal
from jiaokan.curation.learn_spans import reading, widened
from jiaokan.curation.learn_words import is_han

_MOST = 6
_AROUND = 4
_WINDOWS = (1, 2, 3, 5, 8, 12)
"""Characters on each side of a word that an example may show."""


def examples(batch: Batch, proposal: Proposal, corrections: Sequence[Correction]) -> dict[str, str]:
    """Short texts that the rule changes, and what becomes of them; several to choose from."""
    entry = proposal.entry
    match proposal.kind:
        case "literal":
            return dict(entry["pairs"])
        case "script":
            return {a: b for word in entry["pairs"] for a, b in held(batch, word) if a != b}
        case "drop":
            return dict.fromkeys(entry["lines"][:_MOST], "")
        case "confusion":
            ((old, (new, *_)),) = entry["pairs"].items()
            same = [one for one in corrections if (one.old, one.new) == (old, new)]
            return {a: b for a, b in _snippets(batch, same) if a.count(old) == 1}
        case "phrase":
            return dict(_damages(batch, corrections, entry["phrase"]))
        case "protect":
            return {raw: raw for word in entry["words"] for raw, _ in held(batch, word)}
        case "pattern" | "leak":
            return dict(_snippets(batch, corrections))
    return {}


def held(batch: Batch, word: str) -> Iterator[tuple[str, str]]:
    """Raw texts around a word that the person left or put back, and what became of them."""
    for page in batch.reviewed:
        raw = page.trace.raw
        at = raw.find(word)
        while at >= 0:
            for around in _WINDOWS:
                start, end = _in_line(raw, at, at + len(word), around)
                text = raw[start:end]
                clear = widened((page.wanted,), start, end) == (start, end) and text == text.strip()
                if clear and not _cuts(text) and word in reading(page.wanted, start, end):
                    yield text, reading(page.wanted, start, end)
            at = raw.find(word, at + 1)


def _in_line(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """A span widened on both sides, but not over its line's ends."""
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    ends = [at for at in (text.find("\n", end), text.find("\r", end)) if at >= 0]
    return max(first, start - around), min([len(text), end + around, *ends])


def _snippets(batch: Batch, corrections: Sequence[Correction]) -> Iterator[tuple[str, str]]:
    """Each place with a few characters around it, none of them corrected as well."""
    for one in corrections:
        page = batch.page(one)
        low, high = max(0, one.start - _AROUND), min(len(page.text), one.end + _AROUND)
        while low < one.start and _cuts(page.text[low : one.start]):
            low += 1
        while high > one.end and _cuts(page.text[one.end : high]):
            high -= 1
        raw, readings = page.text[low:high], page.readings(low, high)
        wanted = page.text[low : one.start] + one.new + page.text[one.end : high]
        if wanted in readings and raw == raw.strip():
            yield raw, wanted


def _cuts(text: str) -> bool:
    return not text.isprintable() or "\n" in text


def _damages(
    batch: Batch, corrections: Sequence[Correction], phrase: str
) -> Iterator[tuple[str, str]]:
    for one in corrections:
        page = batch.page(one)
        for offset in range(1, len(phrase) - 1):
            low, high = one.start - offset, one.end + len(phrase) - offset - 1
            if low >= 0 and phrase in page.readings(low, high) and page.text[low:high] != phrase:
                yield page.text[low:high], phrase


def unchanged(batch: Batch, proposal: Proposal, made: Mapping[str, str]) -> list[str]:
    """Texts that come close and must stay: what a person left, else what the rule makes."""
    entry: Mapping[str, Any] = proposal.entry
    match proposal.kind:
        case "literal":
            near = _near(batch, _changed(entry["pairs"]), entry["pairs"])
            return [*near, *dict.fromkeys(entry["pairs"].values())]
        case "confusion":
            near = _near(batch, next(iter(entry["pairs"])), {})
            return [*near, *made.values()]
        case "phrase":
            return [entry["phrase"]]
        case "leak":
            return [f"an English {entry['word']} text", *made.values()]
        case "script":
            return list(entry["pairs"])[:_MOST]
        case "drop":
            return [f"{entry['lines'][0]}，他说。"]
        case "protect":
            return list(entry["words"])[:_MOST]
    return list(dict.fromkeys(made.values()))[:_MOST]


def _changed(pairs: Mapping[str, str]) -> str:
    """The character that the pairs replace; empty where there is none alike in all."""
    common = set.intersection(*(set(w) - set(r) for w, r in pairs.items()))
    return min(common) if common else ""


def _near(batch: Batch, char: str, pairs: Mapping[str, str]) -> list[str]:
    """Words with the character that a person left."""
    if not char:
        return []
    counts: dict[str, int] = {}
    for page in batch.reviewed:
        at = page.text.find(char)
        while at >= 0:
            for low, high in ((at - 1, at + 1), (at, at + 2)):
                word = page.text[max(0, low) : high]
                left = all(page.mask[max(0, low) : high])
                left = left and word in page.readings(max(0, low), high)
                if left and len(word) == 2 and is_han(word):
                    counts[word] = counts.get(word, 0) + 1
            at = page.text.find(char, at + 1)
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return [word for word in words if not any(wrong in word for wrong in pairs)][:_MOST]
