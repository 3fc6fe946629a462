"""What shows that a page's columns ran into each other, and what does not."""

from dataclasses import replace

import numpy as np
import pytest
from jiaokan.article import Article
from jiaokan.rulebook import load as load_rules
from jiaokan.stitch.blocks import Block, blocks
from jiaokan.stitch.order.gate import BITS, PARTED, SIGNS, SUREST, TAKEN_UP, leaves, odds, possibly
from jiaokan.stitch.order.gate import shown as shown_by
from jiaokan.stitch.order.page_order import breaks, put_in_place
from jiaokan.stitch.search.decide import prepare
from jiaokan.stitch.settle import read
from jiaokan.stitch.weights import Weights
from stitched import ALL, COURT, MARKET, ORCHARD, RUST, cleaned, in_order

from bench.sized_pages import sized_page

RUNS_ON = (
    "夜里十点，最后一班渡船靠了岸，船工老魏",
    "从舱里提出一盏马灯，照着乘客一个个上了跳板。",
)
BREAKS = (
    "老街的早市五点钟就亮起了灯，卖豆腐的人把担子",
    "近日，双方当事人都收到了判决书，没有提起上诉。",
)


@pytest.mark.parametrize(
    ("halves", "by_counts", "by_network"), [(RUNS_ON, False, True), (BREAKS, False, False)]
)
def test_a_break_is_one_where_the_network_sees_it_too(
    halves: tuple[str, str], by_counts: bool, by_network: bool
) -> None:
    text = "\n\n".join(halves) + "\n"
    found = blocks(text, load_rules())
    page = prepare(text, found, {})
    assert page is not None
    assert (not any(breaks(page, text))) == by_counts
    assert (not any(breaks(page, text, read(text, found)))) == by_network


UNTITLED = replace(ORCHARD, title="", author="")


@pytest.mark.parametrize("written", [(RUST, UNTITLED, COURT), (COURT, UNTITLED), (RUST, UNTITLED)])
def test_text_behind_an_articles_end_stays_where_it_is(written: tuple[Article, ...]) -> None:
    found = cleaned(in_order(*written))
    assert found.articles == written
    assert not found.seams
    (stray,) = [one for one in found.findings if one.rule == "stitch.stray-fragment"]
    assert ORCHARD.paragraphs[0].startswith(found.page.text[stray.start : stray.end][:20])


def test_two_affiliations_at_the_foot_are_of_the_two_articles() -> None:
    ends = RUST.affiliation, COURT.affiliation
    page = in_order(replace(COURT, affiliation=""), replace(RUST, affiliation=""))
    found = cleaned(page + "\n" + "\n\n".join(ends) + "\n")
    assert [one.affiliation for one in found.articles] == [COURT.affiliation, RUST.affiliation]
    assert not found.seams


def test_text_above_its_heading_proves_no_columns_mixed() -> None:
    text = in_order(replace(MARKET, title="", author=""), replace(RUST, affiliation=""))
    found = cleaned(text)
    assert "".join(p for one in found.articles for p in one.paragraphs) == "".join(
        (*MARKET.paragraphs, *RUST.paragraphs)
    )
    assert not found.seams


