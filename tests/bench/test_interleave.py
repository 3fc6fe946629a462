"""Generated pages: fixed by their seed, covered by their truth, and true to their gold."""

import json
import lzma
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.interleave import (
    DAMAGES,
    PRESETS,
    Article,
    FileSource,
    GeneratedPage,
    PageOptions,
    generate,
    gold,
    read_files,
    truth,
    with_settings,
    write_pages,
)
from bench.interleave.__main__ import main
from bench.interleave.columns import weave
from bench.interleave.corpus import read_registers, split_part
from bench.interleave.damage import damage_text, read_confusions
from bench.interleave.options import Damage, Layout
from bench.interleave.tidy import heading_like, tidy
from bench.interleave.titles import derive_title
from bench.interleave.wrap import line_ends

ROOT = Path(__file__).parents[2]

TOPICS = (
    ("老街灯匠", "灯笼", "竹篾", "作坊", "灯匠"),
    ("海边盐田", "盐池", "卤水", "盐堆", "盐工"),
    ("山村小学", "课堂", "书包", "操场", "老师"),
    ("夜班公交", "车厢", "站台", "乘客", "司机"),
    ("社区菜园", "菜畦", "种子", "邻居", "园丁"),
)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("宇文瀚海", "宇文瀚海"),
        ("文瀚海", "文瀚海"),
        ("文/苏 禾", "苏禾"),
        ("□本报记者 宇文瀚海", "宇文瀚海"),
        ("（栾大川 温岚）", "栾大川温岚"),
        ("（记者 栾大川）", "栾大川"),
        ("栾大川（苗族）", "栾大川（苗族）"),
    ],
)
def test_gold_authors_are_names(line: str, name: str) -> None:
    assert Article("题", ("文。",), author=line).gold()["author"] == name


def _article(topic: int) -> Article:
    """A small article written for these tests: four paragraphs, a sub-heading among them."""
    name, *words = TOPICS[topic]
    a, b, c, d = words
    paragraphs = (
        f"说起{name}，上了年纪的人都记得那间{c}。清早，{d}推开门，先看一眼{a}，再摸一摸{b}，"
        f"心里就有了数。“急不得，”他常说，“{a}和人一样，要等。”这一等，就是37年。",
        f"{a}怎样来，{b}怎样去，都有讲究。{d}把步骤写在一本《{name}手记》里，一共12条，每条只有一句话："
        f"看清楚，想明白，再动手。年轻人笑他慢，他也不恼；等到{c}里挂满了{a}，大家才知道慢有慢的道理。",
        f"让{c}重新热闹起来",
        f"前年春天，镇上修了路，外地人开着GPS找到这里，{c}第一次排起了队。{d}收了三个徒弟，"
        f"教他们认{b}，教他们听声音。有人问，机器一天能做500个，何必守着旧法子？他想了想，回答说："
        f"机器做的是{a}，我们做的是日子……",
        f"如今，{name}的故事进了课本。{d}还是每天早起，把{b}一根一根理好，放在窗下。"
        f"阳光照进来，{a}的影子落在墙上，像一页写满字的纸。",
    )
    return Article(
        title=f"{name}里的慢功夫",
        paragraphs=paragraphs,
        kicker="乡土笔记" if topic % 2 else "",
        author=("苏禾", "欧阳青山", "沈行 程远")[topic % 3],
        affiliation="（作者单位：越州市文化馆）" if topic % 3 else "",
    )


SOURCE = FileSource(tuple(_article(i) for i in range(len(TOPICS))))
OFF = Damage()


def pages(options: PageOptions, count: int = 3, seed: int = 1) -> list[GeneratedPage]:
    return list(generate(options, SOURCE, count, seed))


@st.composite
def page_options(draw: st.DrawFn) -> PageOptions:
    """Any preset, with the options that change the text's shape drawn anew."""
    preset = PRESETS[draw(st.sampled_from(sorted(PRESETS)))]
    chance = st.sampled_from((0.0, 0.3, 1.0))
    low = draw(st.integers(1, 4))
    layout = replace(
        preset.layout,
        articles_min=low,
        articles_max=draw(st.integers(low, 4)),
        columns_max=draw(st.integers(2, 4)),
        glued=draw(chance),
        doubled=draw(chance),
        lost=draw(chance),
        ragged=draw(chance),
        cut_paragraph=draw(chance),
        indent=draw(chance),
        abreast=draw(st.sampled_from((1, 1, 2, 3))),
        alternate=draw(st.booleans()),
        wrapped=draw(st.booleans()),
    )
    headings = replace(preset.headings, inside=draw(chance), furniture=draw(chance))
    return replace(preset, layout=layout, headings=headings)


