"""Columns of which an engine read the first lines across, and the rest one after another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.article import Article
from jiaokan.columns.tops.places import in_order as in_their_order
from jiaokan.columns.unfold import unfold
from jiaokan.formats.clean_json import clean_of
from jiaokan.ledger import account
from jiaokan.restore import restore
from stitched import COURT, MARKET, ORCHARD, cleaned, in_order
from test_stitch_sheets import APART, SPACED, TABLE, block, body, spread

GUTTERS = ("   ", " 。 ", "  ", "    ", " | ", "   ")


def torn(*written: Article, top: int, gutters: tuple[str, ...] = (APART,)) -> str:
    """A page like a sheet's, of which the headings and so many lines were read across."""
    across = spread(*written, gutters=gutters).split("\n")[: 2 + top]
    columns = [column[top:] for one in written for column in block(one, 2)[1]]
    return "\n\n".join(["\n".join(across), *("\n".join(column) for column in columns)]) + "\n"


@pytest.mark.parametrize("gutters", [(APART,), GUTTERS])
@pytest.mark.parametrize("top", [2, 3, 4])
def test_the_first_lines_of_columns_go_to_their_columns(top: int, gutters: tuple[str, ...]) -> None:
    page = torn(MARKET, COURT, top=top, gutters=gutters)
    result = cleaned(page)
    articles = result.arrangement.articles
    assert [one.title for one in articles] == [MARKET.title, COURT.title]
    assert ["".join(one.paragraphs) for one in articles] == body(MARKET, COURT)
    assert restore(account(result), clean_of(result)) == result.page.data


def test_the_network_is_needed() -> None:
    page = torn(MARKET, COURT, top=3)
    across = page.split("\n")[4]
    assert across not in unfold(page).text
    assert unfold(page, neural=False).text.count("\n") < unfold(page).text.count("\n")


def test_a_line_of_which_the_column_is_not_there_stays_and_is_told_of() -> None:
    columns = torn(MARKET, COURT, top=3).rstrip().split("\n\n")
    gone = columns.pop(2)  # the second column of the first article
    page = "\n\n".join(columns) + "\n"
    result = unfold(page)
    top = block(MARKET, 2)[1][1][:3]
    assert all(line in result.text for line in top)
    assert gone not in result.text
    assert [one.rule for one in result.findings] == ["layout.gutter"]
    assert top[0].startswith(page[result.findings[0].start : result.findings[0].end])


HEAD = "2024年5月4日 星期六              江城日报  副刊              责任编辑 林若谷  07版\n"


@pytest.mark.parametrize("text", [HEAD, TABLE, SPACED], ids=["head", "table", "verse"])
def test_what_stands_above_whole_columns_stays(text: str) -> None:
    columns = ["\n".join(column) for one in (MARKET, COURT) for column in block(one, 2)[1]]
    page = f"{text}\n" + "\n\n".join(columns) + "\n"
    assert unfold(page).text == page


@pytest.mark.parametrize("articles", [(MARKET, COURT), (ORCHARD, MARKET)])
def test_pages_in_order_stay(articles: tuple[Article, ...]) -> None:
    page = in_order(*articles)
    assert unfold(page).text == page


@settings(deadline=None, max_examples=20)
@given(
    st.integers(1, 5),
    st.lists(st.sampled_from((*GUTTERS, "", "人", " ， ")), min_size=1, max_size=9),
)
def test_no_character_is_lost_or_doubled(top: int, gutters: list[str]) -> None:
    page = torn(MARKET, COURT, top=top, gutters=tuple(gutters))
    last = 0
    for part in sorted(unfold(page).parts):
        assert part.start >= last
        last = part.end
    result = cleaned(page)
    assert restore(account(result), clean_of(result)) == result.page.data


odds = st.lists(st.lists(st.floats(-20, 20), min_size=5, max_size=5), min_size=1, max_size=4).map(
    np.array
)


@given(odds)
def test_probabilities_of_places(given_odds: np.ndarray) -> None:
    found = in_their_order(given_odds)
    tops, lines = found.shape
    ways = {(): 1.0}
    for row in given_odds:
        ways = {
            (*way, at): chance * (np.exp(row[at]) if at else 1.0)
            for way, chance in ways.items()
            for at in range(lines)
            if not at or at > max(way, default=0)
        }
    total = sum(ways.values())
    for top in range(tops):
        for at in range(1, lines):
            exact = sum(chance for way, chance in ways.items() if way[top] == at) / total
            assert found[top, at] == pytest.approx(exact, abs=1e-6)
