"""A JSON Schema of rule files (draft 2020-12), made from the dataclasses of the rules.

Editors read it: they complete keys, show what each is for, and mark what is wrong. What it cannot
say (a pattern that compiles, a repair that feeds on itself) `jiaokan rules lint` says. Patterns
have no `format: regex`: it means JavaScript's expressions, which know no `(?P<name>` and no `*+`.
`jiaokan/rulebook/rules.schema.json` is its published form; a test keeps it in step.
"""

import ast
import inspect
import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal, get_args, get_origin, get_type_hints

from jiaokan.rulebook import rule as model
from jiaokan.rulebook.rule import KINDS, PROOF, Example

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILE = "rules.schema.json"
MODELINE = f"# yaml-language-server: $schema={FILE}"
"""The first line of a rule file beside the schema."""

Tree = dict[str, Any]

_TEXT: Tree = {"type": ["string", "number", "boolean", "null"]}
"""A scalar: it is read as the text that stands there, whatever else YAML makes of it."""
_MONTH, _DAY = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
_DATE: Tree = {
    "type": ["string", "number"],
    "pattern": (
        rf"^\s*[0-9]{{4}}(?:-{_MONTH}(?:-{_DAY})?|年(?:{_MONTH}月(?:{_DAY}日)?)?|[0-9]{{4}})?\s*$"
    ),
}
_SCRIPT_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_LIMITS: dict[tuple[str, str], Tree] = {
    ("", "id"): {"type": "string", "pattern": f"^{_SCRIPT_ID}$"},
    ("", "reason"): {"minLength": 1},
    ("", "margin"): {"minimum": 0},
    ("", "longest"): {"minimum": 1, "maximum": 200},
    ("phrase", "distance"): {"minimum": 1, "maximum": 4},
    ("phrase", "phrase"): {"minLength": 6},
    ("pattern", "flags"): {"type": "string", "pattern": "^[imsx]*$"},
    ("protect", "level"): {"enum": ["fix"]},
    ("leak", "word"): {"type": ["string", "boolean"], "pattern": "^[A-Za-z]+(?: [A-Za-z]+)*$"},
    ("drop", "alone"): {"enum": ["yes", "no", True, False]},
    ("leak", "candidates"): {"minItems": 1},
    ("", "pairs"): {"minProperties": 1},
}
"""(kind, key) -> what the types do not say; kind "": every kind. `on`, `yes` and `no` are text
here, and true or false to editors that read old YAML."""
_ONE_OR_MORE = ("publication", "script", "place")


def published() -> str:
    """The schema as it ships with the package."""
    return (files("jiaokan.rulebook") / FILE).read_text("utf-8")


