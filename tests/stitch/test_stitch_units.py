"""Blocks, unwrapping, items and assembly: the parts below the search."""

import numpy as np
import pytest
import stitched
from hypothesis import given, settings
from hypothesis import strategies as st
from jiaokan.article import Piece, Target
from jiaokan.edit import apply, ordered
from jiaokan.language import walk
from jiaokan.stages import layout
from jiaokan.stages.context import Context
from jiaokan.stitch.blocks import Block, blocks, closed, short
from jiaokan.stitch.drafts import fill
from jiaokan.stitch.items import Item, cut_up
from jiaokan.stitch.seams.kinship import Vocabulary


def found(text: str) -> list[Block]:
    return blocks(text, stitched.rules())


def roles(text: str) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in found(text)]


# blocks


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("清早五点，老街的早市亮起了灯。", "body"),
        ("（作者单位：江城大学）", "affiliation"),
        ("（作者系云川市作家协会会员）", "affiliation"),
        ("作者单位：江城大学", "affiliation"),
        ("本报记者 李明", "byline"),
        ("责任编辑 王建国", "furniture"),
        ("2019年11月26日 星期二", "furniture"),
        ("第3版", "furniture"),
        ("（下转第4版）", "furniture"),
        ("（作者与读者）", "body"),
        ("他生于2019年11月26日 星期二", "body"),
        ("责任编辑应当认真审读每一篇稿件。", "body"),
    ],
)
def test_a_line_has_the_role_its_wording_shows(line: str, role: str) -> None:
    text = f"开头的一段话已经说完了。\n\n{line}\n\n后面的一段话也说完了。"
    assert roles(text)[1] == (role, line)


@pytest.mark.parametrize(
    "affiliation",
    [
        "（作者单位：江城大学法学院）",
        "(作者单位：江城大学法学院)",
        "（作者系江城大学教授、博士生导师）",
    ],
)
def test_an_affiliation_glued_to_the_last_paragraph_is_split_off(affiliation: str) -> None:
    body, end = found(f"问题解决了，大家都很满意。{affiliation}\n")
    assert (body.role, body.text) == ("body", "问题解决了，大家都很满意。")
    assert (end.role, end.text) == ("affiliation", affiliation)
    assert body.end <= end.start


@pytest.mark.parametrize(
    "line",
    [
        "他写了一本书（已经出版的第三本）",
        "这句话的出处（作者的话）",
        "（作者单位：江城大学）之后又来人了。",
    ],
)
def test_other_brackets_are_not_split_off(line: str) -> None:
    assert [block.text for block in found(line)] == [line]


def test_blanks_and_places_are_counted() -> None:
    text = "\n\n  甲段落在这里。\n乙段落在这里。\n\n\n丙段落在这里。  \n"
    got = found(text)
    assert [text[block.start : block.end] for block in got] == [
        "甲段落在这里。",
        "乙段落在这里。",
        "丙段落在这里。",
    ]
    assert [block.text for block in got] == [text[block.start : block.end] for block in got]
    assert got[1].blanks == 0
    assert got[2].blanks == 2


def test_a_padded_name_gives_its_place() -> None:
    text = "春天的集市\n\n苏　禾\n\n天刚亮，集市上已经来了不少人。"
    byline = found(text)[1]
    assert byline.role == "byline"
    assert byline.name is not None
    assert text[slice(*byline.name)] == "苏　禾"


@given(st.text(st.sampled_from("天地，。（）作者单位：大学 　\n\t第3版"), max_size=80))
def test_blocks_lie_in_order_and_hold_all_text(text: str) -> None:
    last = 0
    for block in found(text):
        assert text[last : block.start].strip() == ""
        assert text[block.start : block.end] == block.text == block.text.strip() != ""
        last = block.end
    assert text[last:].strip() == ""


@pytest.mark.parametrize(
    "line", ["路修到村口，灯亮到门口", "“老手艺”进了校园", "怎样给旧自行车除锈？", "走，去看戏！"]
)
def test_short_lines_can_be_headings(line: str) -> None:
    assert short(Block(0, len(line), line, 1))


@pytest.mark.parametrize(
    "line", ["是的。", "而且，", "，以及其他", "字", "他说：", "ABC", "长" * 35]
)
def test_other_lines_cannot(line: str) -> None:
    assert not short(Block(0, len(line), line, 1))


@pytest.mark.parametrize(
    ("text", "is_closed"), [("好。", True), ("好”", True), ("好，", False), ("好", False)]
)
def test_closed(text: str, is_closed: bool) -> None:
    assert closed(text) is is_closed


# unwrapping


def unwrap(text: str) -> str:
    edits = layout.run(text, Context("simplified", stitched.rules()))
    return apply(text, ordered(edits, text))


