"""Printed pages: set, scanned and read by a real engine (`bench.press`), then cleaned."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.press.pages import make_pages
from bench.press.scan import missing
from bench.real_lines import real_lines
from bench.result import Options, Skipped, Table

MODES = (3, 4, 11)
"""Tesseract's zones one by one; lines read across all columns; segments sorted by height."""


def tables(options: Options) -> list[Table]:
    """Lines in their article and in order; the pages hang on seed, fonts and the engine's version.

    Skipped says what is not there.
    """
    if lacking := missing():
        raise Skipped(f"not found: {', '.join(lacking)}")
    with TemporaryDirectory() as name:
        make_pages(Path(name), range(options.pages), options.seed, MODES, options.processes)
        return [
            real_lines(Path(name), "printed pages: lines in their article and in order, shares")
        ]
