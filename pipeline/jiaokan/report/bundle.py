"""The report's scripts, as one script without imports.

The files in `app/` are ES modules of ours alone. A file opened from the disk may import nothing,
so they are put one after another, in the order of MODULES, without their import and export words.
All names at a module's top are therefore names of the whole; no two modules may share one.
"""

import re
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

MODULES = (
    "strings.js",
    "phrases.js",
    "dom.js",
    "copy.js",
    "store.js",
    "charts.js",
    "batch.js",
    "items.js",
    "map.js",
    "places.js",
    "arrows.js",
    "articles.js",
    "list.js",
    "keys.js",
    "page.js",
    "main.js",
)
"""In an order in which every module stands behind those that it needs at its start."""

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./[a-z]+\.js";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.M)


def script() -> str:
    """All modules as one script."""
    parts = [_EXPORT.sub("", _IMPORT.sub("", asset(name))) for name in MODULES]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def asset(name: str) -> str:
    """A file of the app."""
    return files("jiaokan.report").joinpath("app", name).read_text("utf-8")


def digest(text: str) -> str:
    """A script's or a style's hash, as a content-security policy names it.

    >>> digest("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
