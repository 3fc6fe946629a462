"""A rule from the mapping that its YAML entry is.

pydantic is what says whether an entry is as it must be, and names all that is wrong with it.
Importing it and building its validators takes longer than reading every built-in pack, though,
so an entry that fits its kind to the letter is made into a rule without it: `fitted` accepts
nothing that pydantic would not.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from jiaokan.rulebook.reader import Path, Value
from jiaokan.rulebook.rule import KINDS, PROOF, Rule


class Fault(NamedTuple):
    """Something wrong inside an entry."""

    path: Path
    """From the entry on."""
    what: str
    key: bool = False
    """Whether it is the key at that path, not its value."""
    hint: str = ""
    """What to do about it, where that is not plain."""


class _Unfit(Exception):
    """The short way does not take the value."""


def built(kind: str, entry: Mapping[str, Value]) -> Rule | list[Fault]:
    """The rule, or what is wrong with the entry."""
    made: Any = KINDS[kind]
    try:
        rule: Rule = _fitted(made)(shorthand(entry))
        return rule
    except _Unfit:
        return _validated(kind, shorthand(entry))


def unproved(entry: Mapping[str, Value]) -> Iterator[Fault]:
    """What an entry lacks: examples, texts that come close and stay, what conditions ask for."""
    for key in PROOF:
        if not entry.get(key):
            what = f"the key {key!r} is missing" if key not in entry else f"{key}: nothing in it"
            path: Path = () if key not in entry else (key,)
            yield Fault(path, what, key in entry, _ADD[key, entry.get("kind") == "protect"])
    when = entry.get("when")
    for key, value in when.items() if isinstance(when, dict) else ():
        if value == []:
            hint = "Say what it asks for, or leave the key out: then the rule acts everywhere."
            yield Fault(("when", key), f"{key}: nothing in it", True, hint)


_ADD = {
    ("examples", False): "Add a text on which the rule acts, and what becomes of it: "
    "`examples: {恶劣天侯: 恶劣天候}`.",
    ("examples", True): "Add a text that holds something protected: `examples: [江城曰报社]`.",
    ("unchanged", False): "Add a text that comes close and must stay: `unchanged: [诸侯]`.",
    ("unchanged", True): "Add a text that must stay as it is: `unchanged: [江城曰报]`.",
}


def shorthand(entry: Mapping[str, Value]) -> dict[str, Value]:
    """The entry with its short forms written out.

    >>> shorthand({"examples": {"己经": "已经"}, "candidates": ["和"]})
    {'examples': [{'raw': '己经', 'clean': '已经'}], 'candidates': [{'text': '和'}]}
    """
    out = dict(entry)
    examples = out.get("examples")
    if isinstance(examples, dict):
        out["examples"] = [{"raw": raw, "clean": clean} for raw, clean in examples.items()]
    elif isinstance(examples, list):
        held = out.get("kind") == "protect"
        out["examples"] = [_example(item, held) for item in examples]
    candidates = out.get("candidates")
    if isinstance(candidates, list):
        out["candidates"] = [{"text": i} if isinstance(i, str) else i for i in candidates]
    pairs = out.get("pairs")
    if out.get("kind") == "confusion" and isinstance(pairs, dict):
        out["pairs"] = {read: list(t) if isinstance(t, str) else t for read, t in pairs.items()}
    when = out.get("when")
    if isinstance(when, dict):
        out["when"] = {
            key: [value] if key in _LISTS and isinstance(value, str) else value
            for key, value in when.items()
        }
    return out


_LISTS = ("publication", "script", "place")
"""Keys of `when` whose value may be one text in the place of a list."""


def _example(item: Value, held: bool) -> Value:
    if held and isinstance(item, str):
        return {"raw": item, "clean": item}
    if isinstance(item, dict) and len(item) == 1 and not item.keys() & {"raw", "clean"}:
        (raw, clean), *_ = item.items()
        return {"raw": raw, "clean": clean}
    return item


@cache
def _fitted(kind: Any) -> Callable[[Any], Any]:
    """A function that makes a value of a type from what YAML gave, or raises _Unfit."""
    if kind is str:
        return _text
    if kind in (int, float):
        return lambda value: _number(kind, value)
    if is_dataclass(kind):
        return _fitted_dataclass(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return lambda value: value if isinstance(value, str) and value in arguments else _refuse()
    if origin is tuple:
        inner = _fitted(arguments[0])
        return lambda value: tuple(map(inner, value)) if isinstance(value, list) else _refuse()
    if origin is dict:
        name, inner = _fitted(arguments[0]), _fitted(arguments[1])
        return lambda value: (
            {name(key): inner(item) for key, item in value.items()}
            if isinstance(value, dict)
            else _refuse()
        )
    raise TypeError(f"no short way for {kind}")


def _fitted_dataclass(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    known = {field.name: _fitted(hints[field.name]) for field in fields(kind)}
    needed = {
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }

    def build(value: Any) -> Any:
        if not isinstance(value, dict) or not needed <= value.keys() <= known.keys():
            raise _Unfit
        return kind(**{key: known[key](item) for key, item in value.items()})

    return build


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit
    return value


def _number(kind: type[int] | type[float], value: Any) -> Any:
    try:
        return kind(value)
    except (TypeError, ValueError):
        raise _Unfit from None


def _refuse() -> Any:
    raise _Unfit


def _validated(kind: str, entry: dict[str, Value]) -> Rule | list[Fault]:
    from pydantic import ValidationError

    try:
        rule: Rule = adapter(kind).validate_python(entry)
        return rule
    except ValidationError as error:
        return [_fault(kind, item) for item in error.errors(include_url=False)]


@cache
def adapter(kind: str) -> Any:
    """pydantic's validator of a kind."""
    from pydantic import TypeAdapter

    return TypeAdapter(KINDS[kind])