@pytest.mark.parametrize("width", [12, 17, 24, 38])
def test_wrapped_columns_are_joined(width: int) -> None:
    paragraphs = stitched.MARKET.paragraphs + stitched.COURT.paragraphs
    text = "\n\n".join(stitched.wrapped(paragraph, width) for paragraph in paragraphs)
    assert unwrap(text).split("\n\n") == list(paragraphs)


def test_indented_lines_open_paragraphs_in_a_column() -> None:
    paragraphs = ["　　" + paragraph for paragraph in stitched.MARKET.paragraphs]
    text = "\n".join(stitched.wrapped(paragraph, 17) for paragraph in paragraphs)
    assert unwrap(text).split("\n") == paragraphs


def test_english_words_at_a_lines_end_keep_their_blank() -> None:
    text = (
        "这家实验室把新的方法叫作 Reading\n"
        "Order Model，用来给旧报纸的版面排\n"
        "出先后。他们说，机器读得快，人读得\n"
        "准，两样合在一起才放心，眼下还差得\n"
        "远，要再等几年才能用到普通的读者手\n"
        "里。"
    )
    assert "Reading Order" in unwrap(text)


UNTOUCHED = {
    "verse": "雨落在瓦上\n像有人在数米\n一粒一粒\n数到天亮\n\n"
    "灯还没有灭\n门还没有关\n你说过的话\n还在檐下滴答",
    "regular verse": "春眠不觉晓，\n处处闻啼鸟。\n夜来风雨声，\n花落知多少。",
    "seven-character verse": "朝辞白帝彩云间，\n千里江陵一日还。\n"
    "两岸猿声啼不住，\n轻舟已过万重山。",
    "list": "一、热爱祖国，服务人民。\n二、尊老爱幼，邻里和睦。\n"
    "三、爱护公物，保护环境。\n四、勤俭持家，反对浪费。",
    "numbered list": "1.携带本人身份证原件；\n2.填写申请表一式两份；\n"
    "3.近期免冠照片二张；\n4.其他需要提交的材料。",
    "names": "林若谷\n唐小满\n沈知远\n苏  晚\n何守仁\n窦小满",
    "name table": "王建国 李小红 张大山 赵春梅\n周明亮 吴海燕 郑志强 冯秀英\n"
    "陈国栋 褚玉兰 卫东升 蒋丽华",
    "short lines": "是的。\n不是。\n为什么？\n不知道。",
    "whole paragraphs": "\n".join(stitched.MARKET.paragraphs),
    "paragraphs with blanks": "\n\n".join(stitched.ORCHARD.paragraphs),
    "speech": "问：今年几岁？\n答：六十三了。\n问：还修钟吗？\n答：修到修不动为止。",
    "notice foot": "特此通知，请互相转告。\n云川市自来水公司\n2019年11月26日",
    "empty": "",
    "blank lines": "\n\n\n",
}


@pytest.mark.parametrize("kind", UNTOUCHED)
def test_lines_that_are_no_wrapped_prose_stay(kind: str) -> None:
    assert unwrap(UNTOUCHED[kind]) == UNTOUCHED[kind]


@pytest.mark.parametrize("kind", UNTOUCHED)
def test_they_stay_beside_wrapped_prose_too(kind: str) -> None:
    prose = stitched.wrapped(stitched.COURT.paragraphs[1], 17)
    text = f"{prose}\n\n{UNTOUCHED[kind]}\n\n{prose}"
    assert UNTOUCHED[kind] in unwrap(text)


def test_unwrapping_twice_is_unwrapping_once() -> None:
    text = "\n\n".join(stitched.wrapped(p, 15) for one in stitched.ALL for p in one.paragraphs)
    assert unwrap(unwrap(text)) == unwrap(text)


def test_headings_between_wrapped_columns_stay_apart() -> None:
    head = "老街的早市重新开张\n\n林若谷\n\n"
    text = head + stitched.wrapped(stitched.MARKET.paragraphs[0], 17)
    assert unwrap(text) == head + stitched.MARKET.paragraphs[0]


# items


def block(start: int, end: int, role: str) -> Block:
    return Block(start, end, "字" * (end - start), 1, role)  # type: ignore[arg-type]


def test_a_heading_is_one_item_and_furniture_none() -> None:
    page = [
        block(0, 4, "kicker"),
        block(5, 9, "title"),
        block(10, 13, "byline"),
        block(14, 40, "body"),
        block(41, 45, "furniture"),
        block(46, 60, "body"),
        block(61, 70, "affiliation"),
        block(71, 75, "title"),
        block(76, 80, "subhead"),
    ]
    items, headings = cut_up(page, {})
    assert [(item.kind, item.start, item.end) for item in items] == [
        ("heading", 0, 4),
        ("atom", 14, 40),
        ("atom", 46, 60),
        ("affiliation", 61, 70),
        ("heading", 71, 75),
        ("atom", 76, 80),
    ]
    assert [item.article for item in items if item.kind == "heading"] == [0, 1]
    assert [[b.role for b in heading] for heading in headings] == [
        ["kicker", "title", "byline"],
        ["title"],
    ]
    assert items[-1].subhead


