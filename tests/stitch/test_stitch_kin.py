"""What ties an item to its article: heading, number, speakers; the first guess."""

import numpy as np
import stitched
from jiaokan.language import walk
from jiaokan.stitch.blocks import Block
from jiaokan.stitch.items import Item
from jiaokan.stitch.seams.kinship import RAREST, titled
from jiaokan.stitch.search.decide import Prepared, decide, kin, prepare, reread
from jiaokan.stitch.weights import Weights, weights


def page(*lines: tuple[str, str]) -> tuple[str, list[Block]]:
    """A page of (role, line), and its blocks."""
    found: list[Block] = []
    at = 0
    for role, line in lines:
        found.append(Block(at, at + len(line), line, 1, role))  # type: ignore[arg-type]
        at += len(line) + 2
    return "\n\n".join(line for _, line in lines), found


def prepared(*lines: tuple[str, str], cuts: dict[int, float] | None = None) -> Prepared:
    text, found = page(*lines)
    ready = prepare(text, found, cuts or {})
    assert ready is not None
    return ready


def bits_of(page: Prepared, name: str, shares: np.ndarray) -> np.ndarray:
    return dict(kin(page, shares, weights(network=True)))[name]


def certainly(streams: list[int], width: int) -> np.ndarray:
    return np.eye(width, dtype=np.float32)[streams]


# the heading's own words

RUSTY = [
    ("kicker", "生活提示"),
    ("title", "怎样给旧自行车除锈"),
    ("byline", "唐小满"),
    ("title", "外婆的梨园"),
    ("body", "自行车除锈要先把浮土擦掉。"),
    ("body", "外婆的梨园在山坡上。"),
    ("body", "唐小满说，雨停了。"),
]


def test_an_item_shares_pairs_with_the_title_it_speaks_of() -> None:
    bits = prepared(*RUSTY).titled
    assert bits[2, 0] > 0 == bits[2, 1]
    assert bits[3, 1] > 0 == bits[3, 0]
    assert not bits[:, 2].any()


def test_an_authors_name_is_no_title() -> None:
    assert not prepared(*RUSTY).titled[4].any()


def test_only_body_text_is_kin_to_a_title() -> None:
    ready = prepared(*RUSTY)
    bits = bits_of(ready, "titled", certainly([0, 1, 0, 1, 2], 3))
    assert not bits[:2].any()
    assert bits[2:].tolist() == ready.titled[2:].tolist()


def test_a_pair_counts_once_and_never_more_than_the_rarest() -> None:
    text, found = page(("title", "梨园"), ("body", "梨园梨园梨园"), ("body", "梨园"))
    items = [Item("heading", 0, 2, article=0), Item("atom", 4, 10), Item("atom", 12, 14)]
    bits = titled(walk(text), items, [found[:1]])
    assert 0 < bits[1, 0] == bits[2, 0] <= RAREST


def test_texts_of_one_character_have_no_pairs() -> None:
    text, found = page(("title", "梨"), ("body", "梨"))
    items = [Item("heading", 0, 1, article=0), Item("atom", 3, 4)]
    assert not titled(walk(text), items, [found[:1]]).any()


# what belongs to no heading

FAR = "邻里纠纷标的不大，却最考验办案能力。" * 25
"""Text between two paragraphs that do not stand near one another, in characters."""
LOST = [
    ("title", "基层法庭怎样化解邻里纠纷"),
    ("body", "梨园在山坡上，外婆的梨花开了，满坡的梨花。"),
    ("body", FAR),
    ("body", "外婆说，梨园的梨花落在纸上，字就会写得好看。"),
    ("body", "链条要一节一节地涂机油。"),
]


def test_what_belongs_to_no_heading_has_words_of_its_own() -> None:
    bits = bits_of(prepared(*LOST), "pairs", certainly([0, 1, 0, 1, 1], 2))
    assert bits[1, 1] > max(bits[1, 0], 0)
    assert bits[3, 1] > max(bits[3, 0], 0)


def test_text_that_does_not_fit_what_has_no_heading_may_be_of_anything() -> None:
    shares = certainly([0, 1, 0, 1, 0], 2)
    assert bits_of(prepared(*LOST), "pairs", shares)[2].tolist()[1] == 0
    assert bits_of(prepared(*LOST), "singles", shares)[2].tolist()[1] == 0


# numbers and speakers

LISTS = [
    ("title", "老街的早市"),
    ("body", "一、蔬菜放在东边。"),
    ("title", "外婆的梨园"),
    ("body", "梨花开了。"),
    ("body", "二、水产放在西边。"),
]


def test_a_number_belongs_where_the_number_before_it_stands() -> None:
    bits = bits_of(prepared(*LISTS), "counted", certainly([0, 0, 1, 1, 0], 3))
    assert bits[4].tolist() == [0, -1, -1]
    assert not bits[:4].any()


def test_a_first_number_asks_for_nothing() -> None:
    lists = [*LISTS[:1], ("body", "二、水产放在西边。")]
    assert not bits_of(prepared(*lists), "counted", certainly([0, 0], 2)).any()


SPOKEN = [
    ("title", "钟表匠访谈"),
    ("body", "问：今年几岁？"),
    ("title", "外婆的梨园"),
    ("body", "梨花开了。"),
    ("body", "答：六十三了。"),
    ("body", "问：还修钟吗？"),
    ("body", "答：修到修不动为止。"),
]


def test_a_speaker_belongs_where_others_speak() -> None:
    bits = bits_of(prepared(*SPOKEN), "spoken", certainly([0, 0, 1, 1, 1, 0, 0], 3))
    assert bits[4].tolist() == [0, -1, -1]
    assert bits[5].tolist() == [0, 0, -1]
    assert not bits[[0, 2, 3]].any()


def test_an_answer_stands_below_what_it_answers() -> None:
    bits = bits_of(prepared(*SPOKEN), "spoken", certainly([0, 0, 1, 1, 1, 1, 1], 3))
    assert bits[4].tolist() == [0, -1, -1]  # the question below it is none to it
    assert bits[6].tolist() == [0, 0, -1]


# the first guess


def test_the_first_guess_is_the_block_behind_the_heading() -> None:
    lines = [("body", "甲。"), *LISTS[:2], ("body", "乙乙乙乙。"), LISTS[2], LISTS[3]]
    first = page(*lines)[1][2]
    ready = prepared(*lines, cuts={first.start + 4: 0.0})
    assert [item.kind for item in ready.items] == [
        "atom",
        "heading",
        *["atom"] * 3,
        "heading",
        "atom",
    ]
    nearest = ready.guess
    assert nearest.argmax(axis=1).tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert nearest.sum(axis=1).tolist() == [0, 1, 1, 1, 0, 1, 1]
    assert not nearest[:, 2].any()


def test_a_page_without_evidence_against_its_order_is_read_in_order() -> None:
    lines = [("title", stitched.MARKET.title), ("body", stitched.MARKET.paragraphs[0])]
    lines += [("title", stitched.COURT.title), ("body", stitched.COURT.paragraphs[0])]
    assert decide(prepared(*lines), Weights()).stream == (0, 0, 1, 1)


def test_a_reading_that_nothing_moves_is_read_again_as_it_is() -> None:
    ready = prepared(*LOST)
    once = decide(ready, Weights())
    again = reread(ready, Weights(), once, 0.0)
    assert (again.stream, again.previous) == (once.stream, once.previous)
