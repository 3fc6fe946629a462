"""A record: one page of a JSONL or Parquet file."""

from pathlib import Path
from typing import Any, NamedTuple

from jiaokan.errors import JiaokanError

ENDINGS = (".jsonl", ".ndjson", ".parquet")
PACKINGS = (".gz", ".zst")
TABLES = ("articles", "edits", "pages")
"""What records become."""


class Record(NamedTuple):
    """One record, or what is wrong with it."""

    place: str
    """FILE:LINE, or FILE:row N."""
    id: str
    """Empty where it cannot be told."""
    text: str
    error: str = ""
    """Why it is no page, with what to do; empty where it is one."""


class Fields(NamedTuple):
    """Where a record's text and id stand."""

    text: str = "text"
    id: str = "id"


def kind_of(path: Path) -> str:
    """Which kind of record file a name says: jsonl, parquet; empty: none.

    >>> kind_of(Path("a.JSONL.gz")), kind_of(Path("b.parquet")), kind_of(Path("c.txt.gz"))
    ('jsonl', 'parquet', '')
    """
    name = path.name.lower()
    for packing in PACKINGS:
        name = name.removesuffix(packing)
    packed = name != path.name.lower()
    if name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    return "parquet" if name.endswith(".parquet") and not packed else ""


def record_of(tree: Any, place: str, fields: Fields) -> Record:
    """The record that a JSON value is, or what is wrong with it.

    Raises JiaokanError where a field lies inside of another: that is wrong for every record.
    """
    if not isinstance(tree, dict):
        return Record(place, "", "", "is no JSON object")
    key = tree.get(fields.id)
    name = str(key) if type(key) is int else key
    if not isinstance(name, str) or not name:
        return Record(place, "", "", _no_id(tree, fields))
    text = tree.get(fields.text)
    if isinstance(text, str):
        return Record(place, name, text)
    return Record(place, name, "", _no_text(tree, fields, place))


def _no_id(tree: dict[str, Any], fields: Fields) -> str:
    key = tree.get(fields.id)
    if fields.id in tree and key is None:
        return f"has no id: its field {fields.id!r} is null"
    if key is None:
        return f"has no id: no field {fields.id!r}\n  --id-field NAME says which field holds it"
    if key == "":
        return f"has no id: its field {fields.id!r} is empty"
    return f"its field {fields.id!r} is {_kind(key)}, not a string or a whole number"


def _no_text(tree: dict[str, Any], fields: Fields, place: str) -> str:
    text = tree.get(fields.text)
    outer = fields.text.partition(".")[0]
    if fields.text not in tree and isinstance(tree.get(outer), dict):
        raise JiaokanError(
            f"the field {fields.text!r} lies inside of {outer!r}; only fields of the record itself "
            "are read",
            where=place,
            hint="write the text into a field of its own first, and name that: --text-field NAME",
        )
    if fields.text in tree and text is None:
        return f"has no text: its field {fields.text!r} is null"
    if text is None:
        return f"has no text: no field {fields.text!r}\n  --text-field NAME says which one holds it"
    return f"its field {fields.text!r} is {_kind(text)}, not a string"


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number"}
    return kinds.get(type(value), "a number" if isinstance(value, float) else "nothing")