def joined(page: GeneratedPage, article: int) -> str:
    """The body of an article put together from the raw text by the seams alone, blanks dropped."""
    seams = {s.right: s for s in page.seams}
    out = []
    for fragment in page.fragments_of(article):
        text = "".join(page.raw[fragment.start : fragment.end].split())
        seam = seams.get(fragment.start)
        if seam is not None:
            out.append(seam.lost)
            text = text[1:] if seam.doubled else text
        out.append(text)
    return "".join(out)


@settings(deadline=None, max_examples=60)
@given(page_options(), st.integers(0, 50))
def test_joining_fragments_by_the_truth_gives_the_gold_body(
    options: PageOptions, seed: int
) -> None:
    for page in pages(options, 1, seed):
        for index, article in enumerate(page.articles):
            assert joined(page, index) == article.body


@settings(deadline=None, max_examples=60)
@given(page_options(), st.integers(0, 50), st.sampled_from(sorted(DAMAGES)))
def test_fragments_cover_the_page(options: PageOptions, seed: int, damage: str) -> None:
    for page in pages(replace(options, damage=DAMAGES[damage]), 1, seed):
        at = 0
        for fragment in page.fragments:
            assert not page.raw[at : fragment.start].strip()
            assert at <= fragment.start < fragment.end
            at = fragment.end
        assert not page.raw[at:].strip()
        assert [(c.left, c.right) for c in page.cuts] == [
            (a.end, b.start) for a, b in pairwise(page.fragments)
        ]
        for cut in page.cuts:
            gap = page.raw[cut.left : cut.right]
            layout = options.layout
            apart = cut.kind == "gutter" and layout.alternate and not layout.spread
            assert {"block": "\n\n" in gap, "line": gap.count("\n") == 1}.get(
                cut.kind, ("\n" in gap) == apart
            )


@settings(deadline=None, max_examples=40)
@given(page_options(), st.integers(0, 50))
def test_gold_spans_are_in_order_and_leave_only_lost_characters(
    options: PageOptions, seed: int
) -> None:
    for page in pages(options, 1, seed):
        for index, article in enumerate(page.articles):
            found = list(page.fragments_of(index))
            lost = {s.left: s.lost for s in page.seams}
            at = 0
            for fragment in found:
                assert fragment.gold_start == at
                at = fragment.gold_end + len(lost.get(fragment.end, ""))
            assert at == len(article.body)


@settings(deadline=None, max_examples=30)
@given(page_options(), st.integers(0, 50))
def test_same_seed_same_bytes(options: PageOptions, seed: int) -> None:
    options = replace(options, damage=DAMAGES["heavy"])
    first, second = pages(options, 2, seed), pages(options, 2, seed)
    assert first == second
    assert [truth(p) for p in first] == [truth(p) for p in second]


def test_another_seed_gives_another_page() -> None:
    assert pages(PRESETS["columns"], 1, 1)[0].raw != pages(PRESETS["columns"], 1, 2)[0].raw


def test_a_page_does_not_depend_on_how_many_came_before() -> None:
    whole = list(generate("columns", SOURCE, 4, 9))
    assert list(generate("columns", SOURCE, 2, 9, first=2)) == whole[2:]


def test_in_order_pages_are_in_order() -> None:
    for page in pages(PRESETS["in-order"], 20):
        order = [f.article for f in page.fragments if f.kind == "body"]
        assert order == sorted(order)
        named = [f.article for f in page.fragments if f.part == "title"]
        assert named == sorted(named) == list(range(len(page.articles)))


def test_columns_are_interleaved() -> None:
    options = with_settings(PRESETS["columns"], ["layout.articles_min=3"])
    mixed = 0
    for page in pages(options, 20):
        order = [f.article for f in page.fragments if f.kind == "body"]
        mixed += order != sorted(order)
    assert mixed >= 18


@given(st.lists(st.integers(1, 4), min_size=2, max_size=5), st.integers(0, 99))
def test_weave_takes_every_column_and_parts_those_of_one_article(
    counts: list[int], seed: int
) -> None:
    order = weave(counts, Layout(adjacent=0), Random(seed))
    assert [order.count(i) for i in range(len(counts))] == counts
    if max(counts) <= (sum(counts) + 1) // 2:
        assert all(a != b for a, b in pairwise(order))


