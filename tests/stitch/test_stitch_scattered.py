"""What engines do to real pages: lines of headings elsewhere, torn affiliations, thin gutters."""

from dataclasses import replace

import pytest
from jiaokan.ledger import account
from jiaokan.restore import restore
from stitched import COURT, MARKET, ORCHARD, RUST, articles, cleaned, in_order

from bench.interleave.wrap import line_ends

WIDTH = 15
AFFILIATION = "（作者单位：云川市中级人民法院研究室）"


def columns(text: str, width: int = WIDTH) -> list[str]:
    """A paragraph's printed lines; none begins with a closing mark."""
    ends = line_ends(text, width)
    return [text[start:end] for start, end in zip((0, *ends), ends, strict=False)]


# affiliations and signatures


@pytest.mark.parametrize(
    "torn",
    [
        "（作者单位：云川市中级\n人民法院研究室）",
        "(作者单位: 云川市中级\n\n人民法院研究室)",
        "〈作者单位: 云川市\n中级人民法院\n研究室)",
        "《作者单位：云川市中级人民法院研究室)",
    ],
)
def test_an_affiliation_whose_bracket_is_torn_or_misread(torn: str) -> None:
    result = cleaned(in_order(replace(COURT, affiliation=torn), MARKET))
    assert result.arrangement.articles == (COURT, MARKET)
    assert restore(account(result), _clean(result)) == result.page.data


def _clean(result: object) -> object:
    from jiaokan.formats.clean_json import clean_of

    return clean_of(result)  # type: ignore[arg-type]


def test_a_bracket_that_nothing_closes_takes_no_text_along() -> None:
    first = replace(COURT, affiliation="（作者单位：云川市中级")
    found = articles(in_order(first, MARKET))
    assert found[-1] == MARKET
    assert [one.paragraphs for one in found if one.title == COURT.title] == [COURT.paragraphs]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("（沈知远）", "沈知远"),
        ("（本报记者 沈知远 通讯员 林若谷）", "沈知远 通讯员 林若谷"),
        ("〈沈知远)", "沈知远"),
    ],
)
def test_an_author_in_brackets_below_the_text(line: str, author: str) -> None:
    unsigned = replace(COURT, author="", affiliation="")
    found = articles(in_order(unsigned) + f"\n{line}\n\n{AFFILIATION}\n")
    assert found == (replace(COURT, author=author),)


def test_names_in_brackets_stay_text_where_the_author_stands_above() -> None:
    page = in_order(replace(COURT, affiliation="")) + f"\n（林若谷）\n\n{AFFILIATION}\n"
    assert articles(page) == (replace(COURT, paragraphs=(*COURT.paragraphs, "（林若谷）")),)


@pytest.mark.parametrize("line", ["（见第三版）", "（掌声）", "（完）"])
def test_other_brackets_at_the_end_are_no_signature(line: str) -> None:
    (one,) = articles(in_order(replace(COURT, affiliation="")) + f"\n{line}\n")
    assert one.author == COURT.author
    assert line in (*one.paragraphs, one.affiliation) or not one.paragraphs[-1].endswith(line)


# lines of a heading that were read elsewhere


@pytest.mark.parametrize("label", ["本报记者 ", "文/", "□"])
def test_an_authors_line_read_behind_the_first_column(label: str) -> None:
    bare = replace(MARKET, author="")
    blocks = [bare.title, bare.paragraphs[0], f"{label}林若谷", *bare.paragraphs[1:]]
    assert articles("\n\n".join(blocks) + "\n") == (MARKET,)


def test_an_authors_line_goes_to_the_title_that_lacks_one() -> None:
    bare = replace(MARKET, author="")
    blocks = [ORCHARD.title, ORCHARD.author, *ORCHARD.paragraphs]
    blocks += [bare.title, bare.paragraphs[0], "文/林若谷", *bare.paragraphs[1:]]
    assert articles("\n\n".join(blocks) + "\n") == (ORCHARD, MARKET)


def test_an_authors_line_that_no_title_lacks_stays_text() -> None:
    blocks = [MARKET.title, MARKET.author, MARKET.paragraphs[0], "文/苏晚", *MARKET.paragraphs[1:]]
    (one,) = articles("\n\n".join(blocks) + "\n")
    assert (one.title, one.author) == (MARKET.title, MARKET.author)
    assert "文/苏晚" in one.paragraphs


def test_an_authors_line_stays_text_where_the_author_signs_in_brackets() -> None:
    bare = replace(MARKET, author="")
    blocks = [bare.title, bare.paragraphs[0], "文/苏晚", *bare.paragraphs[1:], "（林若谷）"]
    (one,) = articles("\n\n".join([*blocks, AFFILIATION]) + "\n")
    assert (one.title, one.author, one.affiliation) == (MARKET.title, "林若谷", AFFILIATION)
    assert "文/苏晚" in one.paragraphs


def test_a_columns_name_read_away_from_its_title() -> None:
    blocks = [MARKET.title, MARKET.author, MARKET.paragraphs[0], "经济观察", *MARKET.paragraphs[1:]]
    assert articles("\n\n".join(blocks) + "\n") == (replace(MARKET, kicker="经济观察"),)


