"""The measurements' own parts: the scorer, the seams, the tables, the command line.

Nothing is timed here.
"""

import ast
import json
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import pytest
from click.testing import CliRunner
from jiaokan.article import Seam

from bench.__main__ import BENCHES, main
from bench.interleave import Article, Cut, Fragment, GeneratedPage
from bench.interleave import Seam as TrueSeam
from bench.result import Options, Skipped, Table, needed
from bench.score import COLUMNS, Score, score, score_folders
from bench.seams import seam_score
from bench.tables import as_markdown, as_text

ROOT = Path(__file__).parents[2]


def test_what_measurements_and_fits_take_from_the_package_is_there() -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {node.module}.{name.name}"
        for path in sorted((ROOT / "bench").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "jiaokan"
        for name in node.names
        if not _gives(import_module(str(node.module)), name.name)
    ]
    assert not missing


def _gives(module: ModuleType, name: str) -> bool:
    package = hasattr(module, "__path__")
    return hasattr(module, name) or (package and find_spec(f"{module.__name__}.{name}") is not None)


def article(*paragraphs: str, **fields: str) -> dict[str, object]:
    return {**fields, "paragraphs": list(paragraphs)}


def figures(result: Score) -> dict[str, object]:
    return dict(zip(COLUMNS, result.cells(), strict=True))


def test_a_perfect_page_has_all_figures_right() -> None:
    page = [article("一二三。", "四五。", title="题", author="苏 禾"), article("六七。")]
    same = [article("六七。"), article("一二三。", "四五。", title="题", author="苏禾")]
    assert figures(score(page, same)) == {
        "pages": 1,
        "page exact": 1.0,
        "articles": 2,
        "exact": 1.0,
        "paras": 1.0,
        "fields": 1.0,
        "kicker": "-",
        "title": 1.0,
        "author": 1.0,
        "affiliation": "-",
        "sim": 1.0,
        "CER %": 0.0,
        "extra a page": 0.0,
    }


def test_faults_are_counted_once_each() -> None:
    gold = [article("一二三四五六七八", title="甲", author="乙"), article("天地", "玄黄")]
    predicted = [
        article("一二三四五六七九", title="丙", kicker="丁"),
        article("天地玄黄"),
        article("多"),
    ]
    found = score(gold, predicted)
    assert (found.exact, found.paras, found.distance, found.extra) == (1, 0, 1, 1)
    assert found.similarity == pytest.approx(7 / 8 + 1)
    assert dict(found.asked) == {"kicker": 1, "title": 1, "author": 1, "affiliation": 0}
    assert found.right.total() == 0
    assert figures(found)["CER %"] == pytest.approx(100 / 12)


def test_a_page_without_articles_has_every_body_missing() -> None:
    found = score([article("一二", title="甲")], [])
    assert (found.exact, found.distance, found.similarity, found.extra) == (0, 2, 0.0, 0)


def test_folders_are_summed_by_kind_and_an_absent_page_counts_as_empty(tmp_path: Path) -> None:
    gold, clean = tmp_path / "gold", tmp_path / "clean"
    for folder in (gold, clean):
        folder.mkdir()
    for name in ("a-1", "a-2", "b-1"):
        (gold / f"{name}.json").write_text(json.dumps({"articles": [article("一二")]}))
    (clean / "a-1.json").write_text(json.dumps({"articles": [article("一二")]}))
    found = score_folders(gold, clean, lambda stem: stem[0])
    assert {kind: (one.pages, one.exact) for kind, one in found.items()} == {
        "a": (2, 1),
        "b": (1, 0),
        "ALL": (3, 1),
    }