_WANTED = {
    "string_type": "a text must stand here",
    "tuple_type": "a list must stand here",
    "dict_type": "a mapping must stand here",
    "dataclass_type": "a mapping must stand here",
    "int_parsing": "a whole number must stand here",
    "int_type": "a whole number must stand here",
    "float_parsing": "a number must stand here",
    "float_type": "a number must stand here",
}
"""What a value must be, in the words of somebody who writes YAML."""
_ABSENT = ("missing", "missing_argument", "missing_keyword_only_argument")


def _fault(kind: str, error: Any) -> Fault:
    path: Path = tuple(error["loc"])
    if error["type"] == "unexpected_keyword_argument":
        from jiaokan.rulebook.problems import nearest

        known = keys_at(KINDS[kind], path[:-1])
        guess = nearest(str(path[-1]), known) or f"; one of {', '.join(known)}"
        return Fault(path, f"unknown key {path[-1]!r}{guess}", True)
    if path and path[-1] == "[key]":
        known = ["from", "to"]
        what = f"unknown key {path[-2]!r}; only {' and '.join(map(repr, known))} may stand here"
        return Fault(path[:-1], what, True)
    if error["type"] in _ABSENT:
        return Fault(path[:-1], f"the key {path[-1]!r} is missing")
    what = _WANTED.get(error["type"]) or error["msg"][0].lower() + error["msg"][1:]
    if error["type"] == "literal_error" and isinstance(error["input"], str):
        from jiaokan.rulebook.problems import nearest

        known = re.findall(r"'([^']+)'", error["ctx"]["expected"])
        what += nearest(error["input"], known)
    named = next((step for step in reversed(path) if isinstance(step, str)), "entry")
    return Fault(path, f"{named}: {what}")


def keys_at(kind: Any, path: Path) -> list[str]:
    """The keys that may stand in the mapping at a path inside an entry."""
    for step in path:
        if is_dataclass(kind) and isinstance(step, str):
            kind = get_type_hints(kind)[step]
        else:
            kind = get_args(kind)[-1 if isinstance(step, str) else 0]
    return [field.name for field in fields(kind)] if is_dataclass(kind) else []
