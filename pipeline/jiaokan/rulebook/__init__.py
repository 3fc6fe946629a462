"""Rules: YAML packs in, one compiled book out.

Nothing heavy is imported here: YAML, pydantic and the matching engines come in with the first
file that is read and the first text that is looked at.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jiaokan.rulebook.book import Rulebook

__all__ = ["Rulebook", "builtin_rules", "load"]


def load(paths: Sequence[Path] = ()) -> Rulebook:
    """The built-in packs and the packs at `paths`, later above earlier.

    A path is a YAML file or a folder of them. Raises RuleError.
    """
    from jiaokan.rulebook.packs import gather

    return gather(paths)


@cache
def builtin_rules() -> Rulebook:
    """The built-in packs alone; read once."""
    return load()
