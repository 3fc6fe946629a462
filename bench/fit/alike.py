"""What the two written rules of look-alikes have in common."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill

import yaml

RULES = Path("rules")
ANYWHERE = frozenset(
    "的了着过把被将在和与及或是不也都就又还很最更向从到对于以为之而且并则若如这那其所各每某"
)
"""Words of grammar, which stand beside anything: that one is rare there tells little."""
ONE_WORD = frozenset(
    one + other
    for pair in zip("狠著帐那他象坐卜哩慌材拉您湾", "很着账哪她像座扑里荒才啦你弯", strict=True)
    for one, other in (pair, pair[::-1])
)
"""Not misread: older print, or a sound, has one for the other."""
_INDENT, _TIED = " " * 6, "_"


def named(*files: str) -> set[str]:
    """Pairs that the rules of these files name, and those that are no misreading."""
    found = set(ONE_WORD)
    for name in files:
        for rule in yaml.safe_load((RULES / name).read_text("utf-8"))["rules"]:
            found.update(read + true for read, trues in rule["pairs"].items() for true in trues)
    return found


def filled(pairs: Mapping[str, str]) -> str:
    """Lines of a rule's pairs."""
    row = " ".join(f"{read}:{_TIED}{trues}," for read, trues in pairs.items())
    lines = fill(row, 100, initial_indent=_INDENT, subsequent_indent=_INDENT)
    return lines.replace(_TIED, " ") + "\n"
