"""`jiaokan rules impact`: what a rule would do, and what it would break."""

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jiaokan.batch.plan import plan
from jiaokan.cli import main
from jiaokan.curation.impact import Impact, impact
from jiaokan.curation.impact_books import compared
from jiaokan.settings import Settings

Command = Callable[..., Result]
Row = dict[str, object]

PAGE = """\
第3版

周末的集市

天刚亮，集市上己经来了不少人。卖菜的老人把青菜摆得整整齐齐，恶劣天侯里也有人来。

周末的人更多，见了面先问一声好。江城曰报的记者也来了，说未来会更好。
"""
OWN = """\
- id: own-weather
  kind: literal
  reason: 侯 for 候
  pairs: {天侯: 天候}
  examples: {恶劣天侯: 恶劣天候}
  unchanged: [诸侯]
"""


def literal(id: str, wrong: str, right: str, more: str = "") -> str:
    return (
        f"- id: {id}\n  kind: literal\n  reason: r\n  pairs: {{{wrong}: {right}}}\n"
        f"  examples: {{{wrong}: {right}}}\n  unchanged: [一]\n{more}"
    )


@pytest.fixture
def jiaokan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def workspace(tmp_path: Path, jiaokan: Command) -> Path:
    (tmp_path / "raw" / "a").mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(OWN, "utf-8")
    (tmp_path / "raw" / "a" / "b.txt").write_bytes(PAGE.encode())
    (tmp_path / "raw" / "gb.txt").write_bytes(PAGE.replace("\n", "\r\n").encode("gb18030"))
    (tmp_path / "raw" / "other.txt").write_bytes("今天没有什么事。\n".encode())
    return tmp_path


def places(done: Result, what: str = "") -> list[Row]:
    found = json.loads(done.stdout)["places"]
    return [place for place in found if what in ("", place["what"])]


def new(text: str) -> Path:
    path = Path("new.yaml")
    path.write_text(text, "utf-8")
    return path


def test_a_rule_in_force_is_compared_with_the_rules_without_it(
    workspace: Path, jiaokan: Command
) -> None:
    done = jiaokan("rules", "impact", "own-weather", "raw", "--json")
    assert done.exit_code == 0, done.output
    first, second = places(done)
    assert (first["file"], first["line"], first["column"]) == ("raw/a/b.txt", 5, 34)
    assert (first["old"], first["new"], first["what"]) == ("侯", "候", "changes")
    assert "恶劣天侯里" in str(first["before"])
    assert "恶劣天候里" in str(first["after"])
    assert first["against"] == []
    assert second["file"] == "raw/gb.txt"


def test_pages_of_another_time_are_told_of(workspace: Path, jiaokan: Command) -> None:
    when = "  when: {date: {from: '1980'}}\n"
    (workspace / "new.yaml").write_text(literal("new", "集市上己经", "集市上已经", when), "utf-8")
    unknown = jiaokan("rules", "impact", "new.yaml", "raw")
    assert "not in force on 3 pages: the publication or date is not" in unknown.stderr
    said = jiaokan("rules", "impact", "new.yaml", "raw", "--date", "1985")
    assert "not in force" not in said.stderr


def test_a_new_rule_acts_nowhere_but_in_the_report(workspace: Path, jiaokan: Command) -> None:
    file = new(literal("try-report", "记者", "记耆"))
    done = jiaokan("rules", "impact", file, "raw/a", "raw/other.txt")
    assert done.exit_code == 0, done.output
    assert "raw/a/b.txt:7:23" in done.stdout
    assert "1 (1 against)" in done.stdout
    assert not (workspace / "clean").exists()
    assert "2 pages: 1 place where it makes a difference" in done.stderr


def test_what_is_right_is_told_first_with_its_evidence(workspace: Path, jiaokan: Command) -> None:
    done = jiaokan("rules", "impact", new(literal("try-end", "末", "未")), "raw")
    top = done.stdout.splitlines()
    assert top[0] == "would break what is right"
    assert "raw/a/b.txt:3:2  周[-末-]{+未+}的集市  try-end" in top[1]
    assert "the text as it stands is likelier by" in top[2]
    assert "“周末” is a frequent word" in done.stdout
    assert "4 would break what is right" in done.stderr
    assert jiaokan("rules", "impact", "new.yaml", "raw", "--exit-code").exit_code == 1


