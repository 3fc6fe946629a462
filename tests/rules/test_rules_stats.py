"""`jiaokan rules stats`: how often each rule acted, and which never did."""

import json
import pickle
import shutil
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jiaokan.cli import main
from jiaokan.cli.records import Record, records_in
from jiaokan.curation.stats import counted
from jiaokan.rulebook import Rulebook

Command = Callable[..., Result]

RULES = """\
- id: own-weather
  kind: literal
  reason: 侯 for 候
  pairs: {天侯: 天候}
  examples: {恶劣天侯: 恶劣天候}
  unchanged: [诸侯]
- id: own-never
  kind: literal
  reason: Never read.
  pairs: {鼍鼍鼍: 鼍鼍}
  examples: {鼍鼍鼍: 鼍鼍}
  unchanged: [鼍]
- id: own-doubt
  kind: literal
  level: suggest
  reason: Perhaps another word.
  pairs: {露水: 露珠}
  examples: {露水: 露珠}
  unchanged: [露天]
- id: own-held
  kind: protect
  reason: A motto.
  words: [江城曰报]
  examples: [江城曰报社]
  unchanged: [江城曰报]
"""
PAGE = """\
第3版

春天的集市

天刚亮，集市上已经来了不少人。卖菜的老人把青菜摆得整整齐齐，每一棵都带着露水。恶劣天侯里，也有人来。

买菜的人都是熟人，见了面先问一声好，再说一句天侯如何。
"""


@pytest.fixture
def jiaokan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def workspace(tmp_path: Path, jiaokan: Command) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(RULES, "utf-8")
    for number in range(4):
        (tmp_path / "raw" / f"p{number}.txt").write_bytes(PAGE.encode())
    assert jiaokan("run").exit_code == 0
    return tmp_path


def rows(done: Result) -> dict[str, dict[str, object]]:
    return {row["rule"]: row for row in json.loads(done.stdout)["rules"]}


def test_each_rule_is_counted(workspace: Path, jiaokan: Command) -> None:
    done = jiaokan("rules", "stats", "--json")
    assert done.exit_code == 0, done.output
    weather = rows(done)["own-weather"]
    assert (weather["edits"], weather["pages"], weather["confidence"]) == (8, 4, 1.0)
    assert weather["share"] == 1.0
    examples = weather["examples"]
    assert isinstance(examples, list)
    assert len(examples) == 3
    first = {"page": "p0.txt", "line": 5, "column": 43, "before": "带着露水。恶劣天"[-6:]}
    assert examples[0] == first | {"old": "侯", "new": "候", "after": "里，也有人来"}
    assert rows(done)["own-doubt"]["findings"] == 4
    assert rows(done)["furniture-page"]["lines"] == 4


def test_what_never_acted_is_named(workspace: Path, jiaokan: Command) -> None:
    never = json.loads(jiaokan("rules", "stats", "--json").stdout)["never"]
    assert "own-never" in never
    assert not {"own-weather", "own-doubt", "own-held"} & set(never)
    shown = jiaokan("rules", "stats", "--all")
    assert "\n  own-never\n" in shown.stdout


def test_most_edits_come_first_and_two_runs_print_the_same(
    workspace: Path, jiaokan: Command
) -> None:
    one, other = jiaokan("rules", "stats"), jiaokan("rules", "stats")
    assert one.stdout == other.stdout
    assert one.stdout.splitlines()[1].endswith("own-weather")
    assert "恶劣天[-侯-]{+候+}里" in one.stdout


def test_rules_that_are_no_longer_in_force_are_said_to_be(
    workspace: Path, jiaokan: Command
) -> None:
    shutil.rmtree("rules")
    done = jiaokan("rules", "stats")
    assert "own-weather  (not in force)" in done.stdout
    assert "4 pages cleaned with other rules than those in force" in done.stderr
    again = jiaokan("rules", "stats", "--rules", workspace / "raw")
    assert again.exit_code == 0


def test_an_edited_page_is_counted_without_its_places(workspace: Path, jiaokan: Command) -> None:
    (workspace / "clean" / "p0.json").write_text("{}", "utf-8")
    done = jiaokan("rules", "stats", "--json")
    assert done.exit_code == 0
    assert rows(done)["own-weather"]["edits"] == 8


def test_a_bad_ledger_stops_nothing(workspace: Path, jiaokan: Command) -> None:
    (workspace / "clean" / "p0.ledger.json").write_bytes(b'{"format": 9}')
    done = jiaokan("rules", "stats", "--json")
    assert done.exit_code == 1
    assert rows(done)["own-weather"]["edits"] == 6
    assert "p0.ledger.json: is no ledger of format 1" in done.stderr


@pytest.mark.parametrize("folder", ["nowhere", "raw"])
def test_a_folder_without_ledgers_is_an_error(
    workspace: Path, jiaokan: Command, folder: str
) -> None:
    assert jiaokan("rules", "stats", folder).exit_code == 2


def test_memory_does_not_grow_with_the_batch(workspace: Path) -> None:
    alive: set[int] = set()
    most = 0

    def every(times: int) -> Iterator[Record]:
        nonlocal most
        for _ in range(times):
            for record in records_in(workspace / "clean"):
                alive.add(id(record))
                weakref.finalize(record, alive.discard, id(record))
                most = max(most, len(alive))
                yield record

    sizes = [len(pickle.dumps(counted(every(times), Rulebook((), "")))) for times in (10, 50)]
    assert sizes[1] < sizes[0] + 100
    assert most <= 3
