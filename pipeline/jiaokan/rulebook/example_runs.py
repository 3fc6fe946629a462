"""A rule's examples, each run through all stages as a page is, with all rules in force.

An example holds where what comes out is what the example's clean text comes to in the same stages:
half-width commas in both become full-width in both. The rule must act in one of its examples at
least; in others a longer match of another rule may be quicker. A text under
`unchanged` holds where neither the rule nor any other one acts. Rules of kind `drop` and `layout`
are asked what the line is, as the stitcher asks them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from jiaokan.cleaning import context_of, run_stages
from jiaokan.errors import PageError, RuleError
from jiaokan.finding import Finding
from jiaokan.rulebook.book import Rulebook
from jiaokan.rulebook.example_checks import alone, held
from jiaokan.rulebook.facts import fitting
from jiaokan.rulebook.lines import LineMatch, Place
from jiaokan.rulebook.packs import Known, whole
from jiaokan.rulebook.problems import nearest
from jiaokan.rulebook.rule import (
    ConfusionRule,
    DropRule,
    Example,
    LayoutRule,
    ProtectRule,
    Rule,
    ScriptRule,
)
from jiaokan.rulebook.scope import Scope
from jiaokan.trace import Trace

SILENT = "the rule does not act"


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold, or a text that does not stay."""

    rule: str
    key: Literal["examples", "unchanged"]
    number: int
    """Which one of them, from 0."""
    text: str
    expected: str
    got: str
    why: str
    """In a sentence; empty where expected and got say it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A failure and where in its file it stands."""

    where: str
    """file:line:column."""
    failure: Failure


@dataclass(frozen=True, slots=True)
class Report:
    """What a run over the examples of rules gave."""

    rules: int
    examples: int
    unchanged: int
    failed: tuple[Failed, ...]

    def as_tree(self) -> dict[str, Any]:
        """For JSON."""
        tree = {name: getattr(self, name) for name in ("rules", "examples", "unchanged")}
        rows = [{"where": one.where, **asdict(one.failure)} for one in self.failed]
        return {**tree, "failed": rows}


def tried(scope: Scope, only: Sequence[str] = ()) -> Report:
    """The examples of the rules that are asked about, among all rules in force.

    Raises RuleError where a rule file is faulty, or there is no rule of an id.
    """
    found = whole(scope.packs)
    for rule in only:
        if rule not in found.rules:
            off = [known.off for known in found.off if known.rule.id == rule]
            what = f"rule {rule!r} is switched off" if off else f"there is no rule {rule!r}"
            guess = "" if off else nearest(rule, found.rules)
            raise RuleError(what + guess, where=off[0] if off else "")
    asked = frozenset(only) or scope.rules(found)
    book = found.book()
    rules = [rule for rule in book.rules if rule.id in asked]
    return Report(
        len(rules),
        sum(len(rule.examples) for rule in rules),
        sum(len(rule.unchanged) for rule in rules),
        tuple(
            Failed(_where(found.rules[rule.id], failure), failure)
            for rule in rules
            for failure in failed(rule, book)
        ),
    )


def _where(known: Known, failure: Failure) -> str:
    """The place of an example: its key where they are a mapping, else its number in the list."""
    document, path = known.file.document, (failure.key, failure.text)
    if (*known.path, *path) in document.keys:
        return known.where(*path, key=True)
    return known.where(failure.key, failure.number)


def failed(rule: Rule, book: Rulebook) -> Iterator[Failure]:
    """What of a rule's examples does not hold among the rules of a book; it is one of them."""
    wrong: list[Failure] = []
    silent: list[Failure] = []
    for number, example in enumerate(rule.examples):
        try:
            got, why = _example(rule, example, book)
        except PageError as error:
            got, why = example.raw, error.what
        if got != example.clean or why:
            one = Failure(rule.id, "examples", number, example.raw, example.clean, got, why)
            (silent if got == example.clean and why.startswith(SILENT) else wrong).append(one)
    yield from wrong
    if len(silent) == len(rule.examples):
        yield from silent
    for number, text in enumerate(rule.unchanged):
        try:
            got, why = _unchanged(rule, text, book)
        except PageError as error:
            got, why = text, error.what
        if why:
            yield Failure(rule.id, "unchanged", number, text, text, got, why)


def silent(rule: Rule, book: Rulebook) -> str:
    """Why the rule acts in none of its own examples; empty where it acts in one.

    The first in which it acts settles it, so that a rule with many examples costs no more.
    """
    whys: list[str] = []
    for example in rule.examples:
        try:
            if rule.level == "fix" and rule.id in _run(rule, example.raw, book).rules:
                return ""
            got, why = _example(rule, example, book)
        except PageError:
            return ""
        if got != example.clean or not why.startswith(SILENT):
            return ""
        whys.append(why)
    return whys[0] if whys else ""


