"""Elements of TEI, made with lxml: text that XML cannot hold, rules as names, blocks on lines."""

import re
from typing import Any

from jiaokan.records.optional_imports import needed

TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[^A-Za-z0-9.-]")


class Builder:
    """Makes elements, and keeps which rules and which odd characters they spoke of."""

    XML_LANG = f"{{{_XML}}}lang"

    def __init__(self) -> None:
        self._etree = needed("lxml.etree", "tei")
        self.rules: dict[str, str] = {}
        """Rule → its name in this file."""
        self.characters: set[str] = set()
        """Those that XML cannot hold."""

    def element(self, name: str, **attributes: str) -> Any:
        """A new element; `id` is its xml:id."""
        key = attributes.pop("id", "")
        made = self._etree.Element(f"{{{TEI}}}{name}", nsmap={None: TEI})
        if key:
            made.set(f"{{{_XML}}}id", key)
        for attribute, value in attributes.items():
            made.set(attribute, value)
        return made

    def text(self, name: str, text: str, **attributes: str) -> Any:
        """A new element that holds text."""
        made = self.element(name, **attributes)
        self.fill(made, text)
        return made

    def fill(self, element: Any, text: str) -> None:
        """Put text behind what the element holds already."""
        last = 0
        for match in _UNFIT.finditer(text):
            self._add(element, text[last : match.start()])
            self.characters.add(match[0])
            element.append(self.element("g", ref=f"#{character_name(match[0])}"))
            last = match.end()
        self._add(element, text[last:])

    def rule(self, rule: str) -> str:
        """How an attribute speaks of a rule."""
        if rule not in self.rules:
            name = f"rule-{_NAME.sub('_', rule)}"
            taken = self.rules.values()
            self.rules[rule] = name if name not in taken else f"{name}-{len(self.rules)}"
        return f"#{self.rules[rule]}"

    def block(self, element: Any, *children: Any) -> None:
        """Put children that stand on lines of their own."""
        element.text = (element.text or "") + "\n"
        for child in children:
            child.tail = "\n"
            element.append(child)

    def written(self, root: Any) -> bytes:
        """The whole file."""
        data: bytes = self._etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        return data + b"\n"

    def _add(self, element: Any, text: str) -> None:
        if not text:
            return
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text


def character_name(character: str) -> str:
    """The xml:id of a character that XML cannot hold.

    >>> character_name(chr(7))
    'char-0007'
    """
    return f"char-{ord(character):04X}"
