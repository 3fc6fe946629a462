"""What a run finds out about a page for the rules that ask: options, page.yaml, the file's name."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jiaokan.batch.facts import Finder
from jiaokan.batch.plan import plan
from jiaokan.batch.source import Source
from jiaokan.cli import main
from jiaokan.errors import PageError
from jiaokan.rulebook.facts import PageFacts, date_in_name
from jiaokan.settings import Settings

RULES = """\
- id: own-year
  kind: literal
  reason: The paper's name was misread in these years.
  pairs: {江城目报: 江城日报}
  when: {publication: 江城日报, date: {from: 1950, to: 1956-03}}
  examples: {江城目报: 江城日报}
  unchanged: [江城日报]
"""


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(RULES, "utf-8")
    (tmp_path / "raw" / "a").mkdir(parents=True)
    (tmp_path / "raw" / "a" / "p1.txt").write_text("江城目报的读者来信。", "utf-8")
    return tmp_path / "raw"


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["run", "--no-neural", *options])


def clean(raw: Path, name: str = "a/p1") -> tuple[str, dict[str, str]]:
    folder = raw.parent / "clean"
    ledger: dict[str, Any] = json.loads((folder / f"{name}.ledger.json").read_bytes())
    return (folder / f"{name}.md").read_text("utf-8"), ledger["options"]


def test_nothing_is_known_and_nothing_is_done(raw: Path) -> None:
    assert run().exit_code == 0
    text, options = clean(raw)
    assert "江城目报" in text
    assert (options["publication"], options["date"]) == ("", "")


def test_the_options_tell(raw: Path) -> None:
    assert run("--publication", "江城日报", "--date", "1956年3月12日").exit_code == 0
    text, options = clean(raw)
    assert "江城日报" in text
    assert (options["publication"], options["date"]) == ("江城日报", "1956-03-12")
    first = (raw.parent / "clean" / "a" / "p1.ledger.json").read_bytes()
    assert run("--publication", "江城日报", "--date", "19560312").exit_code == 0
    assert (raw.parent / "clean" / "a" / "p1.ledger.json").read_bytes() == first


def test_the_nearest_page_yaml_tells_what_it_has(raw: Path) -> None:
    (raw.parent / "page.yaml").write_text("publication: 别报\n", "utf-8")
    (raw / "page.yaml").write_text("publication: 江城日报\ndate: 1960\n", "utf-8")
    (raw / "a" / "page.yaml").write_text("date: 1956-02\n", "utf-8")
    assert run().exit_code == 0
    text, options = clean(raw)
    assert "江城日报" in text
    assert (options["publication"], options["date"]) == ("江城日报", "1956-02")
    assert run("--date", "1957").exit_code == 0
    assert "江城目报" in clean(raw)[0]


def test_the_files_name_tells_the_day(raw: Path) -> None:
    (raw / "江城日报1956-03-12第1版.txt").write_text("江城目报的读者来信。", "utf-8")
    assert run("--publication", "江城日报").exit_code == 0
    text, options = clean(raw, "江城日报1956-03-12第1版")
    assert "江城日报的" in text
    assert options["date"] == "1956-03-12"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("1956-03-12.txt", "1956-03-12"),
        ("p_19560312_02.txt", "1956-03-12"),
        ("日报1956年3月2日.txt", "1956-03-02"),
        ("201911260001.txt", ""),
        ("1956-02-30.txt", ""),
        ("1956.txt", ""),
        ("1956-03-12_1956-03-13.txt", ""),
        ("", ""),
    ],
)
def test_days_in_names(name: str, day: str) -> None:
    assert date_in_name(name) == day


FAULTY = {
    "unknown key": ("publicaton: 甲\n", ":1:1: unknown key 'publicaton'; did you mean"),
    "no date": ("date: 昨天\n", ":1:7: date: '昨天' is no date"),
    "a list": ("- a\n", "a mapping must stand here"),
    "a list in it": ("publication: [甲]\n", "a text must stand here"),
    "an alias": ("a: &a b\nc: *a\n", "anchor"),
    "deep": ("[" * 100_000, "deeper than 64"),
    "huge": ("#" * 200_000, "larger than 100 KB"),
    "no YAML": ("{", "not YAML"),
    "twice": ("date: 1956\ndate: 1957\n", "stands twice"),
}


@pytest.mark.parametrize(("text", "what"), FAULTY.values(), ids=FAULTY.keys())
def test_a_faulty_page_yaml_stops_its_pages_and_no_others(raw: Path, text: str, what: str) -> None:
    (raw / "other.txt").write_text("别的一页。", "utf-8")
    (raw / "a" / "page.yaml").write_text(text, "utf-8")
    result = run()
    assert result.exit_code == 1
    assert what in result.stderr
    assert "page.yaml" in result.stderr
    assert (raw.parent / "clean" / "other.md").exists()
    assert not (raw.parent / "clean" / "a" / "p1.md").exists()


@pytest.mark.parametrize("text", ["", "# nothing\n", "publication: ''\ndate: ''\n"])
def test_an_empty_page_yaml_tells_nothing(raw: Path, text: str) -> None:
    (raw / "page.yaml").write_text(text, "utf-8")
    assert Finder(Settings()).facts(Source(raw / "a" / "p1.txt", "a/p1.txt")) == PageFacts()


def test_a_folder_or_a_lost_link_is_said_to_be_no_file(raw: Path) -> None:
    source = Source(raw / "a" / "p1.txt", "a/p1.txt")
    (raw / "page.yaml").mkdir()
    with pytest.raises(PageError, match="no regular file"):
        Finder(Settings()).facts(source)
    (raw / "a" / "page.yaml").symlink_to("/nowhere")
    with pytest.raises(PageError, match="no regular file"):
        Finder(Settings()).facts(source)


def test_a_page_alone_looks_beside_itself_only(raw: Path, tmp_path: Path) -> None:
    (raw / "page.yaml").write_text("publication: 江城日报\n", "utf-8")
    (raw / "a" / "page.yaml").write_text("date: 1956\n", "utf-8")
    (source,) = plan(raw / "a" / "p1.txt", tmp_path / "clean").sources
    assert Finder(Settings()).facts(source) == PageFacts("", "1956")


@pytest.mark.parametrize("day", ["1956-13", "later", "12.3.1956", "1956-3-12-1"])
def test_a_wrong_date_is_refused(raw: Path, day: str) -> None:
    result = run("--date", day)
    assert result.exit_code == 2
    assert "'--date'" in result.stderr
