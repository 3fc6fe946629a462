"""A rule's examples, each checked with that rule alone.

What an example says depends on the kind: of the kinds that change text it gives the text before
and after; of `drop` a line and nothing; of `layout` a line and what is read in it, the name in a
byline, else the line. Of `protect` it gives a text that holds something protected, and the text
as all stages leave it, in which that still stands. A `leak` or `confusion` rule only says what may
be: its example must be one of the results that it allows.

Here a rule is tried alone. `jiaokan.rulebook.example_runs` tries it among all others.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from jiaokan.edit import Edit, apply, ordered
from jiaokan.rulebook.book import Rulebook
from jiaokan.rulebook.lines import LineMatch, Place
from jiaokan.rulebook.rule import (
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


def failures(rule: Rule, book: Rulebook) -> Iterator[str]:
    """What in a rule's examples does not hold, in sentences. `book` holds the rules beside it."""
    if isinstance(rule, ProtectRule):
        yield from _unheld(rule)
        return
    for example in rule.examples:
        results = list(outcomes(rule, example.raw, book))
        if example.clean not in results:
            shown = ", ".join(map(repr, results)) or "nothing"
            yield f"{rule.id}: {example.raw!r} gives {shown}, not {example.clean!r}"
    for text in rule.unchanged:
        if isinstance(rule, LiteralRule | PatternRule | PhraseRule | DropRule | LayoutRule):
            results = [result for result in outcomes(rule, text, book) if result != text]
            if results or _line(rule, text, book) is not None:
                yield f"{rule.id}: {text!r} must stay as it is, and gives {results}"


def _unheld(rule: ProtectRule) -> Iterator[str]:
    for text in (*(example.raw for example in rule.examples), *rule.unchanged):
        if not held(rule, text):
            yield f"{rule.id}: nothing in {text!r} is protected"
    for example in rule.examples:
        for word in held(rule, example.raw):
            if word not in example.clean:
                yield f"{rule.id}: {word!r} is protected and does not stand in {example.clean!r}"


def held(rule: ProtectRule, text: str) -> list[str]:
    """What the rule protects in a text."""
    spans = alone(rule).protected(text)
    return [text[start:end] for start, end in zip(spans.starts, spans.ends, strict=True)]


def alone(rule: Rule) -> Rulebook:
    """A book of one rule, in force, on a page that it is for."""
    return Rulebook((replace(rule, level="fix"),), "", for_page=True)


def outcomes(rule: Rule, text: str, book: Rulebook) -> Iterator[str]:
    """What the rule may make of a text by itself."""
    match rule:
        case PhraseRule():
            alike = (one for one in book.rules if isinstance(one, ConfusionRule))
            known = Rulebook((*alone(rule).rules, *alike), "", for_page=True)
            yield apply(text, [edit for _, edit in known.edits(text)])
        case LiteralRule() | PatternRule():
            yield apply(text, [edit for _, edit in alone(rule).edits(text)])
        case ProtectRule():
            yield text
        case DropRule() | LayoutRule():
            found = _line(rule, text, book)
            if found is not None:
                yield "" if found.role == "furniture" else found.groups.get("name", text)
        case LeakRule():
            for candidate in rule.candidates:
                blanks = product((f" {rule.word}", rule.word), (" ", ""))
                yield from (text.replace(left + right, candidate.text) for left, right in blanks)
        case ConfusionRule():
            for read, trues in rule.pairs.items():
                yield from (text.replace(read, true) for true in trues if read in text)
        case ScriptRule():
            for word, new in rule.pairs.items():
                yield text.replace(word, new)
            yield _converted(rule, text)


def _converted(rule: ScriptRule, text: str) -> str:
    """The text as the stage that converts it leaves it with this rule."""
    from jiaokan.stages import script
    from jiaokan.stages.context import Context

    items = script.run(text, Context(rule.to, alone(rule)))
    return apply(text, ordered((item for item in items if isinstance(item, Edit)), text))


def _line(rule: Rule, line: str, book: Rulebook) -> LineMatch | None:
    """The line's match in the best place for the rule; a cell's rule has the others beside it."""
    if not isinstance(rule, DropRule | LayoutRule):
        return None
    above, below = rule.place.above or (None,), rule.place.below or (None,)
    others = isinstance(rule, DropRule) and rule.alone == "no"
    return (book if others else alone(rule)).line_role(line, place=Place(above[0], below[0]))
