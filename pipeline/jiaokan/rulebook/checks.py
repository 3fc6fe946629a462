"""What a schema cannot say of a rule: patterns that compile, repairs that do not feed on
themselves, words that are there.
"""

import re
from collections.abc import Iterator
from math import isfinite

from jiaokan.rulebook.automaton import Automaton
from jiaokan.rulebook.build import Fault
from jiaokan.rulebook.conditions import right_after, right_before
from jiaokan.rulebook.facts import days, normal_date
from jiaokan.rulebook.phrases import pieces
from jiaokan.rulebook.reader import Path
from jiaokan.rulebook.regexes import compiled
from jiaokan.rulebook.replacement import template
from jiaokan.rulebook.rule import (
    Conditions,
    ConfusionRule,
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
from jiaokan.rulebook.words import LONGEST

LONGEST_LINE = 200
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def faults(rule: Rule) -> Iterator[Fault]:
    """What is wrong with a rule that has the right shape."""
    if not _ID.fullmatch(rule.id):
        yield Fault(("id",), f"id {rule.id!r}: lower-case letters, digits and single hyphens only")
    if not rule.reason.strip():
        yield Fault(("reason",), "the reason is empty")
    for number, example in enumerate(rule.examples):
        if example.raw == example.clean and not isinstance(rule, ProtectRule | LayoutRule):
            path = ("examples", number, "raw")
            yield Fault(path, "an example that changes nothing belongs under 'unchanged'")
    yield from _when(rule)
    match rule:
        case LiteralRule():
            yield from _literal(rule)
        case PatternRule():
            yield from _replacement(rule)
        case PhraseRule():
            yield from _phrase(rule)
        case ConfusionRule() | ScriptRule():
            yield from _pairs(rule)
        case LeakRule():
            yield from _leak(rule)
        case ProtectRule():
            yield from _protect(rule)
        case DropRule() | LayoutRule():
            yield from _line(rule)


def _when(rule: Rule) -> Iterator[Fault]:
    """What the conditions name must be there, and be possible."""
    when = rule.when
    if isinstance(when, Conditions):
        for side, bound in (("before", right_before), ("after", right_after)):
            found = list(_pattern(getattr(when, side), ("when", side)))
            yield from found
            if not found and getattr(when, side):
                try:
                    bound(getattr(when, side))
                except ValueError:
                    yield Fault(("when", side), f"{side}: a pattern that cannot stand in another")
    for name in when.publication:
        if not name.strip() or name != name.strip():
            yield Fault(("when", "publication"), f"publication: {name!r} is no name")
    span = {}
    for end, text in when.date.items():
        try:
            span[end] = days(normal_date(text))
        except ValueError as error:
            yield Fault(("when", "date", end), f"{end}: {error}")
    if len(span) == 2 and span["from"].first > span["to"].last:
        yield Fault(("when", "date"), "date: it ends before it begins")


def _margin(margin: float) -> Iterator[Fault]:
    if not isfinite(margin) or margin < 0:
        yield Fault(("margin",), "margin: a number of bits, 0 or more")


def _literal(rule: LiteralRule) -> Iterator[Fault]:
    yield from _margin(rule.margin)
    yield from _pairs(rule)
    own = Automaton(filter(None, rule.pairs))
    for wrong, right in rule.pairs.items():
        path = ("pairs", wrong)
        if wrong == right:
            yield Fault(path, f"{wrong!r} stands for itself")
        again = own.first(right)
        if again is not None and wrong != right:
            yield Fault(path, f"the rule would act on its own result: {right!r} holds {again!r}")


def _pairs(rule: LiteralRule | ConfusionRule | ScriptRule) -> Iterator[Fault]:
    if isinstance(rule, ConfusionRule):
        yield from _margin(rule.margin)
        for read, repairs in rule.pairs.items():
            if any(len(text) != 1 for text in (read, *repairs)):
                yield Fault(("pairs", read), "pairs: one character for one character only")
    if not rule.pairs:
        yield Fault(("pairs",), "no pairs")
    if "" in rule.pairs:
        yield Fault(("pairs", ""), "an empty word stands everywhere", True)
    for read, trues in rule.pairs.items():
        if isinstance(trues, tuple) and (not trues or "" in trues or read in trues):
            yield Fault(("pairs", read), "each reading must be another text than what is read")


def _replacement(rule: PatternRule) -> Iterator[Fault]:
    yield from _margin(rule.margin)
    if not set(rule.flags) <= set("ims" + "x"):
        yield Fault(("flags",), f"flags {rule.flags!r}: only the letters i, m, s, x")
        return
    found = list(_pattern(rule.pattern, ("pattern",), rule.flags))
    yield from found
    if found:
        return
    engine = compiled(rule.pattern, rule.flags).engine
    try:
        template(rule.replace, engine.groupindex, engine.groups)
    except ValueError as error:
        yield Fault(("replace",), f"replace: {error}")


def _phrase(rule: PhraseRule) -> Iterator[Fault]:
    if not 1 <= rule.distance <= 4:
        yield Fault(("distance",), "distance: 1 to 4")
        return
    least = 3 * (rule.distance + 1)
    if len(rule.phrase) < least:
        what = f"phrase: too short for distance {rule.distance}; {least} characters at least"
        yield Fault(("phrase",), what)
    elif any(len(piece) < 2 for piece, _ in pieces(rule.phrase, rule.distance + 1)):
        yield Fault(("phrase",), "phrase: too much punctuation to be found by its parts")


def _leak(rule: LeakRule) -> Iterator[Fault]:
    yield from _margin(rule.margin)
    if not re.fullmatch(r"[A-Za-z]+(?: [A-Za-z]+)*", rule.word):
        yield Fault(("word",), f"word {rule.word!r}: Latin letters only")
    if not rule.candidates:
        yield Fault(("candidates",), "no candidates")
    for number, candidate in enumerate(rule.candidates):
        where: Path = ("candidates", number, "when")
        yield from _pattern(candidate.when.before, (*where, "before"))
        yield from _pattern(candidate.when.after, (*where, "after"))


def _protect(rule: ProtectRule) -> Iterator[Fault]:
    if rule.level != "fix":
        yield Fault(
            ("level",), "level: what a protect rule names is held, or the rule is not there"
        )
    if not rule.words and not rule.pattern:
        yield Fault((), "'words' or 'pattern' is needed")
    if "" in rule.words:
        yield Fault(("words", rule.words.index("")), "an empty word stands everywhere")
    yield from _pattern(rule.pattern, ("pattern",))


def _line(rule: DropRule | LayoutRule) -> Iterator[Fault]:
    if not 1 <= rule.longest <= LONGEST_LINE:
        yield Fault(("longest",), f"longest: 1 to {LONGEST_LINE}")
    if not rule.pattern:
        yield Fault(("pattern",), "the pattern is empty")
    yield from _pattern(rule.pattern, ("pattern",))


def _pattern(pattern: str, path: Path, flags: str = "") -> Iterator[Fault]:
    if len(pattern) > LONGEST:
        yield Fault(path, f"{path[-1]}: more than {LONGEST:,} characters")
        return
    try:
        compiled(pattern, flags)
    except ValueError as error:
        what, at = error.args if len(error.args) == 2 else (str(error), None)
        after = f" at character {at + 1}" if isinstance(at, int) else ""
        yield Fault(path, f"{path[-1]}: {what}{after}")
