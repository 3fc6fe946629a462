"""What is shown of a page, from what a run wrote."""

import json
import re
import shutil
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.article import Target
from jiaokan.cli.records import Record, find_record, records_in
from jiaokan.errors import JiaokanError
from jiaokan.formats.clean_json import Clean
from jiaokan.inspect import PageView, Place, page_view, read_page, rule_notes
from jiaokan.inspect.builtin import BUILT_IN
from jiaokan.inspect.stretches import heaviest_rise
from jiaokan.ledger import Ledger, Placed, Source
from jiaokan.page import Decoding
from jiaokan.stages import STAGES
from jiaokan.trace import Trace

TOP = Path(__file__).parents[2]
RAW = TOP / "raw"


def record(samples: Path, name: str) -> Record:
    return find_record(samples / f"{name}.json")


@pytest.fixture(scope="module")
def pages(samples: Path) -> dict[str, PageView]:
    return {one.stem.name: read_page(one, RAW, rule_notes()) for one in records_in(samples)}


def test_the_raw_text_is_the_same_with_and_without_the_raw_file(
    samples: Path, pages: dict[str, PageView]
) -> None:
    for name, page in pages.items():
        again = read_page(record(samples, name), notes=rule_notes())
        assert again == page
        source = next(RAW.glob(f"{name}.*")).read_bytes().decode(page.encoding)
        assert page.raw == source.removeprefix("\ufeff")


def test_articles_are_those_of_the_clean_file(samples: Path, pages: dict[str, PageView]) -> None:
    for name, page in pages.items():
        tree = json.loads((samples / f"{name}.json").read_text("utf-8"))
        assert [field.text for field in page.furniture] == tree["furniture"]
        assert len(page.articles) == len(tree["articles"])
        for article, wanted in zip(page.articles, tree["articles"], strict=True):
            for field in ("kicker", "title", "subtitle", "author", "affiliation"):
                assert article.text_of(field) == wanted[field]
            body = [field.text for field in article.fields if field.name == "paragraphs"]
            assert body == wanted["paragraphs"]


def test_fragments_lie_apart_and_read_on_in_their_article(pages: dict[str, PageView]) -> None:
    for page in pages.values():
        last = 0
        for number, fragment in enumerate(page.fragments):
            assert fragment.number == number
            assert last <= fragment.start < fragment.end <= len(page.raw)
            last = fragment.end
        for article in page.articles:
            own = [page.fragments[number] for number in article.fragments]
            assert [fragment.order for fragment in own] == list(range(len(own)))
            assert {fragment.article for fragment in own} == {article.number}
            told = [s.fragment for field in article.fields for s in field.stretches]
            assert list(dict.fromkeys(told)) == list(article.fragments)


def test_a_seam_inside_a_line_is_a_link_between_its_fragments(pages: dict[str, PageView]) -> None:
    page = pages["seam-inside-a-line"]
    assert len(page.seams) == 5
    told = {link.seam: link for link in page.links if link.seam >= 0}
    assert sorted(told) == [0, 1, 2, 3, 4]
    for number, seam in enumerate(page.seams):
        source, target = (page.fragments[at] for at in (told[number].source, told[number].target))
        assert (source.end, target.start) == (seam.left, seam.right)
    inline = told[2]
    assert page.raw[: page.fragments[inline.source].end].endswith("泡在盛着煤油的搪")
    assert page.raw[page.fragments[inline.target].start :].startswith("瓷盘里")


def test_links_follow_every_fragment_but_the_first_of_an_article(
    pages: dict[str, PageView],
) -> None:
    for page in pages.values():
        assert len(page.links) == len(page.fragments) - len(page.articles)
        seams = [link.seam for link in page.links if link.seam >= 0]
        assert sorted(seams) == list(range(len(page.seams))), page.name


def test_every_edit_has_its_reason_and_stands_where_it_says(pages: dict[str, PageView]) -> None:
    edits = 0
    for page in pages.values():
        texts = {
            (article.number, field.name, field.index): field.text
            for article in page.articles
            for field in article.fields
        } | {(-1, "furniture", field.index): field.text for field in page.furniture}
        for edit in page.edits:
            edits += 1
            assert page.raw[edit.start : edit.end] == edit.old
            assert all(step.reason and step.kind for step in edit.steps)
            assert 0 <= edit.confidence <= 1
            shown = "".join(texts[place.string][place.start : place.end] for place in edit.places)
            assert shown in (edit.new, ""), edit
    assert edits > 300


def test_what_was_dropped_and_set_aside(pages: dict[str, PageView]) -> None:
    asides = pages["doubled-character"].asides
    assert [(a.text, a.rule) for a in asides if a.place is None] == [("时", "stitch.doubled")]
    assert [a.text for a in asides if a.place] == ["渠泉时报·城乡", "2017年3月29日 星期三"]
    assert all(a.reason for a in asides)


