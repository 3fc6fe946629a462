"""What can be told of a pattern without running it: what it needs, how long it may take."""

from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_MOST_GATES = 64
_ENDLESS = 10**12
_FEW = 5_000
"""What is never gone back into adds its tries to those around it and does not multiply them."""


def gates(source: str) -> tuple[str, ...]:
    r"""Texts of which one must stand in whatever matches; none: nothing is known.

    >>> gates("第[0-9]+版"), gates("(?:编辑|校对)：.+"), gates("[0-9]+")
    (('版',), ('编辑', '校对'), ())
    """
    tree = parser.parse(source)
    if tree.state.flags & parser.SRE_FLAG_IGNORECASE:
        return ()
    return _needed(tree)


def _needed(tree: Any) -> tuple[str, ...]:
    """The best gate of a sequence: long texts, then few of them, then late ones."""
    choices: list[tuple[str, ...]] = []
    run = ""
    for op, argument in [*tree, (None, None)]:
        if op is ops.LITERAL:
            run += chr(argument)
            continue
        if run:
            choices.append((run,))
            run = ""
        inner = _needed_by(op, argument)
        if inner:
            choices.append(inner)
    choices = [words for words in choices if len(words) <= _MOST_GATES]
    return max(choices, key=lambda words: (min(map(len, words)), -len(words)), default=())


def _needed_by(op: Any, argument: Any) -> tuple[str, ...]:
    if op is ops.SUBPATTERN:
        _, add, _, tree = argument
        return () if add & parser.SRE_FLAG_IGNORECASE else _needed(tree)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _needed(argument[2]) if argument[0] else ()
    if op is ops.ATOMIC_GROUP:
        return _needed(argument)
    if op is ops.ASSERT:
        return _needed(argument[1])
    if op is ops.BRANCH:
        every = [_needed(tree) for tree in argument[1]]
        return tuple(dict.fromkeys(sum(every, ()))) if all(every) else ()
    if op is ops.IN and all(item[0] is ops.LITERAL for item in argument):
        return tuple(chr(item[1]) for item in argument)
    return ()


def tries(source: str, endless: int) -> int:
    r"""At most so many ways to match are tried from one place, `endless` for each open repeat.

    >>> tries("甲{2}[乙丙]?", 100), tries("甲+乙", 100), tries("(甲+)+乙", 100) > 10**6
    (2, 100, True)
    """
    return min(_tries(parser.parse(source), endless), _ENDLESS)


def _tries(tree: Any, endless: int) -> int:
    ways = 1
    for op, argument in tree:
        ways *= _tries_of(op, argument, endless)
        if ways > _ENDLESS:
            return _ENDLESS
    return ways


def _tries_of(op: Any, argument: Any, endless: int) -> int:
    if op is ops.SUBPATTERN:
        return _tries(argument[3], endless)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, tree = argument
        most = endless if most is ops.MAXREPEAT else min(most, endless)
        inner = _tries(tree, endless)
        if op is ops.POSSESSIVE_REPEAT and inner <= _FEW:
            return 1
        turns = max(1, most - least + 1)
        return turns if inner == 1 else int(min(turns * inner ** min(most, 64), _ENDLESS))
    if op is ops.ATOMIC_GROUP:
        inner = _tries(argument, endless)
        return inner if inner > _FEW else 1
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return _tries(argument[1], endless)
    if op is ops.BRANCH:
        return sum(_tries(tree, endless) for tree in argument[1])
    if op is ops.GROUPREF_EXISTS:
        return sum(_tries(tree, endless) for tree in argument[1:] if tree)
    return 1
