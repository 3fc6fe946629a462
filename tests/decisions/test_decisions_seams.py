"""Fragments put where people said they go."""

from decided import TWO, at, cleaned, paragraphs
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.columns.unfold import unfold
from jiaokan.decisions.book import Decisions, Known
from jiaokan.decisions.fit import fitted
from jiaokan.decisions.model import Decision
from jiaokan.decisions.seams import arranged
from jiaokan.formats.clean_json import Clean
from jiaokan.restore import string_at

FERRY, SHOP, FERRY_ON, SHOP_ON = (line for line in TWO.split("\n") if len(line) > 15)
PLAIN = cleaned(TWO)
END = TWO.index(FERRY) + len(FERRY)


def comma(text: str) -> str:
    """The text as the stages write it."""
    return text.replace(",", "，")


def test_a_fragment_goes_on_where_a_person_says() -> None:
    assert paragraphs(cleaned(TWO))[0] == (comma(FERRY),), "the page reads wrong by itself"
    found = cleaned(TWO, at(TWO, FERRY_ON, "seam", after=END, reads="on", who="Lin"))
    assert paragraphs(found) == [
        (comma(FERRY) + FERRY_ON,),
        (comma(SHOP), SHOP_ON),
    ]
    seam = found.arrangement.seams[0]
    assert (seam.left, seam.right) == (END, TWO.index(FERRY_ON))
    assert (seam.joined, seam.confidence, seam.evidence) == (True, 1.0, ("decided by Lin",))
    assert not any(one.rule == "stitch.open-end" for one in found.findings)


def test_a_fragment_reads_as_a_new_paragraph_or_runs_on() -> None:
    found = cleaned(TWO, at(TWO, FERRY_ON, "seam", after=END, reads="paragraph"))
    assert paragraphs(found)[0] == (comma(FERRY), FERRY_ON)
    both = cleaned(
        TWO,
        at(TWO, FERRY_ON, "seam", after=END),
        at(TWO, SHOP_ON, "seam", reads="on"),
    )
    assert paragraphs(both)[1] == (comma(SHOP) + SHOP_ON,)
    split = cleaned(TWO, at(TWO, "船上的人", "seam", reads="paragraph"))
    assert "船上的人都走到甲板上看灯。" in paragraphs(split)[1]


def test_a_fragment_belongs_to_an_article_or_to_none() -> None:
    moved = cleaned(TWO, at(TWO, FERRY_ON, "seam", article=1, title="渡口恢复夜航", reads="on"))
    assert paragraphs(moved)[0] == (comma(FERRY) + FERRY_ON,)
    aside = cleaned(TWO, at(TWO, SHOP_ON, "seam", furniture=True))
    assert aside.arrangement.furniture == (SHOP_ON,)
    assert not any(SHOP_ON in one for article in paragraphs(aside) for one in article)


def test_what_a_person_takes_apart_inside_a_line_is_cut_there() -> None:
    found = cleaned(TWO, at(TWO, "船上的人都走到甲板上看灯。", "seam", after=END))
    assert paragraphs(found)[0] == (comma(FERRY) + "船上的人都走到甲板上看灯。",)
    assert paragraphs(found)[1][0] == comma(SHOP) + "驶向对岸的柳叶洲。"


def test_fragments_that_hang_on_each_other_move_together_whatever_their_order() -> None:
    first = at(TWO, FERRY_ON, "seam", after=END)
    then = at(TWO, SHOP_ON, "seam", after=TWO.index(FERRY_ON) + len(FERRY_ON))
    found = paragraphs(cleaned(TWO, first, then))
    assert found[0] == (comma(FERRY) + FERRY_ON + SHOP_ON,)
    assert found == paragraphs(cleaned(TWO, then, first))


def test_a_wrong_title_or_a_circle_is_a_finding_and_moves_nothing() -> None:
    before = paragraphs(cleaned(TWO))
    circle = (
        at(TWO, FERRY_ON, "seam", after=TWO.index(SHOP_ON) + len(SHOP_ON)),
        at(TWO, SHOP_ON, "seam", after=TWO.index(FERRY_ON) + len(FERRY_ON)),
    )
    for wrong in (
        [at(TWO, FERRY_ON, "seam", article=1, title="山里的书屋")],
        [at(TWO, FERRY_ON, "seam", article=7)],
        [at(TWO, "郁 青", "seam", article=2)],
        circle,
    ):
        found = cleaned(TWO, *wrong)
        assert paragraphs(found) == before
        assert len([one for one in found.findings if one.rule == "decision.stale"]) == len(wrong)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_character_is_lost_whatever_is_moved(data: st.DataObject) -> None:
    made: list[Decision] = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(TWO) - 1))
        end = data.draw(st.integers(start + 1, len(TWO)))
        how = data.draw(st.sampled_from(["after", "article", "furniture", "reads"]))
        reads = data.draw(st.sampled_from(["on", "paragraph"]))
        made.append(
            Decision(
                "seam",
                at(TWO, "郁").page,
                start,
                end,
                TWO[start:end],
                after=data.draw(st.integers(0, len(TWO))) if how == "after" else -1,
                article=data.draw(st.integers(1, 3)) if how == "article" else 0,
                furniture=how == "furniture",
                reads="" if how == "furniture" else reads,
            )
        )
    plain = PLAIN
    known = tuple(Known(one, "d", number) for number, one in enumerate(made))
    ready = fitted(Decisions(known).on(at(TWO, "郁").page), unfold(TWO))
    found, _ = arranged(plain.trace, plain.arrangement, ready)
    ends = [piece.end for piece in found.pieces]
    assert [piece.start for piece in found.pieces] == [0, *ends[:-1]]
    assert ends[-1] == len(plain.trace.text)
    for piece in found.pieces:
        if piece.target:
            size = piece.end - piece.start
            shown = string_at(Clean("", found.articles, found.furniture), piece.target)
            text = plain.trace.text[piece.start : piece.end]
            assert shown[piece.target.offset : piece.target.offset + size] == text
    shown = "".join(text for one in found.articles for text in one.paragraphs)
    kept = "".join(text for one in paragraphs(plain) for text in one)
    assert sorted(shown + "".join(found.furniture)) == sorted(kept)