def written() -> str:
    """The schema as it must be, as JSON text."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def schema() -> Tree:
    """The schema of a rule file."""
    return {
        "$schema": DIALECT,
        "title": "Rules of jiaokan",
        "description": "A list of rules, or a mapping with rules, off and words.",
        "if": {"type": "array"},
        "then": {"$ref": "#/$defs/rules"},
        "else": {"$ref": "#/$defs/file"},
        "$defs": {
            "file": {
                "type": ["object", "null"],
                "properties": {
                    "off": {
                        "type": "array",
                        "items": {"type": "string"},
                        "description": "Ids of rules of earlier packs that are switched off.",
                    },
                    "words": {
                        "type": "object",
                        "additionalProperties": {
                            "anyOf": [_TEXT, {"type": "array", "items": _TEXT}]
                        },
                        "description": "Named lists of words, with blanks between them; "
                        "{{name}} in a pattern stands for any of them.",
                    },
                    "rules": {"$ref": "#/$defs/rules", "description": "The rules."},
                },
                "additionalProperties": False,
            },
            "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
            "rule": _any_rule(),
            **{kind: _rule(kind) for kind in KINDS},
        },
    }


def _any_rule() -> Tree:
    """A rule of some kind; `if` and `then` make an editor speak of the kind that is meant."""
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {
                "enum": list(KINDS),
                "description": "\n".join(f"{kind}: {_said(cls)}" for kind, cls in KINDS.items()),
            }
        },
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": f"#/$defs/{kind}"},
            }
            for kind in KINDS
        ],
    }


def _rule(kind: str) -> Tree:
    tree = _object(KINDS[kind], kind)
    tree["description"] = _said(KINDS[kind])
    tree["required"] = list(dict.fromkeys(["id", "kind", "reason", *tree["required"], *PROOF]))
    examples = tree["properties"]["examples"]
    pairs = {"type": "object", "additionalProperties": _TEXT, "minProperties": 1}
    item: Tree = {"anyOf": [_object(Example, kind), {**pairs, "maxProperties": 1}]}
    if kind == "protect":
        item["anyOf"].append(_TEXT)
    examples |= {"anyOf": [pairs, {"type": "array", "items": item, "minItems": 1}]}
    for key in ("type", "items"):
        examples.pop(key, None)
    tree["properties"]["unchanged"]["minItems"] = 1
    if kind == "protect":
        tree["anyOf"] = [{"required": ["words"]}, {"required": ["pattern"]}]
    return tree


def _object(cls: Any, kind: str) -> Tree:
    """The schema of a dataclass."""
    hints = get_type_hints(cls)
    properties: Tree = {}
    for field in _in_order(cls):
        tree = _type(hints[field.name], kind, field.name)
        tree |= _LIMITS.get(("", field.name), {}) | _LIMITS.get((kind, field.name), {})
        if field.name in said(cls):
            tree["description"] = said(cls)[field.name]
        if isinstance(field.default, str | int | float) and field.name != "kind":
            tree["default"] = field.default
        properties[field.name] = tree
    if "kind" in properties:
        properties["kind"] = {"const": kind, "description": f"{kind}: {_said(cls)}"}
    return {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in _in_order(cls) if _needed(field)],
        "additionalProperties": False,
    }


def _in_order(cls: Any) -> Iterator["Field[Any]"]:
    """The fields as people write them: id, kind, reason, what the kind has, examples."""
    last = ("level", "when", *PROOF)
    first = ("id", "kind", "reason")
    known = {field.name: field for field in fields(cls)}
    own = [name for name in known if name not in first + last]
    for name in (*first, *own, *last):
        if name in known:
            yield known[name]


def _needed(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _type(hint: Any, kind: str, key: str) -> Tree:
    origin, arguments = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        return _object(hint, kind)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        item = _type(arguments[0], kind, "")
        many: Tree = {"type": "array", "items": item}
        if key == "candidates":
            item = {"anyOf": [_TEXT, item]}
            many = {"type": "array", "items": item}
        if key in _ONE_OR_MORE or key == "":
            return {"anyOf": [item, {**many, "minItems": 1}]}
        return many
    if origin is dict:
        return _mapping(arguments, kind)
    return dict({str: _TEXT, int: {"type": "integer"}, float: {"type": "number"}}[hint])


def _mapping(arguments: tuple[Any, ...], kind: str) -> Tree:
    value = _type(arguments[1], kind, "")
    if get_origin(arguments[0]) is Literal:
        names = get_args(arguments[0])
        said_of = {"from": "First day, month or year.", "to": "Last day, month or year."}
        return {
            "type": "object",
            "properties": {
                name: {**value, **_DATE, "description": said_of[name]} for name in names
            },
            "additionalProperties": False,
            "minProperties": 1,
        }
    return {"type": "object", "additionalProperties": value}


@cache
def said(cls: Any) -> dict[str, str]:
    """What stands under each field of a dataclass, those that it inherits too."""
    found: dict[str, str] = {}
    bodies = {
        node.name: node.body
        for node in ast.parse(inspect.getsource(model)).body
        if isinstance(node, ast.ClassDef)
    }
    for base in reversed(cls.__mro__):
        body = bodies.get(base.__name__, [])
        for one, below in pairwise(body):
            if not (isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)):
                continue
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                found[one.target.id] = inspect.cleandoc(str(below.value.value))
    found["kind"] = "The rule's kind."
    return found


def _said(cls: Any) -> str:
    return inspect.cleandoc(cls.__doc__ or "")


def write() -> None:
    """Write the published schema anew: `python -m jiaokan.rulebook.schema`."""
    from pathlib import Path

    from jiaokan.formats.atomic import write_atomic

    write_atomic(Path(__file__).with_name(FILE), written().encode())


if __name__ == "__main__":
    write()
