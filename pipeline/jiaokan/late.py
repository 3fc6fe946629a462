"""Patterns that are compiled when they are first used.

A class of all Chinese characters takes Python two milliseconds to compile, and the stages have
dozens: most pages need few of them, and the start of a run should not wait for the others.

>>> late("[天地]+").findall("天地玄黄")
['天地']
"""

import re
from typing import Any, cast

from jiaokan.kept import kept


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "compiled":
            found: Any = kept(self.pattern, self.flags)
        else:
            found = getattr(self.compiled, name)
        setattr(self, name, found)  # next time it is there
        return found


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, as far as its methods go."""
    return cast(re.Pattern[str], _Late(pattern, flags))
