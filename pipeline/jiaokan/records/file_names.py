"""Ids of records as names of files: no id leads anywhere, and no two ids share a name."""

import re
import unicodedata
from hashlib import sha256

_LONGEST = 60
"""Characters of a name; a file system's 255 bytes hold them with every ending."""
_OTHER = re.compile(r"[^\w.-]+")
_HASHED = re.compile(r"(?:^|-)[0-9a-f]{12}$")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


def file_name(page: str) -> str:
    """The name, without an ending, of the files of a record's page.

    An id that is a harmless name in small letters stays as it is. Of any other one, what is
    harmless stays, and twelve digits of its SHA-256 are put behind it.

    >>> file_name("p17"), file_name("1956-03-12/2")
    ('p17', '1956-03-12_2-7ee1cd1c265a')
    >>> file_name("../../etc/passwd"), file_name("P17")
    ('etc_passwd-3754d6cb3a38', 'p17-dba688a59d61')
    """
    folded = unicodedata.normalize("NFC", page).casefold()
    harmless = _OTHER.sub("_", folded)[:_LONGEST].strip("._-")
    odd = "." in page or _RESERVED.match(page) or _HASHED.search(page)
    if harmless == page and not odd:
        return page
    digest = sha256(page.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{harmless.replace('.', '_')}-{digest}".lstrip("-")
