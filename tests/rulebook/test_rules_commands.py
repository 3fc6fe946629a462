"""rules list, show, lint, test: what they tell of a workspace's rules."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jiaokan.cli import main
from jiaokan.rulebook import load
from jiaokan.rulebook.rule import KINDS

Command = Callable[..., Result]

OWN = """\
# yaml-language-server: $schema=rules.schema.json
off: [lookalike-hou]
rules:
  # The weather.
  - id: own-weather
    kind: literal
    reason: 侯 for 候.
    pairs: {渡侯: 渡候}
    examples:
      清晨的渡侯: 清晨的渡候
    unchanged: [诸侯]   # right as it stands

  - id: own-suggestion
    kind: pattern
    level: suggest
    reason: Doubtful.
    pattern: 囗岸
    replace: 口岸
    examples: [{raw: 通商囗岸, clean: 通商口岸}]
    unchanged: [口岸]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    path = tmp_path / "rules" / "own.yaml"
    path.write_text(OWN, "utf-8")
    return path


def rules(*args: str) -> Result:
    return CliRunner().invoke(main, ["rules", *args])


def literal(id: str, pairs: str, examples: str, unchanged: str = "不") -> str:
    return (
        f"- id: {id}\n  kind: literal\n  reason: r\n  pairs: {{{pairs}}}\n"
        f"  examples: {{{examples}}}\n  unchanged: [{unchanged}]\n"
    )


def test_list_tells_every_rule_once_and_is_the_same_twice(own: Path) -> None:
    result = rules("list")
    assert result.exit_code == 0
    head, *lines = result.stdout.splitlines()
    assert head.split() == ["id", "kind", "level", "pack", "reason"]
    ids = [line.split()[0] for line in lines]
    assert len(ids) == len(set(ids))
    assert {rule.id for rule in load([own]).rules} | {"lookalike-hou"} == set(ids)
    assert rules("list").stdout == result.stdout


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--pack", "own.yaml"), ["own-weather", "own-suggestion"]),
        (("--level", "off"), ["lookalike-hou"]),
        (("--level", "suggest", "--pack", "own"), ["own-suggestion"]),
        (("--text", "通商囗岸"), ["own-suggestion"]),
        (("--kind", "phrase", "--pack", "own"), []),
        (
            ("--kind", "literal", "--kind", "pattern", "--text", "own-"),
            ["own-weather", "own-suggestion"],
        ),
    ],
)
def test_list_filters(options: tuple[str, ...], ids: list[str], own: Path) -> None:
    found = json.loads(rules("list", *options, "--json").stdout)["rules"]
    assert [row["id"] for row in found] == ids


def test_list_offers_every_kind() -> None:
    assert all(kind in rules("list", "--help").stdout for kind in KINDS)


def test_show_prints_the_entry_as_it_stands(own: Path) -> None:
    result = rules("show", "own-weather")
    assert result.exit_code == 0
    head, entry = result.stdout.split("\n\n", 1)
    assert "literal, fix" in head
    assert "rules/own.yaml:5:9" in head
    assert entry.startswith("- id: own-weather\n  kind: literal\n")
    assert entry.endswith("  unchanged: [诸侯]   # right as it stands\n")


def test_show_tells_what_keeps_a_rule_from_acting(own: Path) -> None:
    assert "switched off by rules/own.yaml:2:7" in rules("show", "lookalike-hou").stdout
    own.write_text(
        literal("a-first", "渡侯: 渡候", "渡侯: 渡候")
        + literal("b-later", "渡侯: 渡口", "渡侯: 渡口"),
        "utf-8",
    )
    assert "a-first (rules/own.yaml:1:7) always hides it" in rules("show", "b-later").stdout
    found = json.loads(rules("show", "b-later", "--json").stdout)["rules"]
    assert found[0]["hidden"] == ["a-first (rules/own.yaml:1:7) always hides it"]


def test_show_suggests_the_nearest_rule(own: Path) -> None:
    result = rules("show", "own-wether")
    assert result.exit_code == 2
    assert "did you mean 'own-weather'?" in result.stderr
    assert rules("show").exit_code == 2


