"""The character stages: text in, edits and findings out, in one visible list.

A stage is a pure function. It yields edits and findings in the coordinates of
the text it was given; `jiaokan.cleaning` applies the edits and keeps the raw
offsets. Nothing is discovered at import: what runs is what stands in STAGES.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from jiaokan.edit import Edit
from jiaokan.finding import Finding
from jiaokan.stages import (
    characters,
    escapes,
    layout,
    leaks,
    lines,
    markup,
    punctuation,
    rules,
    script,
    spaces,
    suspects,
)
from jiaokan.stages.context import Context

StageFunction = Callable[[str, Context], Iterable[Edit | Finding]]


class Stage(NamedTuple):
    """A stage and the name it has in the ledger."""

    name: str
    run: StageFunction
    whole: bool = False
    """Takes elements away whole: an address on the net inside a picture's mark goes with it."""


STAGES: tuple[Stage, ...] = (
    Stage("escapes", escapes.run),
    Stage("lines", lines.run),
    Stage("characters", characters.run),
    Stage("markup", markup.run, whole=True),
    Stage("spaces", spaces.run),
    Stage("script", script.run),
    Stage("leaks", leaks.run),
    Stage("punctuation", punctuation.run),
    Stage("rules", rules.run),
    Stage("layout", layout.run),
    Stage("suspects", suspects.run),
)
