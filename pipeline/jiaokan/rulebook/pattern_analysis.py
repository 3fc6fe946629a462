"""Static analysis of a pattern: the words that it needs, how wide it is, how long it may take."""

from collections.abc import Iterator
from functools import lru_cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

WIDEST = 24
"""A gate that may lie farther from the match's start does not tell where to look."""
_MOST_WORDS = 64
_OFTEN = frozenset(
    "，。、“”：；《》（）0123456789\n 的一是在了不和有人这中大为上个国我以要他时来们到年月日"
)
_FREQUENT, _SELDOM = 0.02, 0.002
"""Shares of a frequent character and of any other in a text."""
_MOST_SPELLINGS = 32
"""Spellings of a run of characters that are looked for as words; with more it is cut."""
_WRITTEN_OUT = 4
"""A character that is repeated so many times is taken for so many characters."""
_FAR = 10**6
_ENDLESS = 10**12
_FEW = 5_000
"""What is never gone back into adds its tries to those around it and does not multiply them."""


class Gate(NamedTuple):
    """Words of which one must stand in whatever matches."""

    words: tuple[str, ...]
    low: int
    """The word begins at the match's start + `low` at the earliest"""
    high: int
    """and + `high` at the latest."""


@lru_cache(maxsize=8)
def _parsed(source: str) -> Any:
    return parser.parse(source)


def gates(source: str) -> tuple[Gate, ...]:
    r"""What must stand in whatever matches: one word of every gate. The best gate comes first.

    >>> gates("[甲乙丙丁][0-9]{1,3}版")
    (Gate(words=('版',), low=2, high=4), Gate(words=('甲', '乙', '丙', '丁'), low=0, high=0))
    >>> gates("(?<=[甲乙])丙"), gates(".+")
    ((Gate(words=('甲丙', '乙丙'), low=-1, high=-1),), ())
    >>> gates(r"([，。])\1")
    (Gate(words=('，，', '。。'), low=0, high=0),)
    >>> gates("(?<=(?<!丁)甲[乙丙])一")
    (Gate(words=('甲乙一', '甲丙一'), low=-2, high=-2),)
    """
    tree = _parsed(source)
    if tree.state.flags & parser.SRE_FLAG_IGNORECASE:
        return ()
    return tuple(_telling([gate for gate in _needed(tree, 0, 0) if len(gate.words) <= _MOST_WORDS]))


def _telling(found: list[Gate]) -> list[Gate]:
    """The two gates that leave the fewest places to be tried, the better one first."""
    return sorted(found, key=_places)[:2]


def _places(gate: Gate) -> float:
    """About how many places of a text the gate leaves to be tried, a character."""
    width = gate.high - gate.low
    return (width + 1 if width <= WIDEST else _FAR) * sum(map(_word_share, gate.words))


def _word_share(word: str) -> float:
    share = 1.0
    for char in word:
        share *= _FREQUENT if char in _OFTEN else _SELDOM
    return share


def _needed(tree: Any, low: int, high: int) -> list[Gate]:
    """The gates of a sequence that begins `low` to `high` characters after the match."""
    found: list[Gate] = []
    run = Gate(("",), low, high)  # what has just stood there, in all its spellings
    group = None  # the number of the group that its last character is
    for op, argument in [*_items(tree), (None, None)]:
        if op is ops.GROUPREF and argument == group and run.words != ("",):
            run = run._replace(words=tuple(word + word[-1] for word in run.words))
            low, high = low + 1, high + 1
            continue
        group = argument[0] if op is ops.SUBPATTERN else None
        choices = _spelt(op, argument)
        if choices and len(run.words) * len(choices) <= _MOST_SPELLINGS:
            run = run._replace(words=tuple(head + tail for head in run.words for tail in choices))
            low, high = low + 1, high + 1
            continue
        if op is ops.ASSERT:
            beside = _beside(argument, run, low, high)
            if beside is not None:
                ahead = argument[0] > 0
                found += [beside] if ahead else []
                run = Gate(("",), low, high) if ahead else beside
                continue
        if run.words != ("",):
            found.append(run)
        if choices:
            run = Gate(choices, low, high)
            low, high = low + 1, high + 1
            continue
        if op is not None:
            found += _needed_by(op, argument, low, high)
            least, most = _width(op, argument)
            low, high = low + least, min(high + most, _FAR)
        run = Gate(("",), low, high)
    return found


