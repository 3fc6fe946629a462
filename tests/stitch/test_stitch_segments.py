"""Pages whose columns were read in segments, by height: six columns and more take turns."""

from collections.abc import Sequence

import pytest
from jiaokan.article import Article
from jiaokan.columns.unfold import unfold
from stitched import COURT, MARKET, ORCHARD, RUST, cleaned
from test_stitch_alternating import alternating, check, lines_of

ROWS = 9


def columns_of(*articles: Article) -> list[list[str]]:
    """Two columns of each article's lines, all of one height."""
    lines = [lines_of(one, 10) for one in articles]
    return [part for one in lines for part in (one[:ROWS], one[ROWS : 2 * ROWS])]


def segments(rows: Sequence[str]) -> str:
    """Each line stands by itself, as an engine that looks for segments writes them."""
    return "\n\n".join(rows) + "\n"


def rows_of(*columns: Sequence[str]) -> list[str]:
    return alternating(*columns).split()


@pytest.mark.parametrize("count", [5, 6, 8])
def test_many_columns(count: int) -> None:
    columns = columns_of(MARKET, COURT, ORCHARD, RUST)[:count]
    page = segments(rows_of(*columns))
    check(cleaned(page))
    assert unfold(page).text.split() == [line for one in columns for line in one]


def test_headings_above_all_columns() -> None:
    columns = columns_of(MARKET, COURT)
    heads = [MARKET.title, COURT.title, MARKET.author, COURT.author]
    text = unfold(segments([*heads, *rows_of(*columns)])).text.split()
    body = [line for line in text if line not in heads]
    assert body == [line for one in columns for line in one]


def test_bands_that_a_heading_parts() -> None:
    upper = columns_of(MARKET, COURT)
    lower = columns_of(ORCHARD, RUST)
    heads = [ORCHARD.title, RUST.title, ORCHARD.author, RUST.author]
    text = unfold(segments([*rows_of(*upper), *heads, *rows_of(*lower)])).text.split()
    body = [line for line in text if line not in heads]
    assert body == [line for one in (*upper, *lower) for line in one]


def test_a_line_that_was_read_in_two_pieces() -> None:
    columns = columns_of(MARKET, COURT, ORCHARD)
    rows = rows_of(*columns)
    at = rows.index(columns[2][3])
    rows[at : at + 1] = [rows[at][:4], rows[at][4:]]
    page = segments(rows)
    check(cleaned(page))
    assert "".join(columns[2]) in "".join(unfold(page).text.split())