def test_what_another_rule_makes_right_already_is_told_apart(
    workspace: Path, jiaokan: Command
) -> None:
    file = new(
        literal("try-long", "恶劣天侯里", "恶劣天候里") + literal("try-short", "天侯", "天候")
    )
    done = jiaokan("rules", "impact", file, "raw/a", "--json")
    assert [place["by"] for place in places(done, "already")] == [["own-weather"]]
    assert places(done, "changes") == []
    # a shorter match of the same place loses to the longer one
    longer = literal("try-short", "劣天", "劣夭")
    (workspace / "rules" / "more.yaml").write_text(
        literal("own-long", "恶劣天", "恶劣的天"), "utf-8"
    )
    beaten = jiaokan("rules", "impact", new(longer), "raw/a", "--json")
    assert [place["by"] for place in places(beaten, "otherwise")] == [["own-long"]]


def test_matches_in_protected_text_speak_against_the_rule(
    workspace: Path, jiaokan: Command
) -> None:
    (workspace / "rules" / "held.yaml").write_text(
        "- id: own-motto\n  kind: protect\n  reason: r\n  words: [江城曰报]\n"
        "  examples: [江城曰报社]\n  unchanged: [江城曰报]\n",
        "utf-8",
    )
    done = jiaokan("rules", "impact", new(literal("try-paper", "曰报", "日报")), "raw/a", "--json")
    (place,) = places(done)
    assert place["what"] == "protected"
    assert place["against"] == ["stands in text that rule own-motto protects, and is left there"]


def test_a_changed_rule_takes_the_place_of_the_one_in_force(
    workspace: Path, jiaokan: Command
) -> None:
    changed = literal("own-weather", "老人", "耂人")
    done = jiaokan("rules", "impact", new(changed), "raw/a", "--json")
    found = {(place["old"], place["new"]) for place in places(done)}
    assert ("老", "耂") in found
    assert ("候", "侯") in found  # what the old one made right is no longer made right


def test_a_file_that_is_in_force_is_compared_with_the_rules_without_it(
    workspace: Path, jiaokan: Command
) -> None:
    by_file = jiaokan("rules", "impact", "rules/own.yaml", "raw", "--json")
    by_id = jiaokan("rules", "impact", "own-weather", "raw", "--json")
    assert places(by_file) == places(by_id)


def test_lines_that_change_their_kind_are_shown(workspace: Path, jiaokan: Command) -> None:
    rule = (
        "- id: try-drop\n  kind: drop\n  reason: r\n  pattern: '周末.*。'\n"
        "  examples: {周末。: ''}\n  unchanged: [一]\n"
    )
    done = jiaokan("rules", "impact", new(rule), "raw/a", "--json")
    (place,) = places(done, "line")
    assert (place["line"], place["old"], place["new"]) == (7, "body", "furniture")
    assert "it ends as a sentence does: 。" in place["against"]  # type: ignore[operator]
    page = jiaokan("rules", "impact", "furniture-page", "raw/a", "--json")
    assert [place["text"] for place in places(page, "line")] == ["第3版"]
    assert places(page, "line")[0]["against"] == []


def test_a_protect_rule_shows_what_it_keeps(workspace: Path, jiaokan: Command) -> None:
    rule = (
        "- id: try-held\n  kind: protect\n  reason: r\n  words: [恶劣天侯]\n"
        "  examples: [恶劣天侯里]\n  unchanged: [恶劣天侯]\n"
    )
    done = jiaokan("rules", "impact", new(rule), "raw/a", "--json")
    (place,) = places(done)
    assert (place["what"], place["rule"]) == ("follows", "try-held")
    assert (place["old"], place["new"]) == ("候", "侯")


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        (literal("try-doubt", "己经", "已经", "  level: suggest\n"), "reports"),
        (
            "- id: try-pattern\n  kind: pattern\n  reason: r\n  pattern: '(?<=先)问一声'\n"
            "  replace: 问两声\n  examples: {先问一声: 先问两声}\n  unchanged: [问]\n",
            "changes",
        ),
    ],
)
def test_kinds_that_change_or_report(
    workspace: Path, jiaokan: Command, rule: str, what: str
) -> None:
    done = jiaokan("rules", "impact", new(rule), "raw", "--json")
    assert done.exit_code == 0, done.output
    assert len(places(done, what)) == 2 or len(places(done, "already")) == 2


