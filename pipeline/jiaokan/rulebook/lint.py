"""What is likely wrong with rules that are as they must be: two that undo each other, one that acts
on another's result or its own, one that another always hides, a pattern that may take too long.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from jiaokan.edit import Edit, apply
from jiaokan.errors import PageError
from jiaokan.rulebook.book import Rulebook
from jiaokan.rulebook.facts import fitting
from jiaokan.rulebook.packs import Known, Survey, survey
from jiaokan.rulebook.pattern_analysis import tries
from jiaokan.rulebook.problems import Problem
from jiaokan.rulebook.regexes import Pattern, compiled, han_written_out
from jiaokan.rulebook.rule import (
    Conditions,
    DropRule,
    LayoutRule,
    LeakRule,
    LiteralRule,
    PatternRule,
    PhraseRule,
    ProtectRule,
    Rule,
    ScriptRule,
)
from jiaokan.rulebook.scope import Scope
from jiaokan.rulebook.shadowing import Hiding

_LONG_TEXT = 1_000
_TOO_MANY = 10**9
"""Ways to match from one place of a long text: a repeat inside a repeat, or four side by side."""
_ENDLESS = (
    "may go back and forth without end: a repeat inside a repeat, or many side by side; "
    "make the inner one possessive (*+) or give it a bound ({1,20})"
)
_SAFE_ON_LINE = 10**6
_LONG = 0.3
"""Seconds after which a pattern is stuck."""
_MOST_PIECES = 40

_MANY = 1_000
"""Results of one rule that are looked at one by one."""

_FEEDS = "acts on its result"
_FEW = 10
"""Results on which one rule acts that are told one by one."""

_Path = tuple[str | int, ...]
_Result = tuple[_Path, str, str]
"""Where in the entry, what stood there, what the rule made of it."""


@dataclass(frozen=True, slots=True)
class Warning:
    """Something about a rule that a person should look at."""

    where: str
    """file:line:column."""
    rule: str
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was found."""

    rules: int
    """How many were looked at."""
    errors: tuple[Problem, ...]
    warnings: tuple[Warning, ...]

    def as_tree(self) -> dict[str, Any]:
        """For JSON."""
        names = ("where", "what", "quote", "hint")
        return {
            "rules": self.rules,
            "errors": [{name: getattr(one, name) for name in names} for one in self.errors],
            "warnings": [asdict(one) for one in self.warnings],
        }


def linted(scope: Scope) -> Report:
    """All errors, and what is doubtful about the rules that have none."""
    found = survey(scope.packs)
    asked = scope.rules(found)
    return Report(len(asked), tuple(found.problems), tuple(warnings(found, asked)))


def warnings(found: Survey, asked: "frozenset[str] | None" = None) -> Iterator[Warning]:
    """What is doubtful about the rules with these ids (None: all in force), in their order."""
    book, hiding = found.book(), Hiding(found)
    fed: Counter[str] = Counter()
    for rule in book.rules:
        known = found.rules[rule.id]
        told = []
        for path, what, other in _feeding(rule, found, book):
            if asked is None or not asked.isdisjoint({rule.id, other}):
                fed[other] += _FEEDS in what
                if _FEEDS not in what or fed[other] <= _FEW:
                    told.append((path, what))
        if asked is None or rule.id in asked:
            told += [(path, what) for path, what, _ in hiding.of(rule)]
            told += [*_slow(rule), *_silent(rule, book)]
        for path, what in dict.fromkeys(told):
            yield Warning(_place(known, path), rule.id, what)
    for other, times in fed.items():
        if times > _FEW:
            what = f"acts on {times - _FEW:,} more results; it may match more than is meant"
            yield Warning(found.rules[other].where("id"), other, what)


def _place(known: Known, path: _Path) -> str:
    document = known.file.document
    return known.where(*path, key=(*known.path, *path) in document.keys)


def _feeding(rule: Rule, found: Survey, book: Rulebook) -> Iterator[tuple[_Path, str, str]]:
    """What acts on what this rule makes: (path, what, id of that rule)."""
    if isinstance(rule, ScriptRule):
        yield from _chained(rule, book)
    if rule.level != "fix":
        return
    page = book.on(fitting(rule))
    for path, old, new in _worth_a_look(list(_results(rule)), page):
        by_rule: dict[str, list[Edit]] = {}
        try:
            acting = list(page.edits(new))
        except PageError as error:
            yield path, f"on its result {new[:20]}: {error.what}", rule.id
            continue
        for other, edit in acting:
            if other.level == "fix":
                by_rule.setdefault(other.id, []).append(edit)
        for other_id, edits in by_rule.items():
            then = apply(new, edits)
            steps = f"{old} → {new} → {then}"
            told = f"{other_id} ({found.rules[other_id].where('id')})"
            if other_id == rule.id:
                yield path, f"the rule acts on its own result: {steps}", other_id
            elif then == old:
                yield path, f"it and {told} undo each other: {steps}", other_id
            else:
                yield path, f"{told} {_FEEDS}: {steps}", other_id