def test_need_counts_what_is_left_in_doubt(samples: Path, pages: dict[str, PageView]) -> None:
    assert pages["clean-page"].need == 0
    page = pages["seam-inside-a-line"]
    doubt = sum(1 - seam.confidence for seam in page.seams)
    assert page.need == pytest.approx(doubt + sum(1 - edit.confidence for edit in page.edits))
    assert page.need > 0


@pytest.fixture
def edited(samples: Path, tmp_path: Path) -> Path:
    """A copy of the clean folder, to be edited."""
    return Path(shutil.copytree(samples, tmp_path / "clean"))


def test_a_person_s_edit_of_the_json_file(edited: Path) -> None:
    path = edited / "clean-page.json"
    tree = json.loads(path.read_text("utf-8"))
    body = tree["articles"][1]["paragraphs"][0]
    tree["articles"][1]["paragraphs"][0] = body[:5] + "某某" + body[6:]
    tree["articles"][0]["title"] += "（续）"
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=2), "utf-8")
    page = read_page(find_record(path), RAW)
    title, text = page.hand
    assert (title.file, title.old, title.new) == ("clean-page.json", "", "（续）")
    (place,) = title.places
    assert (place.article, place.field, place.start) == (0, "title", place.end)
    assert (text.old, text.new) == (body[5], "某某")
    assert text.places == (Place(1, "paragraphs", 0, 5, 6),)
    assert page.raw[text.start : text.end] == body[5]
    assert page.articles[1].fields[-1].text  # the run's own text is shown beside it
    with pytest.raises(JiaokanError, match="was edited after the run"):
        read_page(find_record(path))


def test_a_person_s_edits_of_the_markdown_file(edited: Path) -> None:
    path = edited / "clean-page.md"
    blocks = path.read_text("utf-8").split("\n\n")
    gone = blocks.pop(3)
    blocks[4] += "\n\n新的一段。"
    path.write_text("\n\n".join(blocks), "utf-8")
    page = read_page(find_record(path))
    assert [(e.file, e.old.strip(), e.new.strip()) for e in page.hand] == [
        ("clean-page.md", gone, ""),
        ("clean-page.md", "", "新的一段。"),
    ]


def test_files_that_were_left_alone_have_no_hand_edits(pages: dict[str, PageView]) -> None:
    assert not any(page.hand for page in pages.values())


def test_built_in_reasons_are_those_of_the_documented_ids() -> None:
    """The documents' ids are held against the stages by `tests/docs`."""
    texts = [(TOP / "docs" / f"{name}.md").read_text("utf-8") for name in ("pipeline", "stitching")]
    subjects = "|".join([*(stage.name for stage in STAGES), "stitch"])
    ids = set(re.findall(rf"`((?:{subjects})\.[a-z]+(?:-[a-z]+)*)`", "".join(texts)))
    assert set(BUILT_IN) - {"encoding", "decision", "decision.stale"} == ids
    assert all(note.reason and note.chinese for note in BUILT_IN.values())


def test_moved_fragments_are_the_fewest() -> None:
    text = "甲题甲文一乙题乙文一甲文二乙文二"
    targets = [(0, "title"), (0, "p"), (1, "title"), (1, "p"), (0, "p"), (1, "p")]
    offsets = [0, 0, 0, 0, 3, 3]
    pieces = tuple(
        Placed(
            2 if field == "title" else 3,
            "r",
            Target(article, "title" if field == "title" else "paragraphs", 0, offset),
            "",
        )
        for (article, field), offset in zip(targets, offsets, strict=True)
    )
    source = Source("p", 0, "", len(text), Decoding("utf-8", "utf-8"))
    ledger = Ledger(source, (), pieces)
    page = page_view(ledger, Clean("p", ()), Trace(text, text))
    assert [text[f.start : f.end] for f in page.fragments if f.moved] == ["甲文二"]
    assert [text[f.start : f.end] for f in page.fragments] == [
        "甲题甲文一",
        "乙题乙文一",
        "甲文二",
        "乙文二",
    ]


@settings(deadline=None)
@given(st.permutations(range(7)), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_what_stays_is_the_heaviest_that_may(ranks: list[int], weights: list[int]) -> None:
    stays = heaviest_rise(ranks, weights)
    kept = [ranks[index] for index in sorted(stays)]
    assert kept == sorted(kept)
    best = 0
    for size in range(1, 8):
        for chosen in combinations(range(7), size):
            if all(ranks[one] < ranks[other] for one, other in pairwise(chosen)):
                best = max(best, sum(weights[index] for index in chosen))
    assert sum(weights[index] for index in stays) == best