def test_a_columns_name_and_an_author_behind_the_first_column() -> None:
    bare = replace(MARKET, author="")
    first, *rest = ("\n".join(columns(text)) for text in bare.paragraphs[1:])
    torn = first.split("\n")
    blocks = ["\n".join(columns(bare.paragraphs[0])), "\n".join(torn[:3]), "街市"]
    blocks += ["本报记者 林若谷", "\n".join(torn[3:]), *rest]
    other = [ORCHARD.title, ORCHARD.author, *("\n".join(columns(p)) for p in ORCHARD.paragraphs)]
    page = "\n\n".join([*other, bare.title, *blocks]) + "\n"
    found = articles(page)
    assert [(one.kicker, one.title, one.author) for one in found] == [
        ("", ORCHARD.title, ORCHARD.author),
        ("街市", MARKET.title, MARKET.author),
    ]
    assert "".join(found[1].paragraphs) == "".join(MARKET.paragraphs)


def test_a_columns_name_and_an_author_far_from_their_title() -> None:
    """They open no article where the text below them takes up a sentence."""
    body = [*RUST.paragraphs, *MARKET.paragraphs, *COURT.paragraphs]
    *above, last = ("\n".join(columns(text)) for text in body)
    assert len("".join(above)) > 300
    lines = last.split("\n")
    torn, rest = "\n".join(lines[:2]), "\n".join(lines[2:])
    blocks = [COURT.title, *above, torn, "街市", "本报记者 林若谷", rest]
    (found,) = articles("\n\n".join(blocks) + "\n")
    assert (found.kicker, found.title, found.author) == ("街市", COURT.title, "林若谷")
    assert "".join(found.paragraphs).endswith(body[-1])


# headings inside a printed column


@pytest.mark.parametrize("kicker", ["", "走基层"])
def test_a_heading_right_below_a_column_is_not_joined_to_it(kicker: str) -> None:
    lines = columns(COURT.paragraphs[0]) + columns(COURT.paragraphs[1])
    head, tail = lines[:8], lines[8:]
    heading = [line for line in (kicker, MARKET.title, MARKET.author) if line]
    body = [line for text in MARKET.paragraphs for line in ["", *columns(text)]]
    page = "\n".join([COURT.title, COURT.author, "", *head, *heading, *body, "", *tail]) + "\n"
    found = articles(page)
    assert [one.title for one in found] == [COURT.title, MARKET.title]
    assert found[1].author == MARKET.author
    assert "".join(found[0].paragraphs) == "".join(COURT.paragraphs[:2])


def test_a_date_and_who_signs_a_notice_are_no_heading() -> None:
    text = "因管网检修，解放路沿线定于本周六停水一天，请各单位和居民提前储水，不便之处敬请谅解。"
    page = f"关于解放路沿线停水的通告\n\n{text}\n\n江城市自来水有限公司\n\n9月12日\n"
    (one,) = articles(page)
    assert one.title == "关于解放路沿线停水的通告"
    assert one.paragraphs == (text, "江城市自来水有限公司", "9月12日")


def test_a_reports_first_line_is_no_heading() -> None:
    first = "本报江城讯（记者 林若谷）昨日清晨五点，停了两年的"
    page = f"{first}\n\n{MARKET.title}\n\n{MARKET.author}\n\n{MARKET.paragraphs[0]}\n"
    assert all(first not in (one.kicker, one.title) for one in articles(page))


# thin gutters


def beside(left: list[str], right: list[str], gutter: str) -> str:
    return "\n".join(gutter.join(pair) for pair in zip(left, right, strict=True)) + "\n"


@pytest.mark.parametrize("gutter", [" ", " ” ", "”"])
def test_columns_with_one_blank_or_a_mark_between_them(gutter: str) -> None:
    left, right = (columns("".join(one.paragraphs))[:9] for one in (ORCHARD, RUST))
    result = cleaned(beside(left, right, gutter))
    text = "".join("".join(one.paragraphs) for one in result.arrangement.articles)
    assert text == "".join(left + right)
    assert restore(account(result), _clean(result)) == result.page.data


def test_columns_go_on_behind_a_blank_line() -> None:
    left, right = (columns("".join(one.paragraphs))[:10] for one in (ORCHARD, RUST))
    page = beside(left[:5], right[:5], "    ") + "\n" + beside(left[5:], right[5:], "    ")
    text = "".join("".join(one.paragraphs) for one in articles(page))
    assert text == "".join(left + right)


def test_chance_blanks_in_one_column_make_no_gutter() -> None:
    lines = columns("".join(COURT.paragraphs), 24)
    spaced = [f"{line[:12]} {line[12:]}" if at % 3 == 0 else line for at, line in enumerate(lines)]
    found = articles("\n".join([COURT.title, COURT.author, "", *spaced]) + "\n")
    assert "".join("".join(one.paragraphs) for one in found) == "".join(COURT.paragraphs)