def test_glued_columns_meet_inside_a_line() -> None:
    options = with_settings(PRESETS["columns"], ["layout.glued=1", "headings.inside=0"])
    glued = 0
    for page in pages(options, 10):
        for offset in truth(page)["glued"]:
            assert "\n" not in page.raw[offset - 1 : offset + 1]
            glued += 1
    assert glued > 10


def test_a_doubled_character_stands_on_both_sides() -> None:
    options = with_settings(PRESETS["columns"], ["layout.doubled=1", "layout.glued=0"])
    seams = [(p, s) for p in pages(options, 10) for s in p.seams if s.doubled]
    assert seams
    for page, seam in seams:
        assert page.raw[seam.left - 1] == page.raw[seam.right]


def test_a_paragraph_cut_by_a_seam_stays_one_paragraph() -> None:
    for page in pages(PRESETS["columns"], 5):
        for article in page.articles:
            assert article in SOURCE.articles
            assert gold(page)["articles"][page.articles.index(article)]["paragraphs"] == list(
                article.paragraphs
            )


def test_damage_changes_characters_and_neither_layout_nor_gold() -> None:
    clean = pages(PRESETS["columns"], 5)
    harmed = pages(replace(PRESETS["columns"], damage=DAMAGES["theory"]), 5)
    for one, other in zip(clean, harmed, strict=True):
        assert one.raw != other.raw
        assert "，" not in other.raw
        assert "，" in one.raw
        assert gold(one) == gold(other)
        assert [c.kind for c in one.cuts] == [c.kind for c in other.cuts]


def test_no_damage_leaves_text_alone() -> None:
    assert damage_text("他说：“和 ”", OFF, {"说": (("悦",), (1,))}, Random(0)) == "他说：“和 ”"


def test_confusions_are_read_and_applied(tmp_path: Path) -> None:
    table = tmp_path / "confusions.tsv"
    table.write_text("read\ttrue\tcount\n末\t未\t3\n", "utf-8")
    confusions = read_confusions(table)
    assert damage_text("未来", Damage(confusion=1), confusions, Random(0)) == "末来"


def test_traditional_words_are_strewn_in() -> None:
    assert damage_text("发展经济", Damage(traditional=1), {}, Random(0)) == "發展經濟"


def test_wrapped_lines_keep_to_the_width_and_to_the_marks() -> None:
    for page in pages(PRESETS["wrapped"], 10):
        for fragment in page.fragments:
            if fragment.kind != "body":
                continue
            lines = page.raw[fragment.start : fragment.end].split("\n")
            assert all(len(line) <= 2 * 20 + 2 for line in lines)
    text = "他说：“来。”我不来，用GPS也不来。"
    ends = line_ends(text, 5)
    assert ends[-1] == len(text)
    assert not any(text[end] in "，。”" for end in ends[:-1])
    assert not any(text[end - 2 : end] == "GP" or text[end - 1] == "“" for end in ends)


def test_lines_pages_hold_two_columns_in_a_line() -> None:
    options = with_settings(PRESETS["lines"], ["layout.articles_min=2", "layout.articles_max=2"])
    for page in pages(options, 5):
        assert sum(c.kind == "gutter" for c in page.cuts) > 5


def test_spread_pages_have_lines_across_all_their_columns() -> None:
    kinds = set()
    for page in pages(PRESETS["spread"], 10):
        assert all(page.raw[cut.left : cut.right].strip() == "" for cut in page.cuts)
        cells = [fragment for fragment in page.fragments if fragment.kind == "body"]
        assert len(cells) > len(page.raw.split("\n"))
        kinds |= {page.raw[f.start : f.end] for f in page.fragments if f.kind == "gutter"}
    assert {"|", "”", "。"} <= kinds


def test_alternating_pages_give_each_cell_a_line() -> None:
    counts = set()
    for page in pages(PRESETS["alternating"], 10):
        lines = [f for f in page.fragments if f.kind != "furniture"]
        assert all("\n" not in page.raw[f.start : f.end] for f in lines)
        turns = [f.article for f in lines if f.kind == "body"]
        counts.add(sum(a != b for a, b in pairwise(turns)) > len(turns) / 2)
    assert True in counts