def test_lint_of_sound_rules_says_nothing(own: Path) -> None:
    result = rules("lint", "rules/own.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 rules: 0 errors, 0 warnings" in result.stderr


def test_lint_tells_all_errors_of_all_files(own: Path) -> None:
    own.write_text("- {id: a, kind: literl}\n", "utf-8")
    (own.parent / "two.yaml").write_text("- id: b\n  kind: literal\n  reason: r\n", "utf-8")
    result = rules("lint")
    assert result.exit_code == 1
    assert (
        "error: rules/own.yaml:1:17: unknown kind 'literl'; did you mean 'literal'?"
        in result.stdout
    )
    for key in ("pairs", "examples", "unchanged"):
        assert f"rules/two.yaml:1:3: the key '{key}' is missing" in result.stdout
    assert "4 errors" in result.stderr


DOUBTS = {
    "two that undo each other": (
        literal("a", "甲乙: 丙丁", "甲乙: 丙丁") + literal("b", "丙丁: 甲乙", "丙丁: 甲乙"),
        "it and b (rules/own.yaml:7:7) undo each other: 甲乙 → 丙丁 → 甲乙",
    ),
    "one that acts on another's result": (
        literal("a", "甲乙: 丙丁", "甲乙: 丙丁") + literal("b", "丙丁: 戊己", "丙丁: 戊己"),
        "b (rules/own.yaml:7:7) acts on its result: 甲乙 → 丙丁 → 戊己",
    ),
    "one that acts on its own result": (
        "- {id: a, kind: pattern, reason: r, pattern: 戊, replace: 戊戊, "
        "examples: {戊: 戊戊}, unchanged: [不]}\n",
        "the rule acts on its own result: 戊 → 戊戊 → 戊戊戊戊",
    ),
    "one that another hides": (
        literal("a", "甲乙: 丙丁", "甲乙: 丙丁") + literal("b", "甲乙: 戊己", "甲乙: 戊己"),
        "b: a (rules/own.yaml:1:7) always hides it",
    ),
    "one that a suggestion hides": (
        literal("a", "甲乙: 丙丁", "甲乙: 丙丁").replace("kind:", "level: suggest\n  kind:")
        + literal("b", "甲乙: 戊己", "甲乙: 戊己"),
        "b: a (rules/own.yaml:1:7) always hides it",
    ),
    "a pair that another hides": (
        literal("a", "甲乙: 丙丁", "甲乙: 丙丁") + literal("b", "甲乙: 戊, 庚辛: 己", "庚辛: 己"),
        "rules/own.yaml:10:11: b: a (rules/own.yaml:1:7) always hides '甲乙'",
    ),
    "one that a protect rule hides": (
        literal("b", "甲乙丙: 甲丁丙", "甲乙丙: 甲丁丙")
        + "- {id: a, kind: protect, reason: r, words: [甲乙], examples: [甲乙],\n"
        "   unchanged: [甲乙]}\n",
        "b: a (rules/own.yaml:7:8) always hides it",
    ),
    "one that never acts": (
        literal("b", "甲乙: 丙丁", "一甲乙: 一丙丁")
        + literal("a", "一甲乙: 一丙丁", "一甲乙: 一丙丁"),
        "b: it acts in none of its own examples: a did",
    ),
    "a pattern without end": (
        "- {id: a, kind: pattern, reason: r, pattern: '(戊+)+己', replace: '\\g<1>', "
        "examples: {戊己: 戊}, unchanged: [不]}\n",
        "a: pattern: may go back and forth without end",
    ),
    "a script that feeds another": (
        "- {id: a, kind: script, to: simplified, reason: r, pairs: {甲乙: 丙乙}, "
        "examples: {甲乙: 丙乙}, unchanged: [不]}\n"
        "- {id: b, kind: script, to: simplified, reason: r, pairs: {丙乙: 丁乙}, "
        "examples: {丙乙: 丁乙}, unchanged: [不]}\n",
        "b acts on its result: 甲乙 → 丙乙 → 丁乙",
    ),
}


def test_a_rule_that_makes_a_page_too_long_fails_its_example(own: Path) -> None:
    long = "丙" * 90
    own.write_text(literal("a", f"甲乙: {long}", f"甲乙: {long}"), "utf-8")
    result = rules("test", "rules")
    assert result.exit_code == 1
    assert result.stdout.startswith("rules/own.yaml:")
    assert "rule 'a' would make the page more than 4 times as long" in result.stdout


@pytest.mark.parametrize(("text", "what"), DOUBTS.values(), ids=DOUBTS.keys())
def test_lint_tells_what_is_doubtful(text: str, what: str, own: Path) -> None:
    own.write_text(text, "utf-8")
    result = rules("lint", "rules")
    assert result.exit_code == 1
    assert what in result.stdout
    assert "0 errors" in result.stderr
    assert rules("lint", "rules").stdout == result.stdout


def test_lint_of_a_rule_that_acts_on_everything_stays_readable(own: Path) -> None:
    wide = "- {id: wide, kind: pattern, reason: r, pattern: '.*', replace: ''"
    own.write_text(f"{wide}, examples: {{甲: ''}}, unchanged: ['']}}\n", "utf-8")
    told = rules("lint", "rules").stdout.splitlines()
    assert sum("wide (rules/own.yaml:1:8) acts on its result" in line for line in told) == 10
    assert told[-1].startswith("warning: rules/own.yaml:1:8: wide: acts on 1,")
    assert "it may match more than is meant" in told[-1]


def test_lint_of_the_built_in_rules_is_clean(own: Path) -> None:
    own.unlink()
    result = rules("lint")
    assert (result.exit_code, result.stdout) == (0, "")


def test_lint_reads_no_file_twice(own: Path, tmp_path: Path) -> None:
    assert rules("lint", "rules/own.yaml", "rules", str(own)).exit_code == 0
    assert rules("lint", "nowhere").exit_code == 2
    (tmp_path / "empty").mkdir()
    result = rules("lint", "empty")
    assert result.exit_code == 2
    assert "no rule files" in result.stderr


def test_examples_that_hold(own: Path) -> None:
    result = rules("test", "rules/own.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 rules: 2 examples, 2 texts to stay, 0 failures" in result.stderr


def test_examples_go_through_all_stages(own: Path) -> None:
    """A half-width comma is a full-width one before the rules see it."""
    own.write_text(
        "- id: own-comma\n  kind: pattern\n  reason: r\n  pattern: 甲,乙\n  replace: 丙\n"
        "  examples: {子丑甲,乙寅卯: 子丑丙寅卯}\n  unchanged: [甲乙]\n"
        + literal("own-comma-right", "庚,辛: 庚", "子丑,庚: 子丑,庚")
        .replace("庚,辛", "庚辛壬")
        .replace("子丑,庚: 子丑,庚", "'子丑,庚辛壬': '子丑,庚'"),
        "utf-8",
    )
    result = rules("test", "rules/own.yaml")
    assert result.exit_code == 1
    assert "rules/own.yaml:6:14: own-comma: examples" in result.stdout
    assert "own-comma-right" not in result.stdout


FAILS = {
    "another text": (
        literal("a", "甲乙: 丙丁", "甲乙: 丙戊"),
        ["rules/own.yaml:5:14: a: examples", "text      甲乙", "expected  丙戊", "got       丙丁"],
    ),
    "no text": (
        literal("a", "甲乙: 丙丁", "甲: 甲丁"),
        ["expected  甲丁", "because   the rule does not act"],
    ),
    "a text that does not stay": (
        literal("a", "甲乙: 丙丁", "甲乙: 丙丁", "不, 甲乙"),
        ["rules/own.yaml:6:18: a: unchanged", "expected  甲乙", "got       丙丁", "changed by a"],
    ),
    "nothing protected": (
        "- {id: a, kind: protect, reason: r, words: [甲], examples: [乙], unchanged: [乙]}\n",
        ["nothing of it is protected"],
    ),
    "a line that is none": (
        "- {id: a, kind: drop, reason: r, pattern: 甲, examples: {乙: ''}, unchanged: [甲]}\n",
        ["it does not know the line", "the line is taken for furniture"],
    ),
    "a hostile text": (
        literal("a", "甲乙: 丙丁", '"甲\\e[31m乙": 丙'),
        ["甲␛[31m乙"],
    ),
}


@pytest.mark.parametrize(("text", "told"), FAILS.values(), ids=FAILS.keys())
def test_examples_that_fail_are_told(text: str, told: list[str], own: Path) -> None:
    own.write_text(text, "utf-8")
    result = rules("test", "rules")
    assert result.exit_code == 1
    for what in told:
        assert what in result.stdout
    assert "\x1b" not in result.stdout
    assert rules("test", "rules").stdout == result.stdout
    tree = json.loads(rules("test", "rules", "--json").stdout)
    assert tree["failed"][0]["rule"] == "a"


def test_one_rule_alone(own: Path) -> None:
    assert "1 rule: 1 example" in rules("test", "--rule", "own-weather").stderr
    result = rules("test", "--rule", "own-wether")
    assert result.exit_code == 2
    assert "did you mean 'own-weather'?" in result.stderr
    off = rules("test", "--rule", "lookalike-hou")
    assert off.exit_code == 2
    assert "rules/own.yaml:2:7: rule 'lookalike-hou' is switched off" in off.stderr


def test_faulty_rules_are_no_rules_to_test_or_list(own: Path) -> None:
    own.write_text("- {id: a, kind: literl}\n", "utf-8")
    for command in ("test", "list"):
        result = rules(command)
        assert result.exit_code == 2
        assert "rules/own.yaml:1:17" in result.stderr


def test_conditions_are_met_by_examples(own: Path) -> None:
    own.write_text(
        literal("a", "甲乙: 丙丁", "在甲乙: 在丙丁", "甲乙").replace(
            "  reason: r\n",
            "  reason: r\n  when: {publication: 江城日报, date: {from: 1956}, script: traditional,"
            " before: 在}\n",
        ),
        "utf-8",
    )
    result = rules("test", "rules")
    assert result.exit_code == 0, result.stdout


def test_a_suggestion_of_a_line_is_a_finding(own: Path) -> None:
    own.write_text(
        "- {id: a, kind: drop, level: suggest, reason: r, pattern: 甲乙通讯, "
        "examples: {甲乙通讯: ''}, unchanged: [甲乙]}\n",
        "utf-8",
    )
    assert rules("test", "rules").exit_code == 0
    assert load([own]).line_role("甲乙通讯") is None
    (own.parent.parent / "page.txt").write_text("甲乙通讯\n\n渡口的夜班船晚上十点开船。\n", "utf-8")
    CliRunner().invoke(main, ["run", "page.txt", "clean"])
    tree = json.loads((own.parent.parent / "clean" / "page.json").read_bytes())
    assert [one["rule"] for one in tree["findings"]] == ["a"]