def test_the_network_is_not_asked_on_a_page_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = RUNS_ON
    torn_once = (MARKET.paragraphs[0] + first, second, *MARKET.paragraphs[1:])
    page = in_order(replace(MARKET, paragraphs=torn_once), RUST, COURT, ORCHARD)

    def asked(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("jiaokan.stitch.stitching.read", asked)
    found = cleaned(page)
    assert not found.seams
    assert [one.title for one in found.articles] == [one.title for one in ALL]


@pytest.mark.parametrize("seed", [5, 11, 18])
def test_the_network_is_not_asked_on_a_long_page_in_order(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a longer page another reading is better by more bits: it moves a whole paragraph."""

    def asked(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("jiaokan.stitch.stitching.read", asked)
    assert not cleaned(sized_page(20, interleaved=False, seed=seed)).seams


WOVEN = [
    (COURT, (1, 67), RUST, (0, 76)),
    (ORCHARD, (1, 55), MARKET, (1, 10)),
]


@pytest.mark.parametrize(("one", "at", "two", "there"), WOVEN)
def test_few_signs_on_a_small_page_are_enough(
    one: Article, at: tuple[int, int], two: Article, there: tuple[int, int]
) -> None:
    """Two columns of each article; the second and the third met in one line."""
    a, b = in_two(one, at), in_two(two, there)
    lines = [*a[0], *b[0][:-1], b[0][-1] + a[1][0], *a[1][1:], *b[1]]
    found = cleaned("\n\n".join(lines) + "\n")
    assert ["".join(article.paragraphs) for article in found.articles] == [
        "".join(article.paragraphs) for article in (one, two)
    ]


def test_articles_that_end_twice_show_that_columns_ran_into_each_other() -> None:
    """Both articles' first columns end with a paragraph: no sentence is torn."""
    a, b = in_two(RUST, (1, 0)), in_two(COURT, (1, 0))
    lines = [*a[0][:-1], *b[0][:-1], *a[1], *b[1]]
    found = cleaned("\n\n".join(lines) + "\n")
    assert [replace(one, kicker="") for one in found.articles] == [replace(RUST, kicker=""), COURT]
    assert found.seams


def test_text_behind_an_end_shows_no_columns_where_an_article_is_not_signed() -> None:
    untitled = replace(COURT, title="", author="")
    found = cleaned(in_order(MARKET, RUST, untitled))
    assert not found.seams
    assert [one.paragraphs for one in found.articles] == [
        one.paragraphs for one in (MARKET, RUST, COURT)
    ]


def in_two(one: Article, cut: tuple[int, int]) -> tuple[list[str], list[str]]:
    """The lines of an article's two columns; the first ends in a paragraph behind a character."""
    number, at = cut
    head = [line for line in (one.kicker, one.title, one.subtitle, one.author) if line]
    paragraphs = one.paragraphs
    below = [paragraphs[number][at:], *paragraphs[number + 1 :], one.affiliation]
    return (
        [*head, *paragraphs[:number], paragraphs[number][:at]],
        [line for line in below if line],
    )


ENDED = [
    ("title", "怎样给旧自行车除锈"),
    ("body", RUST.paragraphs[0]),
    ("affiliation", RUST.affiliation),
    ("subhead", "“都在”是最好的回答"),
    ("body", ORCHARD.paragraphs[2]),
]


@pytest.mark.parametrize(
    ("line", "title"),
    [("“都在”是最好的回答", True), ("二、先数一数树", False), ("她数了三遍，说都在。", False)],
)
def test_a_short_line_between_an_articles_end_and_text_is_its_title(line: str, title: bool) -> None:
    lines = [*ENDED[:3], ("subhead", line), ENDED[4]]
    text = "\n\n".join(one for _, one in lines) + "\n"
    found = [
        Block(text.index(one), text.index(one) + len(one), one, 1, role)  # type: ignore[arg-type]
        for role, one in lines
    ]
    page = prepare(text, found, {})
    assert page is not None
    kept = put_in_place(text, found, page, Weights())
    assert [[block.text for block in lines] for lines in kept.headings] == [
        [ENDED[0][1]],
        [line] if title else [],
    ]


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("sure", [[], [3], [3, 5]])
def test_only_broken_sentences_that_are_taken_up_show_that_columns_ran_into_each_other(
    sure: list[int], broken: bool
) -> None:
    text = in_order(MARKET, replace(RUST, affiliation=""))
    found = blocks(text, load_rules())
    page = prepare(text, found, {})
    assert page is not None
    reading = put_in_place(text, found, page, Weights())
    atoms = [at for at, item in enumerate(reading.items) if item.kind == "atom"]
    previous, chances = list(reading.previous), list(reading.chances)
    closed = reading.joins.closed.copy()
    for at in sure:
        previous[atoms[at]] = atoms[at - 2]
        chances[atoms[at]] = {atoms[at - 2]: 1.0}
        closed[atoms[at - 2]] = not broken
    joins = reading.joins._replace(closed=closed)
    moved = reading._replace(previous=tuple(previous), chances=tuple(chances), joins=joins)
    signs = shown_by(text, found, page, page, moved, Weights()).signs()
    shown = dict(zip(SIGNS, signs.tolist(), strict=True))
    taken_up = shown["broken sentences that it takes up"], shown["the surest of them"]
    whole = shown["whole paragraphs that it moves"]
    assert (min(taken_up) > 0.9, max(taken_up) == 0, whole > 0.9, whole == 0) == (
        bool(sure and broken),
        not (sure and broken),
        bool(sure and not broken),
        not sure or broken,
    )


PLAIN = np.array([1, 6, 2, 0.9, 0.9, 2, 1, 0, 0, 2, 3, 1.6, 0, 0, 8], np.float32)
"""SIGNS of a page whose columns plainly ran into each other."""


@pytest.mark.parametrize("network", [False, True])
def test_whole_paragraphs_alone_are_no_reason_to_leave_the_order(network: bool) -> None:
    assert leaves(PLAIN, network)
    for_sure = PLAIN.copy()
    for_sure[[TAKEN_UP, SUREST, SUREST + 1]] = 0
    for_sure[PARTED] = 3
    assert possibly(for_sure, network)
    assert not leaves(for_sure, network)


@pytest.mark.parametrize("network", [False, True])
def test_a_better_reading_never_speaks_for_the_order(network: bool) -> None:
    found = []
    for bits in (0, 1, 3, 6):
        signs = PLAIN.copy()
        signs[BITS] = bits
        found.append(odds(signs, network))
    assert found == sorted(found)


NOTICE = Article(
    title="关于封山禁牧的通告",
    paragraphs=(
        "为保护春季返青的草场，经研究决定，自三月二十日起对北坡草场实行禁牧。",
        "禁牧期间，任何单位和个人不得在上述区域内放养牛羊。特此通告。",
        "芦岭县林业和草原局",
        "三月十八日",
    ),
)


@pytest.mark.parametrize(("day", "signs"), [("三月十八日", True), ("三月十八日来的人", False)])
def test_who_signs_a_notice_and_the_day_are_no_broken_sentences(day: str, signs: bool) -> None:
    text = in_order(NOTICE, MARKET).replace("三月十八日", day)
    page = prepare(text, blocks(text, load_rules()), {})
    assert page is not None
    stops = {
        text[item.start : item.end]: bool(stop)
        for item, stop in zip(page.items, page.facts.stops, strict=True)
    }
    assert stops[NOTICE.paragraphs[0]]
    assert stops["芦岭县林业和草原局"] == stops[day] == signs