def _worth_a_look(results: list[_Result], page: Rulebook) -> list[_Result]:
    """Those on which something acts. Very many are first looked at as the lines of one text; what
    acts at the edges of a page alone is not seen then."""
    if len(results) <= _MANY:
        return results
    news = [new for _, _, new in results]
    if any("\n" in new for new in news):
        return results
    starts = [0, *accumulate(len(new) + 1 for new in news)]
    try:
        edits = [edit for _, edit in page.edits("\n".join(news))]
    except PageError:
        return results
    lines = {bisect_right(starts, at) - 1 for edit in edits for at in (edit.start, edit.end)}
    return [results[line] for line in sorted(lines) if line < len(results)]


def _results(rule: Rule) -> Iterator[_Result]:
    """(path, before, after) of what the rule is known to make."""
    if isinstance(rule, LiteralRule):
        for wrong, right in rule.pairs.items():
            yield ("pairs", wrong), wrong, right
    elif isinstance(rule, PatternRule | PhraseRule):
        for number, example in enumerate(rule.examples):
            yield ("examples", number), example.raw, example.clean


def _chained(rule: ScriptRule, book: Rulebook) -> Iterator[tuple[_Path, str, str]]:
    for word, new in rule.pairs.items():
        for other in book.script_rules:
            then = other.pairs.get(new, new)
            if other.to == rule.to and new not in (word, then):
                own = "the rule" if other.id == rule.id else other.id
                what = f"{own} {_FEEDS}: {word} → {new} → {then}"
                yield ("pairs", word), what, other.id


def _slow(rule: Rule) -> Iterator[tuple[_Path, str]]:
    """Patterns that may take too long: by their form; on lines, only those that were seen to."""
    for path, pattern, flags, longest in _patterns(rule):
        source = f"(?{flags})" * bool(flags) + han_written_out(pattern)
        try:
            ways = tries(source, longest or _LONG_TEXT)
        except (re.error, OverflowError, RecursionError):
            ways = _TOO_MANY + 1  # only `regex` understands it: it is seen when it runs
        if ways <= (_SAFE_ON_LINE if longest else _TOO_MANY):
            continue
        engine = compiled(pattern, flags, line=longest)
        seen = any(_stuck(engine, text) for text in _hard(rule, longest or _LONG_TEXT))
        if seen or (ways > _TOO_MANY and not longest and not engine.only_regex):
            yield path, f"{path[-1]}: {_ENDLESS}"


def _stuck(pattern: Pattern, text: str) -> bool:
    try:
        any(True for _ in pattern.find(text, "", limit=_LONG))
        pattern.whole(text, "", _LONG)
    except PageError:
        return True
    return False


def _hard(rule: Rule, longest: int) -> Iterator[str]:
    """Texts that nearly match: what the examples hold, over and over, and an end that fits not."""
    texts = [*(example.raw for example in rule.examples), *rule.unchanged]
    pieces = {piece for text in texts for piece in (text, *text) if piece}
    for piece in sorted(pieces)[:_MOST_PIECES]:
        yield (piece * longest)[: longest - 1] + "\x00"


def _patterns(rule: Rule) -> Iterator[tuple[_Path, str, str, int]]:
    """(path, pattern, flags, the longest line it is tried on or 0)."""
    if isinstance(rule, DropRule | LayoutRule):
        yield ("pattern",), rule.pattern, "", rule.longest
    elif isinstance(rule, PatternRule):
        yield ("pattern",), rule.pattern, rule.flags, 0
    elif isinstance(rule, ProtectRule) and rule.pattern:
        yield ("pattern",), rule.pattern, "", 0
    elif isinstance(rule, LeakRule):
        for number, candidate in enumerate(rule.candidates):
            where: _Path = ("candidates", number, "when")
            yield (*where, "before"), candidate.when.before, "", 40
            yield (*where, "after"), candidate.when.after, "", 40
    if isinstance(rule.when, Conditions):
        yield ("when", "before"), rule.when.before, "", 40
        yield ("when", "after"), rule.when.after, "", 40


def _silent(rule: Rule, book: Rulebook) -> Iterator[tuple[_Path, str]]:
    from jiaokan.rulebook.example_runs import SILENT, silent

    found = silent(rule, book)
    if found:
        why = found.removeprefix(SILENT).strip(";: ")
        yield ("examples",), "it acts in none of its own examples" + (f": {why}" if why else "")
