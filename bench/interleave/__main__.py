"""`python -m bench.interleave`: writes generated pages, or lists presets and options."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from bench.interleave import (
    DAMAGES,
    PRESETS,
    PageOptions,
    Source,
    corpus,
    generate,
    read_confusions,
    read_files,
    with_settings,
    write_pages,
)
from bench.interleave.corpus import PARTS

EXAMPLE = """example:
  python -m bench.interleave --source corpus:news,literature --part test --preset columns \\
      --articles 3 --pages 40 --seed 1 --out .bench/pages
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0: done; 2: could not be done as asked."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.list:
        _list()
        return 0
    if not given.out:
        parser.error("--out is needed")
    try:
        options = _options(given)
        if not given.source:
            raise ValueError("at least one --source is needed")
        sources = [_source(text, given.corpus_dir, given.part) for text in given.source]
        confusions = read_confusions(given.confusions) if options.damage.confusion else None
        pages = generate(options, sources, given.pages, given.seed, confusions, given.first)
        count = write_pages(pages, given.out)
    except (OSError, ValueError) as error:
        print(f"interleave: {error}", file=sys.stderr)
        return 2
    print(f"{count} pages in {given.out}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m bench.interleave",
        description="Clean articles -> pages damaged as newspapers and OCR do, with their truth.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--list", action="store_true", help="print presets, damages and options, and stop")
    add("--source", action="append", default=[], metavar="corpus:REGISTER,…|files:DIR")
    add("--corpus-dir", type=Path, default=Path("../shared/corpus"))
    add("--part", choices=sorted(PARTS), default="fit", help="of the corpus (default: fit)")
    add("--preset", choices=sorted(PRESETS), default="columns")
    add("--articles", metavar="N|N-M", help="articles on a page")
    add("--damage", choices=sorted(DAMAGES), default="off", help="of characters (default: off)")
    add("--confusions", type=Path, default=Path("../shared/facts/confusions.tsv"))
    add("--set", action="append", default=[], metavar="GROUP.NAME=VALUE", help="see --list")
    add("--pages", type=int, default=40)
    add("--first", type=int, default=0, help="number of the first page")
    add("--seed", type=int, default=1)
    add("--out", type=Path, help="folder for raw/, gold/ and truth/")
    return parser


def _options(given: argparse.Namespace) -> PageOptions:
    options = replace(PRESETS[given.preset], damage=DAMAGES[given.damage])
    if given.articles:
        low, _, high = given.articles.partition("-")
        layout = replace(options.layout, articles_min=int(low), articles_max=int(high or low))
        options = replace(options, layout=layout)
    return with_settings(options, given.set)


def _source(text: str, corpus_dir: Path, part: str) -> Source:
    kind, _, rest = text.partition(":")
    if kind == "corpus" and rest:
        return corpus(corpus_dir, rest.split(","), part)
    if kind == "files" and rest:
        return read_files(Path(rest))
    raise ValueError(f"not a source: {text!r} (corpus:REGISTER,… or files:DIR)")


def _list() -> None:
    for name, preset in PRESETS.items():
        print(f"preset {name} (kind {preset.letter})")
        for group in ("layout", "headings"):
            values = getattr(preset, group)
            for option in fields(values):
                value = getattr(values, option.name)
                if name == "columns" or value != getattr(
                    getattr(PageOptions(), group), option.name
                ):
                    print(f"  {group}.{option.name}={value}")
    for name, damage in DAMAGES.items():
        print(f"damage {name}")
        for option in fields(damage):
            print(f"  damage.{option.name}={getattr(damage, option.name)}")


if __name__ == "__main__":
    sys.exit(main())
