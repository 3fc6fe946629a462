"""A page with only that of it which is asked for: by rule, by kind, by confidence."""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from jiaokan.inspect.model import Aside, EditView, FragmentView, PageView


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. Without anything, all of it."""

    rules: tuple[str, ...] = ()
    """Ids, or patterns of them as shells have: punctuation.*"""
    kinds: tuple[str, ...] = ()
    """Kinds of rules; `stage` for what is built in; moved, furniture, dropped, person."""
    least: float = 0.0
    """Confidence that it must have at least."""
    most: float = 1.0

    def rule(self, rule: str) -> bool:
        """Whether a rule of that id is asked for."""
        return not self.rules or any(fnmatchcase(rule, pattern) for pattern in self.rules)

    def kind(self, *kinds: str) -> bool:
        """Whether one of the kinds that a thing is of is asked for."""
        return not self.kinds or not set(kinds).isdisjoint(self.kinds)

    def sure(self, confidence: float) -> bool:
        """Whether it is as sure as it must be, and not surer."""
        return self.least <= confidence <= self.most


def narrowed(page: PageView, wanted: Wanted) -> PageView:
    """The page with what passes. Fragments stay; those that do not pass are not told as moved."""
    hand = page.hand if wanted.kind("person") and not wanted.rules and wanted.sure(1.0) else ()
    return replace(
        page,
        edits=tuple(edit for edit in page.edits if _edit(edit, wanted)),
        asides=tuple(aside for aside in page.asides if _aside(aside, wanted)),
        fragments=_fragments(page, wanted),
        hand=hand,
    )


def _edit(edit: EditView, wanted: Wanted) -> bool:
    return wanted.sure(edit.confidence) and any(
        wanted.rule(step.rule) and wanted.kind(step.kind) for step in edit.steps
    )


def _aside(aside: Aside, wanted: Wanted) -> bool:
    what = "dropped" if aside.place is None else "furniture"
    return wanted.rule(aside.rule) and wanted.kind(what, aside.kind) and wanted.sure(1.0)


def _fragments(page: PageView, wanted: Wanted) -> tuple[FragmentView, ...]:
    """A moved fragment is as sure as the seam that leads to it, and 1 where none does."""
    sure = {link.target: page.seams[link.seam].confidence for link in page.links if link.seam >= 0}
    passes = wanted.rule("stitch.body") and wanted.kind("moved")
    return tuple(
        fragment
        if not fragment.moved or (passes and wanted.sure(sure.get(fragment.number, 1.0)))
        else replace(fragment, moved=False)
        for fragment in page.fragments
    )
