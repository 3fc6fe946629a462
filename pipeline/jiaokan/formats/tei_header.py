"""The header of a TEI file: the source, who is responsible for which change, what is left out."""

from typing import Any

from jiaokan.cleaning import Cleaned
from jiaokan.formats.tei_text import Builder, character_name
from jiaokan.version import VERSION

_DECLARED = (
    "Each change is a choice of what the OCR engine read (sic) and what stands there now (corr); "
    "corr names the rules that are responsible. What is doubtful was left, with a note of type "
    "finding.",
    "Left to the ledger: what was dropped between paragraphs and at seams, and the order of the "
    "raw page. Where a change reaches across two paragraphs, the second part is a corr alone.",
)
_CHARACTERS = "Characters that XML cannot hold are g elements; charDecl names their code points."


def header(builder: Builder, cleaned: Cleaned) -> Any:
    """The header. It comes last, when all rules and odd characters have been spoken of."""
    description = builder.element("fileDesc")
    builder.block(
        description, _title(builder, cleaned), _publication(builder), _source(builder, cleaned)
    )
    found = builder.element("teiHeader")
    builder.block(found, description, _encoding(builder))
    return found


def _title(builder: Builder, cleaned: Cleaned) -> Any:
    statement = builder.element("titleStmt")
    title = builder.text("title", cleaned.page.name)
    responsible = []
    for rule, name in sorted(builder.rules.items()):
        one = builder.element("respStmt", id=name)
        builder.block(
            one,
            builder.text("resp", "proposed what refers to it"),
            builder.text("name", rule, type="rule"),
        )
        responsible.append(one)
    builder.block(statement, title, *responsible)
    return statement


def _publication(builder: Builder) -> Any:
    statement = builder.element("publicationStmt")
    builder.block(statement, builder.text("p", "Made from one page by jiaokan."))
    return statement


def _source(builder: Builder, cleaned: Cleaned) -> Any:
    source = cleaned.ledger.source
    bibl = builder.element("bibl")
    parts = [builder.text("title", cleaned.facts.publication)] if cleaned.facts.publication else []
    if cleaned.facts.date:
        parts.append(builder.text("date", cleaned.facts.date, when=cleaned.facts.date))
    parts += [
        builder.text("idno", source.name, type="page"),
        builder.text("idno", source.sha256, type="sha256"),
    ]
    builder.block(bibl, *parts)
    found = builder.element("sourceDesc")
    builder.block(found, bibl)
    return found


def _encoding(builder: Builder) -> Any:
    application = builder.element("application", ident="jiaokan", version=VERSION)
    builder.block(application, builder.text("label", "jiaokan"))
    info = builder.element("appInfo")
    builder.block(info, application)
    editorial = builder.element("editorialDecl")
    told = (*_DECLARED, _CHARACTERS) if builder.characters else _DECLARED
    builder.block(editorial, *(builder.text("p", one) for one in told))
    parts = [info, editorial]
    if builder.characters:
        declared = builder.element("charDecl")
        builder.block(declared, *(_character(builder, one) for one in sorted(builder.characters)))
        parts.append(declared)
    found = builder.element("encodingDesc")
    builder.block(found, *parts)
    return found


def _character(builder: Builder, character: str) -> Any:
    found = builder.element("char", id=character_name(character))
    note = builder.text("note", f"U+{ord(character):04X}, which XML cannot hold")
    builder.block(found, note)
    return found
