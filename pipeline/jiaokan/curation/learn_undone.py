"""Edits of a run that a person took back → `off`, `protect` and `script` proposals.

The ledger says which rule made each change. Where a person wrote again what had stood there
before a step, that step was undone. A rule that was undone wherever a person looked may be
switched off; else the word is protected in which it was wrong; a conversion of script gets an
exception.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from jiaokan.curation.learn_batch import Batch
from jiaokan.curation.learn_examples import held
from jiaokan.curation.learn_literals import MOST_PLACES
from jiaokan.curation.learn_model import Correction, Proposal, Reviewed
from jiaokan.curation.learn_words import is_han
from jiaokan.rulebook import Rulebook
from jiaokan.trace import Change, Step, placed

_REACH = 4


@dataclass(frozen=True, slots=True)
class Undone:
    """A step of a change that a person took back."""

    change: Change
    step: Step
    corrections: tuple[Correction, ...]


def undone(batch: Batch) -> list[Undone]:
    """All of them, page by page."""
    return [one for page in batch.reviewed for one in _undone(page)]


def _undone(page: Reviewed) -> Iterator[Undone]:
    for start, end, change in placed(page.trace.changes):
        inside = tuple(one for one in page.corrections if start <= one.start and one.end <= end)
        if not inside or not page.mask[start : max(end, start + 1)].strip(b"\0"):
            continue
        readings = page.readings(start, end)
        text = change.old
        for step in change.steps:
            if text in readings and text != change.new:
                yield Undone(change, step, inside)
                break
            text = text[: step.at] + step.new + text[step.at + len(step.old) :]


def proposals(batch: Batch, found: Sequence[Undone], book: Rulebook) -> Iterator[Proposal]:
    """What follows from what was undone."""
    by_rule: dict[str, list[Undone]] = defaultdict(list)
    for one in found:
        by_rule[one.step.rule].append(one)
    known = _built_in(book)
    for rule, cases in sorted(by_rule.items()):
        kept = _kept(batch, rule)
        if rule in known and not kept and len(cases) > 1:
            yield _off(batch, rule, cases)
            continue
        other = list(cases)
        if cases[0].step.stage == "script":
            other, exceptions = _exceptions(batch, rule, cases)
            yield from exceptions
        yield from _protected(batch, rule, other, len(kept))


def _built_in(book: Rulebook) -> set[str]:
    """Ids of the built-in rules in force: those that a file of rules can switch off."""
    from jiaokan.rulebook import load

    return {rule.id for rule in load().rules} & {rule.id for rule in book.rules}


def _kept(batch: Batch, rule: str) -> list[tuple[Reviewed, Change]]:
    """Changes by a rule that a person saw and left."""
    found = []
    for page in batch.reviewed:
        for start, end, change in placed(page.trace.changes):
            acted = any(step.rule == rule for step in change.steps) and page.mask[start]
            if acted and change.new in page.readings(start, end)[:1]:
                found.append((page, change))
    return found


def _off(batch: Batch, rule: str, cases: Sequence[Undone]) -> Proposal:
    every = sorted({one for case in cases for one in case.corrections})
    return Proposal(
        f"off-{rule}",
        "off",
        {"off": rule},
        len(cases),
        len({one.page for one in every}),
        0,
        0,
        tuple(batch.shown(one) for one in every[:MOST_PLACES]),
        (f"{rule} was taken back wherever it acted on pages that were edited",),
    )


def _exceptions(
    batch: Batch, rule: str, cases: Sequence[Undone]
) -> tuple[list[Undone], list[Proposal]]:
    """Words that a conversion must leave, one rule for each script; and the cases that are left.

    An example must show that the rest is converted. Where the pages hold none, the word is
    protected like any other.
    """
    by_script: dict[str, dict[str, list[Undone]]] = defaultdict(lambda: defaultdict(list))
    left: list[Undone] = []
    for case in cases:
        page = batch.page(case.corrections[0])
        word = _word(batch, page, case.change, rule, han=True)
        shown = any(raw != clean for raw, clean in held(batch, word)) if word else False
        if shown and page.script != "keep":
            by_script[page.script][word].append(case)
        else:
            left.append(case)
    return left, [_exception(batch, rule, *item) for item in sorted(by_script.items())]


def _exception(
    batch: Batch, rule: str, script: str, words: Mapping[str, Sequence[Undone]]
) -> Proposal:
    every = sorted({c for cases in words.values() for case in cases for c in case.corrections})
    pairs = {word: word for word in sorted(words)}
    return Proposal(
        f"learnt-{script}-{_digest(*pairs)}",
        "script",
        {
            "kind": "script",
            "to": script,
            "reason": "These words were put back by hand after the conversion.",
            "pairs": pairs,
        },
        sum(map(len, words.values())),
        len({one.page for one in every}),
        0,
        0,
        tuple(batch.shown(one) for one in every[:MOST_PLACES]),
        (f"{rule} was taken back there, and left in other words",),
    )


def _protected(batch: Batch, rule: str, cases: Sequence[Undone], kept: int) -> Iterator[Proposal]:
    words: dict[str, list[Undone]] = defaultdict(list)
    for case in cases:
        page = batch.page(case.corrections[0])
        if word := _word(batch, page, case.change, rule, han=False):
            words[word].append(case)
    if not words:
        return
    every = sorted({c for cases in words.values() for case in cases for c in case.corrections})
    yield Proposal(
        f"learnt-protect-{_digest(*sorted(words))}",
        "protect",
        {
            "kind": "protect",
            "reason": f"What {rule} made of these words was taken back by hand.",
            "words": sorted(words),
        },
        sum(map(len, words.values())),
        len({one.page for one in every}),
        0,
        0,
        tuple(batch.shown(one) for one in every[:MOST_PLACES]),
        (f"{rule} was left at {kept} other places of the edited pages",),
    )


def _word(batch: Batch, page: Reviewed, change: Change, rule: str, *, han: bool) -> str:
    """The shortest raw wording around a change in which nobody left what the rule did."""
    raw = page.trace.raw
    for size in range(2 * _REACH + 1):
        words = {
            raw[change.start - left : change.end + size - left]
            for left in range(size + 1)
            if max(left, size - left) <= _REACH
            and left <= change.start
            and change.end + size - left <= len(raw)
            and _fits(raw, change, left, size - left, han=han)
        }
        good = [word for word in words if not _contradicted(batch, word, rule)]
        if good:
            return min(good, key=lambda word: (-_seen_together(word), word))
    return ""


def _fits(raw: str, change: Change, left: int, right: int, *, han: bool) -> bool:
    """Whether a change with so many characters around it may be a word."""
    word = raw[change.start - left : change.end + right]
    if len(word) < 2 or "\n" in word or "\r" in word or word != word.strip():
        return False
    if han:
        return is_han(word)
    mark = not any(char.isalnum() for char in change.old)
    if mark and not (left and right) and change.start > 0 and change.end < len(raw):
        return False
    around = raw[change.start - left : change.start] + raw[change.end : change.end + right]
    return not around or any(char.isalnum() for char in around)


def _seen_together(word: str) -> float:
    """How often the statistics have the word."""
    from jiaokan.language import load, view

    model = load()
    size = min(len(word), model.order)
    return float(model.log2_count(view(word), size)[-1])


def _contradicted(batch: Batch, word: str, rule: str) -> bool:
    """Whether a person left a change that any rule made inside the word."""
    for page in batch.reviewed:
        changes = page.trace.changes
        ends = [change.end for change in changes]
        wanted = {(change.start, change.end): change.new for change in page.wanted.changes}
        at = page.trace.raw.find(word)
        while at >= 0:
            for change in changes[bisect_left(ends, at) :]:
                if change.start > at + len(word):
                    break
                inside = at <= change.start and change.end <= at + len(word)
                if inside and wanted.get((change.start, change.end)) == change.new:
                    return True
            at = page.trace.raw.find(word, at + 1)
    return False


def _digest(*words: str) -> str:
    return sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def places_of(found: Sequence[Undone]) -> Mapping[Correction, str]:
    """The corrections that took something back, and which rule's work that was."""
    return {one: case.step.rule for case in found for one in case.corrections}