def test_the_figures_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    script = ROOT.parent / "shared" / "score.py"
    if not script.exists():
        pytest.skip("the shared scorer is not there")
    gold = [article("一二三四", title="甲", author="乙"), article("五六", "七", kicker="丙")]
    predicted = [article("一二四", title="甲", affiliation="丁"), article("五六七", kicker="丙")]
    for name, articles in (("gold", gold), ("clean", predicted)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a-1.json").write_text(json.dumps({"articles": articles}))
    command = [sys.executable, str(script), str(tmp_path / "gold"), str(tmp_path / "clean")]
    last = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[1]
    mine = figures(score(gold, predicted))
    names = ("page exact", "exact", "paras", "fields", "sim", "CER %", "extra a page")
    theirs = map(float, last.split()[2:])
    assert [mine[name] for name in names] == [pytest.approx(x, abs=1e-3) for x in theirs]


RAW = "题甲\n\n甲一甲二\n\n题乙\n\n乙一乙二\n\n甲三甲四\n\n乙三乙四\n"
PAGE = GeneratedPage(
    "c2-0000",
    RAW,
    (Article("题甲", ("甲一甲二甲三甲四",)), Article("题乙", ("乙一乙二乙三乙四",))),
    (),
    (
        Fragment(4, 8, 0, "body", "body", 0, 4),
        Fragment(10, 12, 1, "heading", "title"),
        Fragment(14, 18, 1, "body", "body", 0, 4),
        Fragment(20, 24, 0, "body", "body", 4, 8),
        Fragment(26, 30, 1, "body", "body", 4, 8),
    ),
    (
        TrueSeam(8, 20, 0, "block", "block", False, "", False),
        TrueSeam(18, 26, 1, "block", "glued", False, "", False),
    ),
    (Cut(8, 10, "block"),),
)


def said(left: int, right: int, confidence: float) -> Seam:
    return Seam(0, left, right, "block", True, "", confidence)


def test_a_seam_is_found_within_one_character_blanks_ignored() -> None:
    found = seam_score(PAGE, [said(10, 19, 0.97), said(17, 28, 0.55)])
    assert dict(found.true) == {"block": 1, "glued": 1}
    assert dict(found.found) == {"block": 1, "glued": 0}
    assert dict(found.invented) == {"block": 1}
    assert dict(found.said) == {6: 1, 1: 1}
    assert found.right[6] == 1


def test_columns_that_are_neighbours_need_no_seam() -> None:
    fragments = (Fragment(4, 8, 0, "body", "body", 0, 4), Fragment(20, 24, 0, "body", "body", 4, 8))
    page = GeneratedPage("c1", RAW, PAGE.articles, (), fragments, PAGE.seams[:1], ())
    assert seam_score(page, []).true.total() == 0


def test_a_table_reads_the_same_in_both_forms() -> None:
    table = Table("figures", ("什么", "MB/s"), (("a|b", 12.34), ("丙", 1)), ("note",))
    assert as_markdown(table).splitlines() == [
        "**figures**",
        "",
        "| 什么 | MB/s |",
        "|---|---:|",
        "| a\\|b | 12.3 |",
        "| 丙 | 1 |",
        "",
        "note",
    ]
    assert as_text(table).splitlines()[3:] == ["  a|b   12.3", "  丙       1", "  note"]
    assert Table.of_tree(json.loads(json.dumps(table.as_tree()))) == table


def test_what_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(Skipped, match="the corpus is not there"):
        needed(tmp_path / "corpus", "the corpus")


def test_help_names_every_measurement() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert all(name in result.output for name in BENCHES)


@pytest.mark.parametrize("name", ["clean-text", "mixed-script", "language"])
def test_without_shared_a_measurement_is_skipped_with_its_reason(name: str, tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    absent = ["--shared", str(tmp_path / "absent"), "--out", str(out)]
    result = CliRunner().invoke(main, [name, *absent])
    assert result.exit_code == 0, result.output
    assert "skipped: the corpus is not there" in result.output
    assert json.loads(out.read_text())[name]["tables"] == []
    shown = CliRunner().invoke(main, ["--markdown", "--out", str(out)])
    assert f"### {name}" in shown.output
    assert "Skipped: the corpus is not there" in shown.output


def test_stitching_without_confusions_leaves_light_damage_out(tmp_path: Path) -> None:
    from bench.stitching import tables

    options = Options(tmp_path / "absent", pages=1, processes=1, kinds=("in order",))
    articles, *_ = tables(options)
    assert {row[:2] for row in articles.rows} == {("in order", "off")}
    assert "light damage skipped" in articles.notes[0]


def test_stitching_measures_the_kinds_that_are_named(tmp_path: Path) -> None:
    from bench.stitching import tables

    kinds = ("columns 4", "in order")
    found = tables(Options(tmp_path, pages=2, processes=1, kinds=kinds))
    articles, ordered, seams, _, climbed = found
    assert {row[0]: row[2] for row in articles.rows} == {"columns 4": 2, "in order": 2}
    assert [row[0] for row in seams.rows] == list(kinds)
    ((damage, count, changed, disturbed),) = ordered.rows
    assert (damage, count) == ("off", 2)
    assert changed in (0, 1, 2)
    assert disturbed in (0, 1, 2)
    (row,) = climbed.rows
    assert row[:2] == ("columns 4", 2)
    assert len(row) == len(climbed.columns)
    assert all(isinstance(share, float) and 0 <= share <= 1 for share in row[-4:])


def test_a_page_that_is_changed_is_counted_apart_from_one_with_an_invented_seam() -> None:
    from bench.stitching import IN_ORDER, Outcome, _in_order

    whole = Outcome(Score(pages=3, whole=3))
    joined = Outcome(Score(pages=1, whole=0))
    torn = Outcome(Score(pages=1, whole=0), disturbed=1)
    table = _in_order({(IN_ORDER, "off"): whole + joined + torn, ("many", "off"): torn})
    assert table.rows == (("off", 5, 2, 1),)


def test_a_kind_has_its_share_of_the_pages() -> None:
    from bench.kinds import CHUNK, tasks

    found = tasks(["columns 2", "many"], "off", 2 * CHUNK + 1, 7)
    assert [(task.kind, task.first, task.count) for task in found] == [
        ("columns 2", 0, CHUNK),
        ("columns 2", CHUNK, CHUNK),
        ("columns 2", 2 * CHUNK, 1),
        ("many", 0, (2 * CHUNK + 1) // 4),
    ]
    assert [task.count for task in tasks(["many"], "off", 1, 7)] == [1]


@pytest.mark.parametrize("kind", ["lines", "continued"])
def test_true_headings_are_roles_that_the_stitcher_knows(kind: str) -> None:
    from jiaokan.rulebook import load
    from jiaokan.stitch.blocks import blocks

    from bench.fit.pages import unwrapped
    from bench.kinds import Task, pages
    from bench.oracle import ROLES, true_blocks

    (page,) = pages(Task(kind, "off", 0, 1, 7))
    trace = unwrapped(page, load())
    found = true_blocks(page, trace, blocks(trace.text, load()))
    assert {block.role for block in found} <= {*ROLES.values(), "subhead"}


def test_an_unknown_kind_of_pages_is_refused() -> None:
    result = CliRunner().invoke(main, ["stitching", "--kinds", "sideways"])
    assert result.exit_code == 2
    assert "in order" in result.output


def test_batch_bench_measures_small_runs() -> None:
    from bench.batch import _by_size, text_of

    assert len(text_of(1_000, 0)) in range(990, 1_001)
    with TemporaryDirectory() as folder:
        table = _by_size(Path(folder), 1_000)
    assert [row[0] for row in table.rows] == [1_000]
    assert all(value > 0 for row in table.rows for value in row)  # type: ignore[operator]


def test_random_kills_lose_nothing() -> None:
    from bench.soak_kills import soak

    with TemporaryDirectory() as folder:
        one = soak(Path(folder), 6, 6, 7)
    assert one.faults == []
    assert one.kills + one.workers == 6
