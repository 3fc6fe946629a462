"""CLEAN/a/b.ledger.json: a page's ledger, in columns.

    {"format", "source", "options", "outputs", "counts",
     "strings", "changes", "steps", "pieces", "seal"}

What stands before `strings` is short and can be read alone (`formats.ledger_head`). The seal is
the SHA-256 of all bytes before it: a ledger that is not as a run wrote it shows that at once.

`changes`, `steps` and `pieces` are objects of columns of equal length. Stages,
rules and evidence are indices into `strings`. The column `steps` of `changes`
says how many of the steps, in order, belong to each change. A piece that was
dropped has null for its place, and its text in `dropped`, in order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain, islice
from typing import Any, get_args

import orjson

from jiaokan.article import Field, Target
from jiaokan.changes import Change, Changes, Step, Steps
from jiaokan.formats.ledger_head import sealed
from jiaokan.formats.strict_json import Shape, rounded
from jiaokan.ledger import FORMAT, Counts, Ledger, Placed, Source
from jiaokan.page import DecodedBy, Decoding

_SOURCE = ("name", "size", "sha256", "length", "decoding")
_CHANGES = ("start", "end", "old", "new", "steps")
_STEPS = ("stage", "rule", "at", "old", "new", "confidence", "evidence", "turn")
_PIECES = ("length", "rule", "article", "field", "index", "offset")
_FIELDS: tuple[Field, ...] = get_args(Field)


def write_ledger(ledger: Ledger) -> bytes:
    """The file's bytes; the same for the same ledger."""
    changes = Changes.of(ledger.changes)
    steps = changes.steps()
    counted = changes.by_rule()
    strings, columns = _numbered(steps, (piece.rule for piece in ledger.pieces))
    source = asdict(ledger.source)
    decoding = ledger.source.decoding
    source["decoding"] |= {
        "confidence": rounded(decoding.confidence),
        "bom": decoding.bom.hex(),
        "patches": [[offset, data.hex()] for offset, data in decoding.patches],
    }
    tree: dict[str, Any] = {
        "format": FORMAT,
        "source": source,
        "options": dict(ledger.options),
        "outputs": dict(ledger.outputs),
        "counts": asdict(ledger.counts) | {"rules": dict(sorted(counted.items()))},
        "strings": [],
        "changes": dict(zip(_CHANGES, (*changes.columns(), steps.counts), strict=True)),
        "steps": columns,
        "pieces": _columns(
            _PIECES, ((p.length, strings[p.rule], *_place(p.target)) for p in ledger.pieces)
        ),
    }
    tree["pieces"]["dropped"] = [piece.text for piece in ledger.pieces if piece.target is None]
    tree["strings"] = list(strings)
    return sealed(b"".join(_written(tree, ("changes", "steps", "pieces"))))


def _written(tree: dict[str, Any], tables: Sequence[str] = ()) -> Iterator[bytes]:
    """The tree as JSON, tables column by column: at once it would take its room several times."""
    for number, (name, value) in enumerate(tree.items()):
        yield b'%s"%s":' % (b"," if number else b"{", name.encode())
        if name in tables:
            yield from _written(value)
        else:
            yield orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY)
    yield b"}"


def read_ledger(data: bytes, where: str) -> Ledger:
    """The ledger that the file holds. Raises LedgerError where it is not as a run writes it."""
    shape = Shape(where)
    tree = shape.parse(data)
    if tree.get("format") != FORMAT:
        shape.fail(f"is no ledger of format {FORMAT}")
    keys = ("source", "options", "strings", "changes", "steps", "pieces", "outputs")
    shape.table(tree, "it", keys)
    strings = shape.texts(tree["strings"], "strings")
    return Ledger(
        _source(shape, tree["source"]),
        tuple(_changes(shape, tree, strings)),
        tuple(_pieces(shape, tree["pieces"], strings)),
        _pairs(shape, tree["outputs"], "outputs"),
        _pairs(shape, tree["options"], "options"),
        _counts(shape, tree["counts"]) if "counts" in tree else Counts(),  # not in 0.1.0
    )


def _numbered(steps: Steps, rules: Iterable[str]) -> tuple[dict[str, int], dict[str, Any]]:
    """All texts that steps and pieces name, numbered as they come; the columns of the steps."""
    import numpy as np

    kinds = {how: number for number, how in enumerate(dict.fromkeys(steps.hows))}
    named = chain.from_iterable((how.stage, how.rule, how.evidence) for how in kinds)
    strings = {text: number for number, text in enumerate(dict.fromkeys(chain(named, rules)))}
    which = np.fromiter(map(kinds.__getitem__, steps.hows), np.intp, len(steps.hows))

    def column(values: Iterable[float], kind: type) -> Any:
        return np.fromiter(values, kind, len(kinds))[which]

    columns = (
        column((strings[how.stage] for how in kinds), np.intp),
        column((strings[how.rule] for how in kinds), np.intp),
        steps.at,
        steps.old,
        steps.new,
        column((rounded(how.confidence) for how in kinds), np.float64),
        column((strings[how.evidence] for how in kinds), np.intp),
        column((how.turn for how in kinds), np.intp),
    )
    return strings, dict(zip(_STEPS, columns, strict=True))


