"""Text back to the bytes it came from.

A codec reads some characters from more than one sequence of bytes and writes
only one of them: cp950 reads a2 cc and a4 51 as 十, and writes a4 51. What it
would write otherwise is kept as patches.
"""

import codecs

from jiaokan.page import Decoding


def encode(text: str, decoding: Decoding) -> bytes:
    """The bytes that were decoded. Raises UnicodeEncodeError where the text is another one.

    >>> encode("十月", Decoding("cp950", "detected", patches=((0, bytes.fromhex("a2cc")),))).hex()
    'a2cca4eb'
    """
    parts = [decoding.bom]
    last = 0
    for offset, data in decoding.patches:
        parts += text[last:offset].encode(decoding.encoding), data
        last = offset + 1
    parts.append(text[last:].encode(decoding.encoding))
    return b"".join(parts)


def patches_for(data: bytes, decoding: Decoding, text: str) -> tuple[tuple[int, bytes], ...]:
    """(offset, bytes) of each character that the codec would write in other bytes.

    Where one sequence of bytes gives two characters, the second one's bytes are empty.
    """
    body = data[len(decoding.bom) :]
    try:
        if text.encode(decoding.encoding) == body:
            return ()
    except UnicodeEncodeError:
        pass  # read, but never written: all the more a case for patches
    decoder = codecs.getincrementaldecoder(decoding.encoding)("strict")
    patches: list[tuple[int, bytes]] = []
    offset = start = 0
    for end in range(1, len(body) + 1):
        got = decoder.decode(body[end - 1 : end], end == len(body))
        if not got:
            continue
        unit = body[start:end]
        if _written(got, decoding.encoding) != unit:
            patches.append((offset, unit))
            patches += ((offset + more, b"") for more in range(1, len(got)))
        offset += len(got)
        start = end
    return tuple(patches)


def _written(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None
