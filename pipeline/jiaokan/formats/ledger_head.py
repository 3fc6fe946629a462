"""The head of a ledger, read without the rest, and the seal that tells whether it is whole.

The head says what the ledger is about, what could act on the page, which files belong to it and
what they hold: all that a later run needs to know.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

_SEAL = b',"seal":"'
_SEALED = len(_SEAL) + 64 + len(b'"}\n')
_REST = b',"strings":['
"""What ends the head. Inside of a JSON string its quotation marks would be escaped."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a ledger says first."""

    name: str
    """The page's."""
    sha256: str
    """Of its raw bytes."""
    size: int
    length: int
    encoding: str
    encoding_confidence: float
    options: tuple[tuple[str, str], ...]
    outputs: tuple[tuple[str, str], ...]
    articles: int
    seams: int
    findings: int
    rules: tuple[tuple[str, int], ...]
    """(rule, steps), by name."""


def sealed(tree: bytes) -> bytes:
    """The JSON object with its seal, and a newline.

    >>> sealed(b'{"a":1}')[:27]
    b'{"a":1,"seal":"8b0f0d75aabe'
    """
    body = memoryview(tree)[:-1]
    return b"".join((body, _SEAL, sha256(body).hexdigest().encode(), b'"}\n'))


def is_whole(data: bytes) -> bool:
    """Whether the bytes are those that a run wrote, to the last one.

    >>> is_whole(sealed(b'{"a":1}')), is_whole(sealed(b'{"a":1}').replace(b"1", b"2", 1))
    (True, False)
    """
    body, seal = memoryview(data)[:-_SEALED], data[-_SEALED:]
    return seal == _SEAL + sha256(body).hexdigest().encode() + b'"}\n'


def read_head(data: bytes) -> Head | None:
    """The head of a ledger; None where it is not whole.

    Ledgers of version 0.1.0 have neither counts nor a seal. They are taken as they are.
    """
    end = data.find(_REST)
    try:
        if end >= 0 and is_whole(data):
            return _head(orjson.loads(data[:end] + b"}"))
        tree = orjson.loads(data)
        unsealed = not {"counts", "seal"} & tree.keys()
        return _head(tree | {"counts": _NONE}) if unsealed else None
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


_NONE: dict[str, Any] = {"articles": 0, "seams": 0, "findings": 0, "rules": {}}


def _head(tree: dict[str, Any]) -> Head:
    source, counts = tree["source"], tree["counts"]
    return Head(
        source["name"],
        source["sha256"],
        source["size"],
        source["length"],
        source["decoding"]["encoding"],
        source["decoding"]["confidence"],
        tuple(tree["options"].items()),
        tuple(tree["outputs"].items()),
        counts["articles"],
        counts["seams"],
        counts["findings"],
        tuple(counts["rules"].items()),
    )