def test_a_title_behind_an_author_opens_the_next_article() -> None:
    page = [
        block(0, 4, "title"),
        block(5, 8, "byline"),
        block(9, 12, "kicker"),
        block(13, 20, "title"),
    ]
    _, headings = cut_up(page, {})
    assert [[b.role for b in heading] for heading in headings] == [
        ["title", "byline"],
        ["kicker", "title"],
    ]


@given(st.dictionaries(st.integers(1, 99), st.floats(-20, 20), max_size=12))
def test_cuts_partition_their_block(cuts: dict[int, float]) -> None:
    page = [block(10, 40, "body"), block(41, 90, "body")]
    items, _ = cut_up(page, cuts)
    for part in page:
        own = [item for item in items if part.start <= item.start < part.end]
        assert [own[0].start, *[item.end for item in own]] == [
            *[item.start for item in own],
            part.end,
        ]
        assert [item.inner for item in own] == [False, *[True] * (len(own) - 1)]
        assert {item.start: item.odds for item in own if item.inner} == {
            cut: odds for cut, odds in cuts.items() if part.start < cut < part.end
        }


@pytest.mark.parametrize(("blanks", "tight"), [((1, 1, 0), True), ((0, 0, 0), False)])
def test_a_block_is_tight_only_where_blank_lines_part_the_others(
    blanks: tuple[int, ...], tight: bool
) -> None:
    page = [block(0, 9, "body")]
    for at, lines in enumerate(blanks, 1):
        page.append(Block(10 * at, 10 * at + 9, "字" * 9, lines))
    items, _ = cut_up(page, {35: 1.0})
    assert [item.tight for item in items] == [False, False, False, tight, False]


# assembly


@given(
    st.text(st.sampled_from("天地 \n"), max_size=30),
    st.lists(st.integers(0, 30), max_size=8).map(sorted),
)
@settings(max_examples=200)
def test_fill_partitions_the_text(text: str, points: list[int]) -> None:
    points = [min(point, len(text)) for point in points]
    spans = list(zip(points[::2], points[1::2], strict=False))
    pieces = [
        Piece(start, end, "stitch.body", Target(0, "paragraphs", at, 0))
        for at, (start, end) in enumerate(spans)
        if end > start
    ]
    filled = fill(text, pieces, [])
    assert "".join(text[piece.start : piece.end] for piece in filled) == text
    assert all(piece.end > piece.start for piece in filled)
    assert [piece for piece in filled if piece.target] == pieces
    for piece in filled:
        assert piece.target or piece.rule


def test_fill_names_dropped_text_by_its_rule() -> None:
    text = "天天地\n玄"
    body = [
        Piece(0, 1, "stitch.body", Target(0, "paragraphs", 0, 0)),
        Piece(2, 3, "stitch.body", Target(0, "paragraphs", 0, 1)),
        Piece(4, 5, "stitch.body", Target(0, "paragraphs", 1, 0)),
    ]
    filled = fill(text, body, [(1, 2, "stitch.doubled")])
    assert [(piece.rule, bool(piece.target)) for piece in filled] == [
        ("stitch.body", True),
        ("stitch.doubled", False),
        ("stitch.body", True),
        ("layout.blank", False),
        ("stitch.body", True),
    ]


# kinship


def test_an_item_is_nearer_to_the_article_that_shares_its_words() -> None:
    parts = [
        stitched.RUST.paragraphs[0],
        stitched.COURT.paragraphs[0],
        stitched.RUST.paragraphs[2],
        stitched.COURT.paragraphs[2],
    ]
    text = "\n".join(parts)
    items, at = [], 0
    for part in parts:
        items.append(Item("atom", at, at + len(part)))
        at += len(part) + 1
    shares = np.zeros((4, 2), np.float32)
    shares[0, 0] = shares[1, 1] = 1.0
    bits = Vocabulary(walk(text), items, 2).kinship(shares)
    assert bits[2, 0] > bits[2, 1]
    assert bits[3, 1] > bits[3, 0]


@pytest.mark.parametrize("n", [1, 2])
def test_nobody_is_kin_where_nothing_is_shared(n: int) -> None:
    text = "甲乙丙丁。\n戊己庚辛。"
    items = [Item("atom", 0, 5), Item("atom", 6, 11)]
    shares = np.eye(2, dtype=np.float32)
    assert not Vocabulary(walk(text), items, n).kinship(shares).any()


def test_a_single_shared_character_is_no_shared_pair() -> None:
    text = "旧梨树园。\n新梨花香。"
    items = [Item("atom", 0, 5), Item("atom", 6, 11)]
    shares = np.eye(2, dtype=np.float32)
    assert Vocabulary(walk(text), items, 1).kinship(shares)[0, 1] > 0
    assert not Vocabulary(walk(text), items, 2).kinship(shares).any()