def _items(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The items of a sequence, one that is repeated a fixed number of times as often."""
    for op, argument in tree:
        fixed = op is ops.MAX_REPEAT and argument[0] == argument[1] <= _WRITTEN_OUT
        if fixed and len(argument[2]) == 1 and _spelt(*argument[2][0]):
            yield from [argument[2][0]] * argument[0]
        else:
            yield op, argument


def _beside(argument: Any, run: Gate, low: int, high: int) -> Gate | None:
    """The run with those characters next to it that a look-around at its edge asks for; None: no
    such."""
    direction, tree = argument
    if (run.words == ("",)) == (direction > 0):
        return None
    words: tuple[str, ...] = ("",)
    length = 0
    for op, inner in list(_items(tree))[::direction]:
        if op is ops.ASSERT_NOT:
            continue
        choices = _spelt(op, inner)
        if not choices or len(run.words) * len(words) * len(choices) > _MOST_SPELLINGS:
            break
        ahead = direction > 0
        words = tuple(w + c if ahead else c + w for w in words for c in choices)
        length += 1
    if not length:
        return None
    if direction < 0:
        return Gate(words, low - length, high - length)
    return run._replace(words=tuple(head + tail for head in run.words for tail in words))


def _spelt(op: Any, argument: Any) -> tuple[str, ...]:
    """The characters of which one stands there; none where that is not known."""
    if op is ops.LITERAL:
        return (chr(argument),)
    if op is ops.IN and all(item[0] in (ops.LITERAL, ops.RANGE) for item in argument):
        codes = [(item[1], item[1]) if item[0] is ops.LITERAL else item[1] for item in argument]
        if sum(last - first + 1 for first, last in codes) <= _MOST_WORDS:
            every = (chr(code) for first, last in codes for code in range(first, last + 1))
            return tuple(dict.fromkeys(every))
    if op is ops.SUBPATTERN and not argument[1] & parser.SRE_FLAG_IGNORECASE:
        tree = argument[3]
        return _spelt(*tree[0]) if len(tree) == 1 else ()
    return ()


def _needed_by(op: Any, argument: Any, low: int, high: int) -> list[Gate]:
    if op is ops.SUBPATTERN:
        _, add, _, tree = argument
        return [] if add & parser.SRE_FLAG_IGNORECASE else _needed(tree, low, high)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _needed(argument[2], low, high) if argument[0] else []
    if op is ops.ATOMIC_GROUP:
        return _needed(argument, low, high)
    if op is ops.ASSERT and argument[0] > 0:
        return _needed(argument[1], low, high)
    if op is ops.BRANCH:
        return _one_of([_needed(tree, low, high) for tree in argument[1]])
    return []


def _one_of(branches: list[list[Gate]]) -> list[Gate]:
    """One gate for alternatives: the longest word of each."""
    if not all(branches):
        return []
    best = [max(gates, key=lambda gate: min(map(len, gate.words))) for gates in branches]
    words = tuple(dict.fromkeys(word for gate in best for word in gate.words))
    return [Gate(words, min(gate.low for gate in best), max(gate.high for gate in best))]


def _width(op: Any, argument: Any) -> tuple[int, int]:
    """How many characters an item takes, at least and at most."""
    if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
        return 0, 0
    if op is ops.SUBPATTERN:
        return _span(argument[3])
    if op is ops.ATOMIC_GROUP:
        return _span(argument)
    if op is ops.BRANCH:
        spans = [_span(tree) for tree in argument[1]]
        return min(span[0] for span in spans), max(span[1] for span in spans)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, tree = argument
        low, high = _span(tree)
        return min(least * low, _FAR), min(int(most) * high, _FAR)
    if op in (ops.GROUPREF, ops.GROUPREF_EXISTS):
        return 0, _FAR
    return 1, 1


@lru_cache(maxsize=256)
def _span(tree: Any) -> tuple[int, int]:
    widths = [_width(op, argument) for op, argument in tree]
    return min(sum(w[0] for w in widths), _FAR), min(sum(w[1] for w in widths), _FAR)


def width(source: str) -> tuple[int, int]:
    """How many characters a match has, at least and at most.

    >>> width("(?<=甲)[乙丙]丁?(?!戊)")
    (1, 2)
    """
    return _span(_parsed(source))


def not_behind(source: str) -> frozenset[str]:
    r"""Characters after which no match can begin, as far as look-behinds in front of all tell.

    >>> sorted(not_behind(r"(?<![\d甲乙])(?!丁己)(?<!丙)[丁戊]己"))
    ['丙', '乙', '甲']
    >>> not_behind("(?<!甲乙)丙") | not_behind("(?<![^甲])丙") | not_behind("甲(?<!乙)")
    frozenset()
    """
    found: set[str] = set()
    for op, argument in _parsed(source):
        if op not in (ops.ASSERT, ops.ASSERT_NOT):
            break
        behind = op is ops.ASSERT_NOT and argument[0] < 0
        if behind and len(argument[1]) == 1:
            found.update(_among(*argument[1][0]))
    return frozenset(found)


def _among(op: Any, argument: Any) -> Iterator[str]:
    """Characters that an item matches, single ones as they stand in the pattern."""
    if op is ops.LITERAL:
        yield chr(argument)
    elif op is ops.IN and argument[0][0] is not ops.NEGATE:
        yield from (chr(code) for kind, code in argument if kind is ops.LITERAL)


def tries(source: str, endless: int) -> int:
    r"""At most so many ways to match are tried from one place, `endless` for each open repeat.

    >>> tries("甲{2}[乙丙]?", 100), tries("甲+乙", 100), tries("(甲+)+乙", 100) > 10**6
    (2, 100, True)
    """
    return min(_tries(_parsed(source), endless), _ENDLESS)


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
