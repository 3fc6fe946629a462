"""Rules from what a person did to clean files after a run.

raw/, clean/ with edited files → proposals, each with its support, its counter-examples and
examples that were run. The same files give the same proposals in the same order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from jiaokan.curation.learn_batch import Batch, edits_of, read_batch, without
from jiaokan.curation.learn_check import settled, traced
from jiaokan.curation.learn_lines import drops
from jiaokan.curation.learn_literals import by_analogy, confusions, literals
from jiaokan.curation.learn_marks import leaks, patterns
from jiaokan.curation.learn_model import Correction, Learnt, Proposal, Unlearnt
from jiaokan.curation.learn_overlooked import with_overlooked
from jiaokan.curation.learn_phrases import phrases
from jiaokan.curation.learn_spans import reading, widened
from jiaokan.curation.learn_undone import places_of, undone
from jiaokan.curation.learn_undone import proposals as taken_back
from jiaokan.curation.learn_words import Words, words_of
from jiaokan.errors import JiaokanError
from jiaokan.rulebook import Rulebook
from jiaokan.trace import Trace

_ORDER = ("off", "protect", "script", "literal", "phrase", "pattern", "leak", "confusion", "drop")

Found = list[tuple[Proposal, tuple[Correction, ...]]]
"""Proposals, each with the corrections that it is made of."""


def learn(raw: Path, clean: Path, book: Rulebook) -> Learnt:
    """What can be learnt from a clean folder. Raises JiaokanError where it holds no run."""
    batch = read_batch(raw, clean)
    total = sum(len(page.corrections) for page in batch.reviewed)
    edited = tuple(page.name for page in batch.reviewed)
    if not batch.reviewed:
        notes, failed = tuple(batch.notes), tuple(batch.failed)
        return Learnt(len(batch.records), (), 0, (), (), notes, failed)
    before = _as_now(batch, book)
    already = _known_already(batch, before)
    found, unlearnt = _proposed(batch, book)
    kept, worse = settled(batch, book, _named(found, book), before)
    kept.sort(key=lambda one: (one.single, _ORDER.index(one.kind), -one.support, one.id))
    if already:
        batch.notes.append(f"{already} corrections are made by the rules in force already")
    return Learnt(
        len(batch.records),
        edited,
        total,
        tuple(kept),
        tuple(sorted([*unlearnt, *worse], key=lambda one: (one.what, one.why))),
        tuple(batch.notes),
        tuple(batch.failed),
        tuple(batch.shown(one) for page in batch.reviewed for one in page.overlooked),
    )


def _as_now(batch: Batch, book: Rulebook) -> dict[int, Trace]:
    """Each page as the rules in force now leave it; pages that they fail on are set aside."""
    before: dict[int, Trace] = {}
    for page in batch.reviewed:
        try:
            before[page.number] = traced(page, book)[0]
        except JiaokanError as error:
            batch.failed.append(f"{page.name}: {error}")
    batch.reviewed = [page for page in batch.reviewed if page.number in before]
    return before


def _known_already(batch: Batch, before: dict[int, Trace]) -> int:
    """Set aside the corrections that the rules in force make by now; how many they are."""
    count = 0
    for number, page in enumerate(batch.reviewed):
        trace = before[page.number]
        done = set()
        for one in page.corrections:
            span = page.trace.raw_span(one.start, one.end)
            start, end = widened((trace, page.wanted, page.trace), *span)
            if reading(trace, start, end) == reading(page.wanted, start, end):
                done.add(one)
        if done:
            count += len(done)
            batch.reviewed[number] = without(page, done)
    return count


def _proposed(batch: Batch, book: Rulebook) -> tuple[Found, list[Unlearnt]]:
    """Every proposal, unchecked, and the corrections that none was made of."""
    corrections = list(edits_of(batch.reviewed))
    back = undone(batch)
    taken = set(places_of(back))
    fresh = [one for one in corrections if one not in taken]
    batch.put(with_overlooked(batch.reviewed, fresh))
    found: Found = [(one, tuple(sorted(taken))) for one in taken_back(batch, back, book)]
    for leak, places in leaks(batch, fresh, book):
        found.append((leak, tuple(sorted(places))))
    for pattern in patterns(batch, fresh):
        places = {one for one in fresh if _is_of(batch, pattern, one)}
        found.append((pattern, tuple(sorted(places))))
    used = {one for _, places in found for one in places}
    words = words_of(batch, fresh)
    rare = [one for one in fresh if one not in used and not _repeated(words, one)]
    for phrase, places in phrases(batch, rare, book):
        found.append((phrase, tuple(sorted(places))))
        used |= places
    best = {one: word for one in fresh if one not in used and (word := words.best(one))}
    sure = {one: word for one, word in best.items() if not word.weak}
    found += [(one, _of(one, tuple(sure))) for one in literals(batch, sure)]
    rest = [one for one in fresh if one not in used and one not in best]
    maybe = {one: word for one in rest if (word := words.arguable(one))}
    maybe |= {one: word for one, word in best.items() if word.weak}
    found += [(one, _of(one, tuple(maybe))) for one in literals(batch, maybe, "suggest")]
    found += [(one, _of(one, tuple(fresh))) for one in confusions(batch, fresh, best, book)]
    found += [(one, _of(one, tuple(fresh))) for one in by_analogy(batch, fresh, best, book)]
    found += [(one, ()) for one in drops(batch, book)]
    left = [one for one in rest if one not in maybe]
    return found, [Unlearnt(batch.shown(one), words.why_none(one)) for one in left]


def _repeated(words: Words, one: Correction) -> bool:
    best = words.best(one)
    return best is not None and len(best.places) > 1


def _of(proposal: Proposal, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections of the characters that a literal or confusion rule is about."""
    changes = {
        (old, new)
        for wrong, right in proposal.entry["pairs"].items()
        for old, new in [_changed(wrong, right if isinstance(right, str) else right[0])]
    }
    return tuple(one for one in corrections if (one.old, one.new) in changes)


def _changed(wrong: str, right: str) -> tuple[str, str]:
    from jiaokan.rulebook.match import trimmed

    edit = trimmed(wrong, 0, right, "")
    return wrong[edit.start : edit.end], edit.new


def _is_of(batch: Batch, proposal: Proposal, one: Correction) -> bool:
    """Whether a pattern, or a mark's literal rule, would make a correction."""
    if proposal.kind == "literal":
        return bool(proposal.entry["pairs"].get(one.old) == one.new)
    from jiaokan.rulebook.regexes import compiled

    text = batch.page(one).text
    low = max(0, one.start - 1)
    found = compiled(proposal.entry["pattern"]).engine.search(text[low : one.end + 1])
    return bool(found) and found.start() + low == one.start and found[0] == one.old


def _named(found: Found, book: Rulebook) -> Found:
    """Proposals with ids that no rule in force has."""
    return list(_renamed(found, {rule.id for rule in book.rules}))


def _renamed(found: Found, taken: set[str]) -> Iterator[tuple[Proposal, tuple[Correction, ...]]]:
    for proposal, places in found:
        name, number = proposal.id, 1
        while name in taken:
            number += 1
            name = f"{proposal.id}-{number}"
        taken.add(name)
        yield replace(proposal, id=name), places