def test_continued_pages_have_a_piece_without_a_title_or_without_its_end() -> None:
    seen = {"came": 0, "goes": 0}
    whole = {a.title: a for a in SOURCE.articles}
    for page in pages(PRESETS["continued"], 20):
        changed = [a for a in page.articles if a not in SOURCE.articles]
        assert len(changed) == 1
        if changed[0].title:
            seen["goes"] += 1
            assert whole[changed[0].title].body.startswith(changed[0].body)
        else:
            seen["came"] += 1
            assert any(a.body.endswith(changed[0].body) for a in SOURCE.articles)
    assert min(seen.values()) > 2


def test_files_are_written_and_read(tmp_path: Path) -> None:
    assert write_pages(generate("columns", SOURCE, 3, 4), tmp_path) == 3
    for raw in (tmp_path / "raw").glob("*.txt"):
        data = json.loads((tmp_path / "truth" / f"{raw.stem}.json").read_text("utf-8"))
        text = raw.read_bytes().decode("utf-8")
        kinds = {k for *_, k in data["fragments"]}
        assert {"body", "heading"} <= kinds <= {"body", "heading", "affiliation", "furniture"}
        assert len(data["fragments"]) == len(data["parts"]) == len(data["gold"])
        assert data["fragments"][-1][1] <= len(text)
        expected = json.loads((tmp_path / "gold" / f"{raw.stem}.json").read_text("utf-8"))
        assert raw.stem.startswith(f"c{len(expected['articles'])}-")


def test_the_command_reads_article_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for i, article in enumerate(SOURCE.articles):
        path = tmp_path / "in" / f"{i}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(article.gold(), ensure_ascii=False), "utf-8")
    out = str(tmp_path / "out")
    source = f"files:{tmp_path / 'in'}"
    assert main(["--source", source, "--articles", "2", "--pages", "2", "--out", out]) == 0
    assert sorted(p.name for p in (tmp_path / "out" / "raw").iterdir()) == [
        "c2-0000.txt",
        "c2-0001.txt",
    ]
    assert "2 pages" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--source", "corpus:news", "--corpus-dir", "nowhere"], "--corpus-dir"),
        (["--source", "tape:news"], "not a source"),
        (["--set", "layout.nothing=1"], "no such option"),
        (["--set", "layout.glued=much"], "not a value"),
        ([], "--source"),
    ],
)
def test_the_command_says_what_is_wrong(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--out", str(tmp_path)]) == 2
    assert message in capsys.readouterr().err


def test_an_unknown_field_in_an_article_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("titel: 甲\nparagraphs: [乙]\n", "utf-8")
    with pytest.raises(ValueError, match="titel"):
        read_files(tmp_path)


def test_help_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.interleave", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "example:" in done.stdout


def test_parts_of_a_register_have_no_line_in_common() -> None:
    lines = [f"第{i}段" for i in range(2000)]
    parts = {name: set(split_part(lines, name)) - {""} for name in ("fit", "tune", "test")}
    assert all(parts.values())
    assert not parts["fit"] & parts["test"]
    assert not parts["fit"] & parts["tune"]
    assert lines[-1] in parts["test"]


def test_a_corpus_run_becomes_an_article(tmp_path: Path) -> None:
    body = [p for i in range(5) for p in _article(i).paragraphs if len(p) > 40]
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "general.txt.xz").write_bytes(lzma.compress("\n".join(body * 3).encode("utf-8")))
    register = read_registers(folder, ["general"], "all")[0]
    rng = Random(3)
    runs = [run for _ in range(50) if (run := register.run(rng, None, 80, 300))]
    assert runs
    run = runs[0]
    assert 80 <= sum(map(len, run.paragraphs)) <= 300
    assert all(p in body for p in run.paragraphs)
    title = derive_title(run.paragraphs, rng)
    assert title is not None
    assert 2 <= len(title) <= 26
    assert not run.paragraphs[0].startswith(title)


@pytest.mark.parametrize(
    "line",
    [
        "短句。",
        "if (x): return x",
        "这一行没有说完就停在了这里而且没有句号",
        "”这一行从引号开始，显然是坏的，应当拒绝。",
    ],
)
def test_lines_that_are_no_paragraphs_are_refused(line: str) -> None:
    assert tidy(line) is None


def test_heading_like_lines() -> None:
    assert heading_like("产业转型老矿区添新活力")
    assert not heading_like("他走进屋子，坐下，喝茶。")
    assert not heading_like("一、总体要求和目标任务")
