"""All decisions in force: which stand, which contradict each other, and which concern a page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import NamedTuple

from jiaokan.decisions.model import Decision


class Known(NamedTuple):
    """A decision and where it stands."""

    decision: Decision
    file: str
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class PageDecisions:
    """What is decided about one page, in an order of its own, not that of the files."""

    decisions: tuple[Decision, ...] = ()
    contested: tuple[Decision, ...] = ()
    """Those that contradict each other; none of them is carried out."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what acts on the page; empty where nothing does."""
        if not self.decisions and not self.contested:
            return ""
        import json
        from hashlib import sha256

        rows = [[_acting(decision) for decision in group] for group in self._groups]
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def _groups(self) -> tuple[tuple[Decision, ...], ...]:
        return self.decisions, self.contested


@dataclass(frozen=True)
class Decisions:
    """The decisions of all files."""

    known: tuple[Known, ...] = ()

    def on(self, sha256: str) -> PageDecisions:
        """What concerns the page with these raw bytes."""
        stand: list[Decision] = []
        against: list[Decision] = []
        for page in ("", sha256):
            found = self._settled.get(page, NOTHING)
            stand += found.decisions
            against += found.contested
        return PageDecisions(tuple(stand), tuple(against))

    @property
    def pages(self) -> tuple[str, ...]:
        """SHA-256 of the pages that decisions name."""
        return tuple(sorted(page for page in self._settled if page))

    @property
    def contested(self) -> tuple[tuple[Known, ...], ...]:
        """Groups of decisions that contradict each other: about one place, or edits of two places
        that overlap."""
        found = [_settle(group)[1] for group in _by_key(self.known).values()]
        for page, settled in self._settled.items():
            told = {known.decision for group in found for known in group}
            clash = [one for one in settled.contested if one not in told]
            if clash:
                where = {one.decision: one for one in self.known if one.decision.page == page}
                found.append(tuple(where[one] for one in clash))
        return tuple(group for group in found if group)

    @cached_property
    def _settled(self) -> dict[str, PageDecisions]:
        groups: dict[str, list[list[Known]]] = defaultdict(list)
        for key, group in _by_key(self.known).items():
            groups[key[0]].append(group)
        return {page: _page(found) for page, found in groups.items()}


def _page(groups: Iterable[Sequence[Known]]) -> PageDecisions:
    stand: list[Decision] = []
    against: list[Decision] = []
    for group in groups:
        kept, contested = _settle(group)
        if kept is not None:
            stand.append(kept)
        against += [known.decision for known in contested]
    clashing = set(_clashing(stand))
    against += clashing
    stand = [decision for decision in stand if decision not in clashing]
    return PageDecisions(tuple(sorted(stand, key=order)), tuple(sorted(set(against), key=order)))


def _settle(group: Sequence[Known]) -> tuple[Decision | None, tuple[Known, ...]]:
    """The decision that stands, or those that contradict each other.

    Of one person's decisions the latest stands. What several say alike is said once.
    """
    own: dict[str, list[Known]] = defaultdict(list)
    for known in group:
        own[known.decision.who].append(known)
    latest = [
        known
        for several in own.values()
        for known in several
        if known.decision.when == max(one.decision.when for one in several)
    ]
    if len({known.decision.said for known in latest}) > 1:
        return None, tuple(sorted(latest, key=lambda known: order(known.decision)))
    return min((known.decision for known in latest), key=order), ()


def _clashing(stand: Sequence[Decision]) -> Iterator[Decision]:
    """Edits whose spans overlap: both cannot be carried out."""
    edits = sorted((one for one in stand if one.do == "edit"), key=order)
    longest: Decision | None = None
    for edit in edits:
        if longest is not None and edit.start < longest.end and _differ(longest, edit):
            yield longest
            yield edit
        if longest is None or edit.end > longest.end:
            longest = edit


def _differ(one: Decision, other: Decision) -> bool:
    return (one.start, one.end, one.new) != (other.start, other.end, other.new)


def _by_key(known: Iterable[Known]) -> dict[tuple[str, int, int, str], list[Known]]:
    groups: dict[tuple[str, int, int, str], list[Known]] = defaultdict(list)
    for one in known:
        groups[one.decision.key].append(one)
    return groups


def order(decision: Decision) -> tuple[object, ...]:
    """The order of decisions where no file gives one."""
    rest = decision.who, decision.when, decision.text, decision.file, decision.note
    return decision.key, decision.said, *rest


def _acting(decision: Decision) -> dict[str, object]:
    fields = asdict(decision)
    del fields["file"], fields["note"]
    return fields


NOTHING = PageDecisions()
NO_DECISIONS = Decisions()