def test_a_person_who_left_it_speaks_against_the_rule(workspace: Path, jiaokan: Command) -> None:
    jiaokan("run")
    path = workspace / "clean" / "a" / "b.md"
    path.write_text(path.read_text("utf-8").replace("青菜", "白菜"), "utf-8")
    file = new(literal("try-greet", "见了面", "见了靣"))
    done = jiaokan("rules", "impact", file, "raw", "--clean", "clean", "--json")
    first, second = places(done)
    assert "a person who edited clean/a/b.md left it so" in first["against"][0]  # type: ignore[index]
    assert not any("a person" in why for why in second["against"])  # type: ignore[attr-defined]


def test_the_same_wording_elsewhere_is_evidence(workspace: Path, jiaokan: Command) -> None:
    for number in range(3):
        (workspace / "raw" / f"n{number}.txt").write_bytes(
            "江城人叫它丙丁桥，走过的人都记得。\n".encode()
        )
    done = jiaokan(
        "rules", "impact", new(literal("try-bridge", "丙丁桥", "丙丁挢")), "raw", "--json"
    )
    assert all(place["breaks"] for place in places(done))


def test_a_bad_page_is_reported_and_skipped(workspace: Path, jiaokan: Command) -> None:
    (workspace / "raw" / "bad.txt").write_bytes(b"\x81\xff\x00\xfe" * 9)
    done = jiaokan("rules", "impact", "own-weather", "raw", "--encoding", "utf-8")
    assert done.exit_code == 1
    assert "raw/a/b.txt:5:34" in done.stdout
    assert "error: " in done.stderr
    assert "bad.txt" in done.stderr


def test_a_pattern_that_takes_too_long_is_named(workspace: Path, jiaokan: Command) -> None:
    (workspace / "raw" / "hard.txt").write_bytes(("甲" * 40_000 + "\n乙\n").encode())
    rule = (
        "- id: try-slow\n  kind: pattern\n  reason: r\n  pattern: '(甲|甲甲)+乙'\n  replace: ''\n"
        "  examples: {甲乙: ''}\n  unchanged: [一]\n"
    )
    done = jiaokan("rules", "impact", new(rule), "raw")
    assert done.exit_code == 1
    assert "try-slow" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("own-wether", "raw"), "did you mean 'own-weather'?"),
        (("nowhere.yaml", "raw"), "nowhere.yaml: cannot be read"),
        (("own-weather", "nowhere"), "nowhere: there is no such file or folder"),
        (("own-weather", "raw", "--clean", "nowhere"), "nowhere: there is no such folder"),
        (("own-weather", "raw", "--date", "yesterday"), "no date"),
        ((), "Missing argument"),
    ],
)
def test_wrong_usage_is_explained(
    workspace: Path, jiaokan: Command, args: tuple[str, ...], said: str
) -> None:
    done = jiaokan("rules", "impact", *args)
    assert done.exit_code == 2
    assert said in done.stderr


def test_rules_that_are_wrong_are_told_with_their_place(workspace: Path, jiaokan: Command) -> None:
    done = jiaokan("rules", "impact", new("- id: a\n  kind: litral\n"), "raw")
    assert done.exit_code == 2
    assert "new.yaml:2:9" in done.stderr
    empty = jiaokan("rules", "impact", new("# nothing\n"), "raw")
    assert "there are no rules in it" in empty.stderr


def test_a_rule_that_is_switched_off_says_where(workspace: Path, jiaokan: Command) -> None:
    (workspace / "later.yaml").write_text("off: [own-weather]\n", "utf-8")
    done = jiaokan("rules", "impact", "own-weather", "raw", "--rules", "later.yaml")
    assert done.exit_code == 2
    assert "switched off in later.yaml:1:7" in done.stderr
    both = jiaokan("rules", "impact", "later.yaml", "raw/a", "--json")
    assert [(place["old"], place["new"]) for place in places(both)] == [("候", "侯")]


def test_hostile_text_commands_nothing(workspace: Path, jiaokan: Command) -> None:
    (workspace / "raw" / "esc.txt").write_bytes("他\x1b[31m说\x1b]0;x\x07恶劣天侯里。\n".encode())
    done = jiaokan("rules", "impact", "own-weather", "raw/esc.txt")
    assert "\x1b" not in done.output