@dataclass(frozen=True, slots=True)
class _Run:
    """What the stages make of a text."""

    trace: Trace
    findings: tuple[Finding, ...]

    @property
    def rules(self) -> list[str]:
        """Ids of what acted, each once, in the order in which they acted."""
        steps = sorted(
            (step for change in self.trace.changes for step in change.steps),
            key=lambda step: step.turn,
        )
        return list(dict.fromkeys(step.rule for step in steps))


def _run(rule: Rule, text: str, book: Rulebook) -> _Run:
    facts = fitting(rule)
    trace, findings = run_stages(text, context_of(text, book, facts.script or "auto", facts))
    return _Run(trace, tuple(findings))


def _example(rule: Rule, example: Example, book: Rulebook) -> tuple[str, str]:
    """What becomes of an example's raw text, and why that is wrong; the latter empty if not."""
    if isinstance(rule, DropRule | LayoutRule):
        return _line_example(rule, example, book)
    done, wanted = _run(rule, example.raw, book), _run(rule, example.clean, book)
    if rule.level == "suggest" or isinstance(rule, ConfusionRule):
        readings = {_run(rule, text, book).trace.text for text in _suggested(rule, done)}
        if done.trace.text == wanted.trace.text or wanted.trace.text in readings:
            return example.clean, _again(rule, wanted)
        return min(readings, default=done.trace.text), "" if readings else _silent(rule, done)
    if done.trace.text != wanted.trace.text:
        acted = rule.id in done.rules or isinstance(rule, ScriptRule | ProtectRule)
        return done.trace.text, "" if acted else _silent(rule, done)
    if isinstance(rule, ProtectRule):
        lost = [word for word in held(rule, example.raw) if word not in done.trace.text]
        if lost or not held(rule, example.raw):
            return done.trace.text, "nothing of it is protected"
        return example.clean, ""
    if rule.id not in done.rules and not isinstance(rule, ScriptRule):
        return example.clean, _silent(rule, done)
    return example.clean, _again(rule, wanted)


def _again(rule: Rule, wanted: _Run) -> str:
    if rule.id in wanted.rules:
        return f"the rule acts on its own result, and makes {wanted.trace.text!r} of it"
    return ""


def _suggested(rule: Rule, done: _Run) -> Iterator[str]:
    """The raw text with what the rule suggests put in: each alone, and the best of all."""
    raw = done.trace.raw
    own = [one for one in done.findings if one.rule == rule.id and one.alternatives]
    for one in own:
        for other in one.alternatives:
            yield raw[: one.start] + other.text + raw[one.end :]
    text = raw
    for one in sorted(own, key=lambda one: -one.start):
        text = text[: one.start] + one.alternatives[0].text + text[one.end :]
    if own:
        yield text


def _silent(rule: Rule, done: _Run) -> str:
    """Why the rule did not act."""
    others = [other for other in done.rules if other != rule.id]
    return f"{SILENT}; {', '.join(others)} did" if others else SILENT


def _unchanged(rule: Rule, text: str, book: Rulebook) -> tuple[str, str]:
    """What becomes of a text that must stay, and why that is wrong; the latter empty if not."""
    if isinstance(rule, DropRule | LayoutRule):
        found = _best(rule, text, book)
        return (text, f"the line is taken for {found.role}") if found else (text, "")
    done = _run(rule, text, book)
    if isinstance(rule, ProtectRule):
        if done.trace.text != text:
            return done.trace.text, f"changed by {', '.join(done.rules)}"
        return text, "" if held(rule, text) else "nothing of it is protected"
    acted = [one for one in done.rules if one in book.ids]
    if acted:
        return done.trace.text, f"changed by {', '.join(acted)}"
    if any(one.rule == rule.id for one in done.findings):
        return text, "the rule reports it"
    return text, ""


def _line_example(rule: DropRule | LayoutRule, example: Example, book: Rulebook) -> tuple[str, str]:
    found = _best(rule, example.raw, book)
    if found is None:
        return example.raw, f"{SILENT}: it does not know the line"
    got = "" if found.role == "furniture" else found.groups.get("name", example.raw)
    if got != example.clean or rule.level == "suggest":
        return got, ""
    among = book.on(fitting(rule)).line_role(example.raw, place=_place(rule))
    if among is None or among.role != rule.role:
        taken = f"rule {among.rule} takes it for {among.role}" if among else "no rule knows it"
        return got, f"among all rules {taken}"
    return got, ""


def _place(rule: DropRule | LayoutRule) -> Place:
    """The place that the rule asks for."""
    above, below = rule.place.above or (None,), rule.place.below or (None,)
    return Place(above[0], below[0])


def _best(rule: DropRule | LayoutRule, line: str, book: Rulebook) -> LineMatch | None:
    """The line's match in the best place for the rule; a cell's rule has the others beside it."""
    if isinstance(rule, DropRule) and rule.alone == "no":
        return book.on(fitting(rule)).line_role(line, place=_place(rule))
    return alone(rule).line_role(line, place=_place(rule))
