"""What was said of a new rule, as the command that says it."""

import shlex
from collections.abc import Iterator
from dataclasses import fields

from jiaokan.curation.add_entry import Asked, kind_of, option


def command_of(asked: Asked) -> str:
    """The command; who answered questions need not answer them again.

    >>> command_of(Asked(kind="literal", pairs=(("a=b", "c"),), reason="it is so"))
    "jiaokan rules add --kind literal --reason 'it is so' --pair 'a=b→c'"
    """
    words = ["jiaokan", "rules", "add"]
    for field in fields(Asked):
        for text in _texts(asked, field.name):
            words += [option(field.name), text]
    return shlex.join(words)


def _texts(asked: Asked, name: str) -> Iterator[str]:
    """What was said of one thing, as its option takes it."""
    said = getattr(asked, name)
    if isinstance(said, str) and (said or name == "replace"):
        yield said
    elif isinstance(said, tuple):
        for one in said:
            if isinstance(one, str):
                yield one
            elif name == "examples" and kind_of(asked) == "protect":
                yield one[0]
            else:
                yield ("→" if "=" in "".join(one) else "=").join(one)
