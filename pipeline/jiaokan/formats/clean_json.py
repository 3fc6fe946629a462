"""CLEAN/a/b.json: a page's articles, for machines.

`{"source", "articles", "furniture", "findings", "seams"}`, in this order, two
spaces of indent. Findings and seams count in the raw text, from 0.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import orjson

from jiaokan.article import SINGLE_FIELDS, Article, Seam
from jiaokan.finding import Alternative, Finding
from jiaokan.formats.strict_json import Shape, rounded

if TYPE_CHECKING:
    from jiaokan.cleaning import Cleaned


@dataclass(frozen=True, slots=True)
class Clean:
    """What a page's clean JSON file holds."""

    source: str
    """The page's name: its path under the raw folder."""
    articles: tuple[Article, ...]
    furniture: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    seams: tuple[Seam, ...] = ()


def clean_of(cleaned: "Cleaned") -> Clean:
    """The part of a result that the clean file holds."""
    arrangement = cleaned.arrangement
    return Clean(
        cleaned.page.name,
        arrangement.articles,
        arrangement.furniture,
        cleaned.findings,
        arrangement.seams,
    )


def write_clean(clean: Clean) -> bytes:
    """The file's bytes; the same for the same content.

    >>> print(write_clean(Clean("a.txt", (), ("1",))).decode(), end="")
    {
      "source": "a.txt",
      "articles": [],
      "furniture": [
        "1"
      ],
      "findings": [],
      "seams": []
    }
    """
    tree = asdict(clean)
    for item in (*tree["findings"], *tree["seams"]):
        item["confidence"] = rounded(item["confidence"])
        for alternative in item.get("alternatives", ()):
            alternative["confidence"] = rounded(alternative["confidence"])
    return orjson.dumps(tree, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_clean(data: bytes, where: str) -> Clean:
    """What the file holds. Raises LedgerError where it is not as a run writes it."""
    return clean_from(Shape(where).parse(data), where)


def clean_from(value: object, where: str) -> Clean:
    """What a JSON object tells of a page. Raises LedgerError where it is not as it must be."""
    shape = Shape(where)
    tree = shape.table(value, "it", ("source", "articles", "furniture", "findings", "seams"))
    return Clean(
        shape.text(tree["source"], "source"),
        tuple(_article(shape, item) for item in shape.items(tree["articles"], "articles")),
        shape.texts(tree["furniture"], "furniture"),
        tuple(_finding(shape, item) for item in shape.items(tree["findings"], "findings")),
        tuple(_seam(shape, item) for item in shape.items(tree["seams"], "seams")),
    )


def _article(shape: Shape, value: Any) -> Article:
    item = shape.table(value, "an article", (*SINGLE_FIELDS, "paragraphs"))
    single = {name: shape.text(item[name], f"an article's {name}") for name in SINGLE_FIELDS}
    return Article(**single, paragraphs=shape.texts(item["paragraphs"], "paragraphs"))


def _finding(shape: Shape, value: Any) -> Finding:
    item = shape.table(value, "a finding", tuple(Finding.__dataclass_fields__))
    return Finding(
        shape.whole(item["start"], "a finding's start"),
        shape.whole(item["end"], "a finding's end"),
        shape.text(item["rule"], "a finding's rule"),
        shape.text(item["text"], "a finding's text"),
        shape.text(item["message"], "a finding's message"),
        shape.number(item["confidence"], "a finding's confidence"),
        tuple(_alternative(shape, x) for x in shape.items(item["alternatives"], "alternatives")),
    )


def _alternative(shape: Shape, value: Any) -> Alternative:
    item = shape.table(value, "an alternative", tuple(Alternative.__dataclass_fields__))
    return Alternative(
        shape.text(item["text"], "an alternative's text"),
        shape.number(item["confidence"], "an alternative's confidence"),
        shape.text(item["evidence"], "an alternative's evidence"),
    )


def _seam(shape: Shape, value: Any) -> Seam:
    item = shape.table(value, "a seam", tuple(Seam.__dataclass_fields__))
    return Seam(
        shape.whole(item["article"], "a seam's article"),
        shape.whole(item["left"], "a seam's left"),
        shape.whole(item["right"], "a seam's right"),
        shape.one_of(item["kind"], "a seam's kind", ("block", "inline")),
        shape.yes(item["joined"], "a seam's joined"),
        shape.text(item["doubled"], "a seam's doubled"),
        shape.number(item["confidence"], "a seam's confidence"),
        shape.texts(item["evidence"], "a seam's evidence"),
    )