def _counts(shape: Shape, value: object) -> Counts:
    names = tuple(Counts.__dataclass_fields__)
    table = shape.table(value, "counts", names)
    return Counts(*(shape.whole(table[name], f"counts.{name}") for name in names))


def _place(target: Target | None) -> tuple[int | None, ...]:
    if target is None:
        return None, None, None, None
    return target.article, _FIELDS.index(target.field), target.index, target.offset


def _columns(names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    columns = zip(*rows, strict=True)
    return {name: list(next(columns, ())) for name in names}


def _rows(
    shape: Shape, value: object, what: str, names: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    table = shape.table(value, what, names)
    columns = [shape.items(table[name], f"{what}.{name}") for name in names]
    if len({len(column) for column in columns}) != 1:
        shape.fail(f"the columns of {what} differ in length")
    return zip(*columns, strict=True)


def _pairs(shape: Shape, value: object, what: str) -> tuple[tuple[str, str], ...]:
    table = shape.table(value, what)
    return tuple((key, shape.text(item, f"{what}.{key}")) for key, item in table.items())


def _source(shape: Shape, value: object) -> Source:
    table = shape.table(value, "source", _SOURCE)
    return Source(
        shape.text(table["name"], "source.name"),
        shape.whole(table["size"], "source.size"),
        shape.text(table["sha256"], "source.sha256"),
        shape.whole(table["length"], "source.length"),
        _decoding(shape, table["decoding"]),
    )


def _decoding(shape: Shape, value: object) -> Decoding:
    names = tuple(Decoding.__dataclass_fields__)
    table = shape.table(value, "source.decoding", names)
    patches: list[tuple[int, bytes]] = []
    for item in shape.items(table["patches"], "patches"):
        match shape.items(item, "a patch"):
            case [at, data]:
                least = patches[-1][0] + 1 if patches else 0
                patches.append((shape.whole(at, "a patch's offset", least), _bytes(shape, data)))
            case _:
                shape.fail("a patch is no pair")
    return Decoding(
        shape.text(table["encoding"], "encoding"),
        shape.one_of(table["by"], "by", get_args(DecodedBy)),
        shape.number(table["confidence"], "the encoding's confidence"),
        _bytes(shape, table["bom"]),
        tuple(patches),
    )


def _bytes(shape: Shape, value: object) -> bytes:
    try:
        return bytes.fromhex(shape.text(value, "bytes"))
    except ValueError:
        shape.fail("bytes are not in hexadecimal digits")


def _changes(shape: Shape, tree: dict[str, Any], strings: tuple[str, ...]) -> Iterator[Change]:
    steps = (
        Step(
            _string(shape, stage, strings),
            _string(shape, rule, strings),
            shape.whole(at, "a step's place"),
            shape.text(old, "a step's old text"),
            shape.text(new, "a step's new text"),
            shape.number(confidence, "a step's confidence"),
            _string(shape, evidence, strings),
            shape.whole(turn, "a step's turn"),
        )
        for stage, rule, at, old, new, confidence, evidence, turn in _rows(
            shape, tree["steps"], "steps", _STEPS
        )
    )
    for start, end, old, new, count in _rows(shape, tree["changes"], "changes", _CHANGES):
        own = tuple(islice(steps, shape.whole(count, "a change's steps", 1)))
        if len(own) != count:
            shape.fail("there are fewer steps than the changes ask for")
        yield Change(
            shape.whole(start, "a change's start"),
            shape.whole(end, "a change's end"),
            shape.text(old, "a change's old text"),
            shape.text(new, "a change's new text"),
            own,
        )
    if next(steps, None):
        shape.fail("there are more steps than the changes ask for")


def _pieces(shape: Shape, value: object, strings: tuple[str, ...]) -> Iterator[Placed]:
    table = shape.table(value, "pieces", ("dropped",))
    dropped = iter(shape.texts(table["dropped"], "dropped"))
    for length, rule, article, field, index, offset in _rows(shape, value, "pieces", _PIECES):
        text = ""
        target = None
        if article is None:
            text = next(dropped, "")
        else:
            target = Target(
                shape.whole(article, "a piece's article", -1),
                _FIELDS[_index(shape, field, len(_FIELDS), "a piece's field")],
                shape.whole(index, "a piece's index"),
                shape.whole(offset, "a piece's offset"),
            )
        if target is None and len(text) != length:
            shape.fail("a dropped piece is not as long as its text")
        yield Placed(
            shape.whole(length, "a piece's length"),
            _string(shape, rule, strings),
            target,
            text,
        )
    if next(dropped, None) is not None:
        shape.fail("there is more dropped text than pieces")


def _string(shape: Shape, value: object, strings: tuple[str, ...]) -> str:
    return strings[_index(shape, value, len(strings), "an index into strings")]


def _index(shape: Shape, value: object, size: int, what: str) -> int:
    index = shape.whole(value, what)
    if index >= size:
        shape.fail(f"{what} is out of range")
    return index
