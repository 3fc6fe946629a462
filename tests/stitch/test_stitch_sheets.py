"""Pages that were read in lines across all their columns: articles side by side under headlines."""

from itertools import cycle, zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.article import Article
from jiaokan.columns.gaps import width
from jiaokan.columns.sheets.grid import Grid, read
from jiaokan.columns.sheets.grid_marks import line
from jiaokan.columns.sheets.sheets import Sheet, sheets
from jiaokan.columns.unfold import unfold
from jiaokan.ledger import account
from jiaokan.restore import restore
from stitched import COURT, MARKET, ORCHARD, RUST, cleaned, in_order, wrapped

MEASURE = 14
GUTTERS = ("   ", " | ", "  ", "|", " 。 ", "   ", "  | ", " ” ", "    ")
APART = "   "


def printed(text: str) -> list[str]:
    """A paragraph's lines; marks hang, so that no line begins with one."""
    lines: list[str] = []
    for row in wrapped(text, MEASURE).split("\n"):
        rest = row.lstrip("，。、；：？！”")
        if lines:
            lines[-1] += row[: len(row) - len(rest)]
        lines += [rest] if rest else []
    return lines


def block(one: Article, count: int) -> tuple[list[str], list[list[str]]]:
    """An article's headings, and its body in so many columns."""
    lines = [line for paragraph in one.paragraphs for line in printed(paragraph)]
    high = -(-len(lines) // count)
    return [one.title, one.author], [lines[at : at + high] for at in range(0, len(lines), high)]


def spread(*articles: Article, count: int = 2, gutters: tuple[str, ...] = (APART,)) -> str:
    """Articles side by side, each with its headings in the middle of its columns."""
    marks = cycle(gutters)
    span = count * 2 * MEASURE + (count - 1) * len(APART)
    blocks = [block(one, count) for one in articles]
    rows = []
    for at in range(2):
        heads = [heads[at] for heads, _ in blocks]
        leads = [(span - width(head)) // 2 for head in heads]
        cells = [" " * lead + head for lead, head in zip(leads, heads, strict=True)]
        padded = [cell + " " * (span - width(cell)) for cell in cells]
        rows.append(APART.join(padded).rstrip())
    columns = [column for _, own in blocks for column in own]
    for at in range(max(map(len, columns))):
        row = ""
        end = 0
        for number, column in enumerate(columns):
            cell = column[at] if at < len(column) else ""
            start = number * (2 * MEASURE + len(APART))
            if cell and number:
                far = start - end
                row += next(marks) if far <= 6 else " " * far
            if cell:
                row += cell
                end = start + width(cell)
        rows.append(row)
    return "\n".join(rows) + "\n"


def found(text: str) -> list[Sheet]:
    return [sheet for sheet in sheets(text) if sheet.sure]


def body(*written: Article) -> list[str]:
    return ["".join(one.paragraphs) for one in written]


@pytest.mark.parametrize("gutters", [(APART,), (" | ",), GUTTERS])
def test_articles_side_by_side_under_their_headlines(gutters: tuple[str, ...]) -> None:
    result = cleaned(spread(MARKET, COURT, gutters=gutters))
    articles = result.arrangement.articles
    assert [one.title for one in articles] == [MARKET.title, COURT.title]
    assert [one.author for one in articles] == [MARKET.author, COURT.author]
    assert ["".join(one.paragraphs) for one in articles] == body(MARKET, COURT)
    assert restore(account(result), clean_json(result)) == result.page.data


def clean_json(result):  # type: ignore[no-untyped-def]
    from jiaokan.formats.clean_json import clean_of

    return clean_of(result)


def test_a_headline_comes_before_all_columns_below_it() -> None:
    text = unfold(spread(MARKET, COURT)).text
    places = [text.index(part) for part in (MARKET.title, "清早五点", COURT.title, "邻里纠纷标")]
    assert places == sorted(places)


def test_marks_in_the_gutters_are_not_text() -> None:
    page = spread(MARKET, COURT, gutters=(" 。 ", "   ", " ” ", "  | "))
    text = unfold(page).text
    assert {line[-1] for line in text.split("\n") if line} & set("”|") == set()


def test_a_character_of_text_in_a_gutter_is_not_lost() -> None:
    page = spread(MARKET, COURT, gutters=(" 另 ", "   ", " 要 ", "  | "))
    text = unfold(page).text
    assert (text.count("另"), text.count("要")) == (page.count("另"), page.count("要"))


def test_lines_whose_gutter_shows_nothing_are_parted_by_sense() -> None:
    rows = spread(MARKET, COURT).split("\n")
    rows[4] = rows[4].replace(APART, "", 1)
    text = unfold("\n".join(rows)).text
    columns = block(MARKET, 2)[1]
    assert columns[0][2] in text.split("\n")


@pytest.mark.parametrize("dirt", ["6        oo", "和", "AN  0  |  ]", "ee      ee      和"])
def test_dirt_between_the_lines_is_no_text(dirt: str) -> None:
    rows = spread(MARKET, COURT).split("\n")
    rows[6:6] = [" " * 32 + dirt]
    result = cleaned("\n".join(rows))
    assert "".join(result.arrangement.articles[0].paragraphs) == body(MARKET)[0]
    assert restore(account(result), clean_json(result)) == result.page.data


def test_dirt_is_furniture() -> None:
    rows = spread(MARKET, COURT).split("\n")
    rows[6:6] = ["                                6        oo"]
    result = cleaned("\n".join(rows))
    assert set(result.furniture) == {"6", "oo"}
    placed = [one for one in account(result).pieces if one.target is not None]
    dirt = {one.rule for one in placed if one.target and one.target.field == "furniture"}
    assert dirt == {"layout.dirt"}


# where cells part, to the character


@pytest.mark.parametrize(
    ("left", "right", "row", "gutter", "which"),
    [
        (RUST, MARKET, 8, "", 1),
        (COURT, RUST, 4, "", 1),
        (COURT, RUST, 8, "", 1),
        (MARKET, COURT, 3, "。", 0),
        (MARKET, COURT, 5, "，", 1),
        (COURT, ORCHARD, 7, "，", 1),
        (ORCHARD, MARKET, 5, "。", 1),
        (MARKET, COURT, 5, "”", 1),
        (MARKET, COURT, 5, "“", 2),
    ],
)
def test_where_nothing_but_dirt_parts_cells_the_texts_do(
    left: Article, right: Article, row: int, gutter: str, which: int
) -> None:
    rows = spread(left, right).split("\n")
    cells = rows[row].split(APART)
    rows[row] = gutter.join((APART.join(cells[: which + 1]), APART.join(cells[which + 1 :])))
    text = set(unfold("\n".join(rows)).text.split("\n"))
    assert all(set(column) <= text for one in (left, right) for column in block(one, 2)[1])


def test_marks_of_the_text_stay_where_cells_touch() -> None:
    rows = spread(ORCHARD, COURT).split("\n")
    for row in range(2, len(rows)):
        rows[row] = rows[row].replace(APART, "", row % 2)
    page = "\n".join(rows)
    text = unfold(page).text
    assert text != page
    assert sorted(text.replace("\n", "")) == sorted("".join(page.split()))


# headlines


def over(one: Article, *lines: str, gutters: tuple[str, ...] = (APART,)) -> str:
    """Two articles side by side, the second one's headings set in so many lines."""
    rows = spread(MARKET, one, gutters=gutters).split("\n")
    span = 4 * MEASURE + len(APART)
    heads = [line.center(span // 2) for line in lines]
    return "\n".join([*(" " * (span + 3) + line.rstrip() for line in heads), *rows[2:]])


def test_a_headline_in_two_lines_is_one() -> None:
    found = cleaned(over(COURT, "基层法庭怎样化解", "邻里纠纷", "沈知远")).arrangement.articles
    assert COURT.title in [one.title for one in found]


def test_a_headline_wider_than_a_column_is_not_cut() -> None:
    title = "基层法庭怎样化解邻里纠纷这类小事"
    rows = spread(MARKET, COURT).split("\n")
    lead = 2 * (2 * MEASURE + len(APART)) + (4 * MEASURE + 3 - width(title)) // 2
    rows[:2] = [" " * lead + title, " " * (lead + 12) + "沈知远"]
    found = cleaned("\n".join(rows)).arrangement.articles
    assert title in [one.title for one in found]


def test_blanks_before_a_headline_may_be_lost() -> None:
    rows = spread(ORCHARD, COURT).split("\n")
    rows[:2] = [row.lstrip() for row in rows[:2]]
    found = cleaned("\n".join(rows)).arrangement.articles
    assert [one.title for one in found] == [ORCHARD.title, COURT.title]
    assert ["".join(one.paragraphs) for one in found] == body(ORCHARD, COURT)


def test_blank_lines_between_the_rows() -> None:
    result = cleaned(spread(MARKET, COURT).replace("\n", "\n\n"))
    assert ["".join(one.paragraphs) for one in result.arrangement.articles] == body(MARKET, COURT)


def test_gaps_that_all_lie_behind_an_indent() -> None:
    page = f"{' ' * 30}江城日报社区新闻版    责任编辑林若谷\n" * 3
    assert unfold(page).text == page


def test_columns_that_are_not_surely_parted_are_told_of() -> None:
    page = spread(RUST, COURT, gutters=(APART, "", "", "", ""))
    result = unfold(page)
    assert result.text == page
    ((start, end),) = [
        (one.start, one.end) for one in result.findings if one.rule == "layout.gutter"
    ]
    assert end - start > 0.9 * len(page)


# what stays


TABLE = "\n".join(
    f"{name}    负责受理和初审工作事项    五个工作日以内答复    街道办事处综合窗口"
    for name in ("更新改造项目申请表", "工业遗产认定申请书", "历史街区修缮备案表")
    for _ in range(4)
)
SPACED = "\n".join(
    "　　".join((one, two, three))
    for one, two, three in zip(
        ("一夜东风过小桥", "渔翁不管人间事", "两岸炊烟随水远", "归来灯下儿童问") * 3,
        ("柳梢青处是春潮", "只向芦花深处摇", "半山明月伴云高", "几个鲈鱼换酒瓢") * 3,
        ("谁家玉笛暗飞声", "散入春风满洛城", "此夜曲中闻折柳", "何人不起故园情") * 3,
        strict=True,
    )
)


@pytest.mark.parametrize("text", [TABLE, SPACED], ids=["table", "verse"])
def test_what_only_looks_like_a_sheet(text: str) -> None:
    page = f"{in_order(MARKET)}\n{text}\n\n{in_order(COURT)}"
    assert found(page) == []
    assert unfold(page).text == page


def test_pages_in_order_have_no_sheets() -> None:
    assert list(sheets(in_order(MARKET, COURT, ORCHARD, RUST))) == []


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from((*GUTTERS, "", "人", " ， ")), min_size=1, max_size=9))
def test_no_character_is_lost_or_doubled(gutters: list[str]) -> None:
    page = spread(MARKET, COURT, gutters=tuple(gutters))
    last = 0
    for part in sorted(unfold(page).parts):
        assert part.start >= last
        last = part.end
    result = cleaned(page)
    assert restore(account(result), clean_json(result)) == result.page.data


def test_what_hangs_over_a_column_is_no_cell_of_the_next() -> None:
    text = "几辆自行车停在门口，车筐里装着刚买的青菜"
    hanging = read(
        line(text, 0, len(text)),
        Grid((36, 36), 3, 1.0),
        said={(18, 1): 8.0},
        ends={(18, 0): 8.0},
    )
    assert [(cell.start, cell.end) for cell in hanging.cells] == [(0, 20)]
    wide = text[:18] + "又过了半个钟头，雨总算停了"
    parted = read(line(wide, 0, len(wide)), Grid((36, 36), 3, 1.0), said={(18, 1): 8.0})
    assert [(cell.start, cell.end) for cell in parted.cells] == [(0, 18), (18, len(wide))]


# columns that all end a paragraph


def beside(left: list[str], right: list[str]) -> str:
    rows = zip_longest(left, right, fillvalue="")
    return "\n".join(
        (f"{one}{' ' * (2 * MEASURE - width(one))}{APART}{two}").rstrip() for one, two in rows
    )


def column(*paragraphs: str) -> list[str]:
    return [line for paragraph in paragraphs for line in printed(paragraph)]


@pytest.mark.parametrize(("left", "right"), [(MARKET, COURT), (RUST, MARKET), (COURT, ORCHARD)])
def test_columns_that_change_places_below_a_ruler(left: Article, right: Article) -> None:
    above = beside(
        [left.title, left.author, *column(*left.paragraphs[:1])],
        [right.title, right.author, *column(*right.paragraphs[:1])],
    )
    below = beside(column(*right.paragraphs[1:]), column(*left.paragraphs[1:]))
    found = cleaned(f"{above}\n\n* * *\n\n{below}\n").arrangement.articles
    assert [one.title for one in found] == [left.title, right.title]
    assert ["".join(one.paragraphs) for one in found] == body(left, right)


def stacked(*articles: Article, count: int = 3) -> str:
    """Articles one below the other, each over all columns under a headline at the left edge."""
    rows = []
    for one in articles:
        heads, columns = block(one, count)
        rows += [*heads, ""]
        for cells in zip_longest(*columns, fillvalue=""):
            padded = [cell + " " * (2 * MEASURE - width(cell)) for cell in cells]
            rows.append(APART.join(padded).rstrip())
        rows.append("")
    return "\n".join(rows)


def test_articles_below_one_another_over_all_columns() -> None:
    result = cleaned(stacked(MARKET, COURT, ORCHARD))
    found_ = result.arrangement.articles
    assert [one.title for one in found_] == [MARKET.title, COURT.title, ORCHARD.title]
    assert ["".join(one.paragraphs) for one in found_] == body(MARKET, COURT, ORCHARD)
    assert restore(account(result), clean_json(result)) == result.page.data


def test_a_line_between_blank_ones_parts_no_columns_that_read_on() -> None:
    rows = spread(MARKET, COURT).split("\n")
    rows[6:6] = ["", "编者的话", ""]
    lines = "\n".join(line for line in unfold("\n".join(rows)).text.split("\n") if line)
    assert "\n".join(block(MARKET, 2)[1][1]) in lines
    assert "\n".join(block(COURT, 2)[1][0]) in lines