LEFT = (
    *("春天来了，河边的柳树发", "芽了，孩子们在堤上放着", "风筝，老人坐在门口晒着"),
    *("太阳，说这样的恶劣天侯", "今年不会再有了，大家都", "可以安心地下田去种庄稼"),
    *("了，种子已经备好，农具", "也修理过，只等一场好雨。"),
)
RIGHT = (
    *("村里修了新路，汽车可以", "一直开到家门口，卖菜的", "人再也不用挑着重重担子"),
    *("走十里山路去赶集了，大", "家都说这是一件大好事情", "，从前遇到恶劣天侯，路"),
    *("上全是泥，车轮陷在里面", "半天也出不来，人也着急。"),
)


def test_columns_are_told_where_they_stand_in_the_raw_file(
    workspace: Path, jiaokan: Command
) -> None:
    page = "\n".join(f"{one}　　　　{other}" for one, other in zip(LEFT, RIGHT, strict=True))
    (workspace / "raw" / "columns.txt").write_bytes((page + "\n").encode())
    done = jiaokan("rules", "impact", "own-weather", "raw/columns.txt", "--json")
    first, second = places(done)
    assert (first["line"], first["column"], first["right"]) == (4, 11, "")
    assert (second["line"], second["column"]) == (6, 24)
    assert second["before"] == "，从前遇到恶劣天侯，路"


def test_a_big_batch_shows_so_many_and_counts_all(workspace: Path, jiaokan: Command) -> None:
    (workspace / "raw" / "big.txt").write_bytes(("恶劣天侯里也有人来。\n\n" * 500).encode())
    done = jiaokan("rules", "impact", "own-weather", "raw", "--limit", "3")
    assert done.stdout.count("own-weather") == 3
    assert "and 499 more" in done.stdout
    assert "502 places where it makes a difference" in done.stderr


def test_memory_does_not_grow_with_the_batch(workspace: Path) -> None:
    compared_rules = compared("own-weather", (Path("rules"),))
    for number in range(60):
        (workspace / "raw" / f"m{number}.txt").write_bytes(PAGE.encode())
    every = plan(workspace / "raw", workspace / "clean").sources
    sources = [source for source in every if source.name.startswith("m")]

    def peak(count: int) -> int:
        found = Impact()
        tracemalloc.start()
        for _ in impact(found, compared_rules, sources[:count], Settings()):
            pass
        assert sum(1 for _ in found.places()) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        found.close()
        return most

    peak(2)
    assert peak(60) < 3 * peak(6)


def test_two_runs_print_the_same(workspace: Path, jiaokan: Command) -> None:
    file = new(literal("try-end", "末", "未"))
    one, other = (jiaokan("rules", "impact", file, "raw") for _ in range(2))
    assert one.stdout == other.stdout


def test_hostile_rule_files_are_refused_at_once(workspace: Path, jiaokan: Command) -> None:
    for text in ("- &a [*a]\n", "- !!python/object:os.system x\n", "[" * 100_000, "#" * 10_000_001):
        done = jiaokan("rules", "impact", new(text), "raw")
        assert done.exit_code == 2
        assert "new.yaml" in done.stderr
    Path("endless.yaml").symlink_to("/dev/zero")
    assert "cannot be read" in jiaokan("rules", "impact", "endless.yaml", "raw").stderr


def test_places_are_those_of_editors_and_of_all_commands(workspace: Path, jiaokan: Command) -> None:
    """Old Macs end lines with CR alone; diff, impact, stats and revert count them alike."""
    (workspace / "raw" / "mac.txt").write_bytes("渡口\r\r恶劣天侯里也有人来。\r".encode())
    told = jiaokan("rules", "impact", "own-weather", "raw/mac.txt").stdout
    assert "raw/mac.txt:3:4 " in told
    assert jiaokan("run", "raw/mac.txt", "clean").exit_code == 0
    assert " 3:4 " in jiaokan("diff", "raw/mac.txt", "clean", "--rule", "own-weather").stdout
    assert "mac.txt:3:4 " in jiaokan("rules", "stats", "clean").stdout
    assert "mac.txt:3:4 " in jiaokan("rules", "revert", "own-weather", "clean").stdout
