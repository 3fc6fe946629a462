"""`jiaokan rules add`: what it writes, what it leaves alone, what it refuses."""

import json
import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.cli import main
from jiaokan.curation.add_entry import Asked, entry_of, made_id, split
from jiaokan.curation.add_file import with_entry
from jiaokan.curation.add_text import lines_of, quoted
from jiaokan.errors import RuleError
from jiaokan.rulebook import load
from jiaokan.rulebook.reader import Value, read

Command = Callable[..., Result]
FILE = Path("rules/my-rules.yaml")
GOOD = (
    *("--pair", "天侯=天候", "--reason", "侯 for 候"),
    *("--example", "恶劣天侯=恶劣天候", "--unchanged", "诸侯"),
)
ENTRY: dict[str, Value] = {
    "id": "x-y",
    "kind": "literal",
    "reason": "a: b # c",
    "pairs": {"甲": "乙", "no": "010"},
    "examples": [{"raw": "一\n甲", "clean": ""}],
    "unchanged": ["- 丙", "#", "12:30"],
}


@pytest.fixture
def jiaokan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def workspace(tmp_path: Path, jiaokan: Command) -> Path:
    assert jiaokan("init").exit_code == 0
    return tmp_path


def test_a_rule_is_added_behind_the_last_one_and_acts(workspace: Path, jiaokan: Command) -> None:
    before = FILE.read_bytes()
    done = jiaokan("rules", "add", *GOOD)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("- id: literal-5929-4faf\n  kind: literal\n")
    assert "added to rules/my-rules.yaml:36" in done.stderr
    assert "jiaokan rules impact literal-5929-4faf raw" in done.stderr
    after = FILE.read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].decode() == "\n" + done.stdout
    assert [edit.new for _, edit in load([FILE]).edits("恶劣天侯")] == ["候"]


def test_the_same_command_again_is_refused_and_writes_nothing(
    workspace: Path, jiaokan: Command
) -> None:
    jiaokan("rules", "add", *GOOD)
    before = FILE.read_bytes()
    done = jiaokan("rules", "add", *GOOD)
    assert done.exit_code == 2
    assert "id 'literal-5929-4faf' is taken; it stands in rules/my-rules.yaml:36:7" in done.stderr
    assert "/tmp" not in done.stderr
    assert FILE.read_bytes() == before


def test_a_dry_run_prints_a_file_of_its_own(workspace: Path, jiaokan: Command) -> None:
    before = FILE.read_bytes()
    done = jiaokan("rules", "add", *GOOD, "--dry-run")
    assert done.exit_code == 0
    assert FILE.read_bytes() == before
    other = workspace / "other.yaml"
    other.write_text(done.stdout, "utf-8")
    assert "literal-5929-4faf" in {rule.id for rule in load([other]).rules}


def test_a_file_that_is_not_there_is_made(jiaokan: Command, tmp_path: Path) -> None:
    done = jiaokan("rules", "add", *GOOD)
    assert done.exit_code == 0, done.output
    assert FILE.read_text("utf-8").startswith("# Rules of this workspace")
    other = jiaokan("rules", "add", *GOOD[2:], "--pair", "天侫=天候", "--file", "else.yaml")
    assert other.exit_code == 2
    assert not Path("else.yaml").exists()


def test_a_file_that_is_not_in_force_is_said_to_be(workspace: Path, jiaokan: Command) -> None:
    done = jiaokan("rules", "add", *GOOD, "--file", "else.yaml")
    assert "in force in runs with --rules else.yaml" in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        (
            "--phrase",
            "全市道路交通秩序整治行动",
            "--example",
            "全市道路文通秩序整治行动=全市道路交通秩序整治行动",
            "--unchanged",
            "道路交通秩序",
        ),
        (
            "--pattern",
            r"(?P<day>月[0-9]{1,2})曰版",
            "--replace",
            r"\g<day>日版",
            "--example",
            "11月26曰版=11月26日版",
            "--unchanged",
            "子曰",
        ),
        (
            "--word",
            "vel",
            "--candidate",
            "或者",
            "--example",
            "今天 vel 明天=今天或者明天",
            "--unchanged",
            "今天",
        ),
        ("--protect", "江城曰报", "--example", "江城曰报社", "--unchanged", "百年江城曰报"),
        (
            "--drop",
            "江城人[ ]?看江城报",
            "--example",
            "江城人 看江城报=",
            "--unchanged",
            "江城人都看江城报。",
        ),
        (
            "--role",
            "byline",
            "--pattern",
            r"(?P<name>\p{Han}{2,4})[ ]特写",
            "--example",
            "林若谷 特写=林若谷",
            "--unchanged",
            "人物特写",
        ),
        (
            "--to",
            "simplified",
            "--pair",
            "郁鬱=郁郁",
            "--example",
            "郁鬱葱葱=郁郁葱葱",
            "--unchanged",
            "馥郁",
        ),
    ],
    ids=["phrase", "pattern", "leak", "protect", "drop", "layout", "script"],
)
def test_every_kind_can_be_added(workspace: Path, jiaokan: Command, args: tuple[str, ...]) -> None:
    done = jiaokan("rules", "add", "--reason", "why", *args)
    assert done.exit_code == 0, done.output
    load([FILE])


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "missing: --kind"),
        (("--pair", "市埸=市场"), "missing: --reason, --example, --unchanged"),
        (("--pattern", "甲"), "missing: --replace, --reason"),
        (("--kind", "layout"), "missing: --pattern, --role"),
        (("--pair", "市埸"), "has no ="),
        (("--pair", "a=b=c"), "has more than one ="),
        (
            ("--kind", "literal", "--phrase", "全"),
            "--phrase is no option of a rule of kind literal",
        ),
        (("--kind", "litteral"), "litteral"),
        ((*GOOD, "--pair", "天侯=天后"), "'天侯' stands twice"),
        ((*GOOD, "--id", "Not An Id"), "lower-case letters"),
        ((*GOOD, "--file", "rules"), "is a directory"),
        ((*GOOD, "--file", "rules.txt"), "is no YAML file"),
        ((*GOOD, "--id", "phrase-new-era"), "is taken"),
        ((*GOOD, "--reason", " "), "missing: --reason"),
    ],
)
def test_wrong_usage_is_explained(
    workspace: Path, jiaokan: Command, args: tuple[str, ...], said: str
) -> None:
    before = FILE.read_bytes()
    done = jiaokan("rules", "add", *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert FILE.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--example", "天侯=天后", "--unchanged", "诸侯"), "gives '天候', not '天后'"),
        (("--example", "诸候=诸候", "--unchanged", "诸侯"), "changes nothing"),
        (("--example", "天侯=天候", "--unchanged", "好天侯"), "changed by literal-5929-4faf"),
    ],
)
def test_a_rule_that_fails_its_own_examples_is_refused(
    workspace: Path, jiaokan: Command, args: tuple[str, ...], said: str
) -> None:
    before = FILE.read_bytes()
    done = jiaokan("rules", "add", "--pair", "天侯=天候", "--reason", "r", *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert FILE.read_bytes() == before


def test_rules_that_clash_are_refused(workspace: Path, jiaokan: Command) -> None:
    jiaokan("rules", "add", *GOOD)
    before = FILE.read_bytes()
    undoing = jiaokan(
        *("rules", "add", "--pair", "天候=天侯", "--reason", "r"),
        *("--example", "好天候=好天侯", "--unchanged", "诸侯"),
    )
    assert undoing.exit_code == 2
    assert "undo each other" in undoing.stderr
    again = jiaokan("rules", "add", *GOOD, "--id", "another")
    assert again.exit_code == 2
    assert "literal-5929-4faf" in again.stderr
    assert FILE.read_bytes() == before


def test_a_faulty_workspace_is_named_by_its_own_files(workspace: Path, jiaokan: Command) -> None:
    (workspace / "rules" / "bad.yaml").write_text("- id: a\n  knid: literal\n", "utf-8")
    done = jiaokan("rules", "add", *GOOD)
    assert done.exit_code == 2
    assert "rules/bad.yaml:1:3" in done.stderr
    assert "/tmp/tmp" not in done.stderr


def test_control_characters_command_nothing(workspace: Path, jiaokan: Command) -> None:
    done = jiaokan("rules", "add", *GOOD, "--reason", "\x1b[31mred", "--dry-run")
    assert "\x1b" not in done.output
    assert r"\u001b[31mred" in done.stdout


def test_what_is_missing_is_asked_for_at_a_terminal(workspace: Path) -> None:
    done = at_a_terminal("literal\n天侯=天候\n\nbecause\n\nbroken\n恶劣天侯=恶劣天候\n\n诸侯\n\n")
    assert done.returncode == 0, done.stderr
    assert "has no =" in done.stderr  # the broken example was asked for again
    assert "reason: because" in done.stdout
    assert "literal-5929-4faf" in FILE.read_text("utf-8")


def at_a_terminal(answers: str, *args: str) -> subprocess.CompletedProcess[str]:
    leader, follower = pty.openpty()
    os.write(leader, answers.encode())
    done = subprocess.run(
        [sys.executable, "-m", "jiaokan", "rules", "add", *args],
        stdin=follower,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        timeout=60,
    )
    os.close(leader)
    os.close(follower)
    return done


def test_a_choice_is_explained_and_asked_for_again(workspace: Path) -> None:
    answers = "word\np\nla\n第.版\nkick\nbecause\nno\n第3版=第3版\n\n第3版是要闻\n\n"
    done = at_a_terminal(answers)
    assert "a wording that comes back" in done.stderr
    assert "one of literal, pattern" in done.stderr  # no such kind
    assert "one of pattern, phrase, protect" in done.stderr  # several begin so
    assert done.returncode == 0, done.stderr
    assert "kind: layout" in done.stdout
    assert "role: kicker" in done.stdout


def test_what_was_answered_is_given_back_where_it_is_refused(workspace: Path) -> None:
    before = FILE.read_bytes()
    done = at_a_terminal("literal\n天侯=天候\n\nit is so\n\n天侯=天侯\n\n诸侯\n\n")
    assert done.returncode == 2
    assert FILE.read_bytes() == before
    command = done.stderr.partition("to be changed: ")[2].strip()
    again = [*shlex.split(command), "--example", "恶劣天侯=恶劣天候"]
    again.remove("天侯=天侯")
    again.remove("--example")
    done = subprocess.run(
        [sys.executable, "-m", *again], capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "reason: it is so" in done.stdout


PAGE = ("--publication", "江城日报", "--date", "1950..1956年3月", "--script", "simplified")
LINE = ("--above", "edge", "--above", "title", "--below", "body")


@pytest.mark.parametrize(
    ("args", "entry"),
    [
        (
            ("--before", "恶劣", "--after", "的|，", "--example", "恶劣天侯，=恶劣天候，"),
            "  when:\n    before: 恶劣\n    after: 的|，\n",
        ),
        (
            ("--place", "line-start", "--place", "title", "--example", "天侯坏=天候坏"),
            "  when:\n    place:\n      - line-start\n      - title\n",
        ),
        (
            (*PAGE, "--publication", "云谷日报", "--example", "天侯坏=天候坏"),
            "  when:\n    publication:\n      - 江城日报\n      - 云谷日报\n"
            "    date:\n      from: '1950'\n      to: '1956-03'\n    script: simplified\n",
        ),
    ],
)
def test_conditions_stand_in_the_entry_and_hold(
    workspace: Path, jiaokan: Command, args: tuple[str, ...], entry: str
) -> None:
    said = ("--pair", "天侯=天候", "--reason", "r", "--unchanged", "好诸侯", *args)
    done = jiaokan("rules", "add", *said)
    assert done.exit_code == 0, done.output
    assert entry in done.stdout
    assert done.stdout in FILE.read_text("utf-8")
    # The same word under other conditions is another rule.
    other = jiaokan("rules", "add", *said[:6], "--after", "坏", "--example", "天侯坏=天候坏")
    assert other.exit_code == 0, other.output


def test_lines_are_asked_for_their_neighbours(workspace: Path, jiaokan: Command) -> None:
    said = ("--drop", "江城人看江城报", "--example", "江城人看江城报=", "--unchanged", "江城报")
    done = jiaokan("rules", "add", *said, *LINE, *PAGE, "--reason", "r")
    assert done.exit_code == 0, done.output
    place = "  place:\n    above:\n      - edge\n      - title\n    below:\n      - body\n"
    assert f"{place}  when:\n    publication: 江城日报\n" in done.stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--place", "linestart"), "'line-start', 'line-end', 'first-line'"),
        (("--before", "(甲"), "before: missing )"),
        (("--date", "1956-13"), "write 1950..1956-03, 1950.. or ..1956-03-12"),
        (("--date", "1957..1956"), "ends before it begins"),
        (("--date", ".."), "names no day"),
        (("--publication", " "), "publication: ' ' is no name"),
        (("--script", "latin"), "'simplified', 'traditional'"),
        (
            ("--above", "title"),
            "it goes with drop, layout; literal takes --pair, --margin, --before",
        ),
        (("--before", "甲"), "--example '恶劣天侯' gives '恶劣天侯', not '恶劣天候'"),
    ],
)
def test_a_wrong_condition_is_refused_with_what_is_allowed(
    workspace: Path, jiaokan: Command, args: tuple[str, ...], said: str
) -> None:
    before = FILE.read_bytes()
    done = jiaokan("rules", "add", *GOOD, *args)
    assert done.exit_code == 2
    assert said in done.stderr
    assert FILE.read_bytes() == before


def test_conditions_are_asked_for_behind_one_question(workspace: Path) -> None:
    asked = "befor, wher\nbe, place date\n恶劣\nline-\nline-end title\n1956-13\n1950..\n"
    done = at_a_terminal(f"literal\n天侯=天候\n\nbecause\n{asked}恶劣天侯=恶劣天候\n\n诸侯\n\n")
    assert done.returncode == 0, done.stderr
    assert "one of before, after, place, publication, date, script" in done.stderr
    assert "one of line-start, line-end" in done.stderr
    assert "'1956-13' is no day" in done.stderr
    place = "    place:\n      - line-end\n      - title\n"
    assert f"  when:\n    before: 恶劣\n{place}    date:\n      from: '1950'\n" in done.stdout


def test_what_was_said_in_full_is_asked_nothing_more(workspace: Path) -> None:
    done = at_a_terminal("", *GOOD)
    assert done.returncode == 0, done.stderr
    assert "conditions" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--pair", "时侯=时候", "--example", "小时侯=小时候", "--unchanged", "诸侯"],
        [
            *("--pattern", "(?<=小)时侯", "--replace", "时候"),
            *("--example", "小时侯=小时候", "--unchanged", "诸侯"),
        ],
        ["--protect", "小时侯", "--example", "在小时侯", "--unchanged", "小时侯"],
    ],
)
def test_what_breaks_the_examples_of_another_rule_is_refused(
    workspace: Path, jiaokan: Command, words: list[str]
) -> None:
    before = FILE.read_bytes()
    done = jiaokan("rules", "add", *words, "--reason", "r")
    assert done.exit_code == 2
    assert "it breaks lookalike-shihou (rules/lookalikes.yaml:" in done.stderr
    assert "switch the other rule off" in done.stderr
    assert FILE.read_bytes() == before
    off = Path("rules") / "off.yaml"
    off.write_text("off: [lookalike-shihou]\nrules: []\n", "utf-8")
    assert jiaokan("rules", "add", *words, "--reason", "r").exit_code == 0


SHAPES = {
    "empty": "",
    "comments only": "# only\n",
    "a list": "- id: a\n  kind: b",
    "a list with a text in lines": (
        "rules:\n  - id: a\n    b: |\n      x\n\n  # tail\n\n# of off\noff: [q]\n"
    ),
    "nothing under rules": "rules:\n\noff: [a]\n",
    "no rules": "off: [a]",
    "a mark and CRLF": "\ufeffrules:\r\n- id: a\r\n\r\n- id: b # c\r\n",
    "wide indents and an end": "-   id: a\n    k: {a: b}\n...\n",
    "entries in brackets": "---\n- id: a\n- {id: b, c: [d]}\n# z",
    "a key behind": "rules:\n    -   id: a\n        n:\nwords: {}\n",
    "lone CR": "- id: a\r  k: b\r",
    "a comment behind the key": "rules: # c\n  # d\noff: []\n",
    "kept line ends": "rules:\n  - id: a\n    b: |+\n      x\n\n\n",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_every_other_byte_of_the_file_stays(text: str) -> None:
    data = text.encode()
    made, line = with_entry(data, ENTRY, "f.yaml")
    put = len(made) - len(data)
    assert any(made[:at] + made[at + put :] == data for at in range(len(data) + 1))
    document = read(made, "f.yaml")
    base = ("rules",) if isinstance(document.value, dict) else ()
    value = document.value["rules"] if isinstance(document.value, dict) else document.value
    assert isinstance(value, list)
    assert value[-1] == ENTRY
    assert document.spot((*base, len(value) - 1)).line + 1 == line
    if "\r\n" in text:
        assert b"\n" not in made.replace(b"\r\n", b"")


def test_comments_stay_with_what_they_are_about() -> None:
    made, _ = with_entry(SHAPES["a list with a text in lines"].encode(), ENTRY, "f.yaml")
    text = made.decode()
    assert text.index("# tail") < text.index("- id: x-y") < text.index("# of off")
    assert "\n\n# of off\noff: [q]\n" in text


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("rules: []\n", "f.yaml:1:8"),
        ("[]\n", "f.yaml:1:1"),
        ("off: []\nrules: [\n  {id: a}]\n", "f.yaml:2:8"),
        ("{rules: [a]}", "f.yaml:1:1"),
        ("hello\n", "f.yaml:1:1"),
        ("rules: x\n", "f.yaml:1:8"),
        ("- id: a\n\t- b\n", "f.yaml:2:1"),
        ("- &a id\n", "f.yaml:1:3"),
        ("--- a\n--- b\n", "f.yaml:2:1"),
    ],
)
def test_another_shape_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(RuleError) as caught:
        with_entry(text.encode(), ENTRY, "f.yaml")
    assert caught.value.where == where


def test_what_is_not_utf_8_or_too_large_is_refused() -> None:
    with pytest.raises(RuleError, match="not UTF-8"):
        with_entry("- id: 甲".encode("gb18030"), ENTRY, "f.yaml")
    with pytest.raises(RuleError, match="larger"):
        with_entry(b"#" * 10_000_001, ENTRY, "f.yaml")


TEXT = st.text(
    st.characters(blacklist_categories=("Cs",)) | st.sampled_from("：: #-'\"\n\t\\甲no012{}[]"),
    max_size=12,
)


@given(TEXT)
def test_any_text_comes_back_from_a_file(text: str) -> None:
    value = read(f"- {quoted(text)}\n- {{a: {quoted(text)}}}\n".encode(), "f").value
    assert value == [text, {"a": text}]


@given(TEXT, TEXT, st.integers(2, 5))
def test_any_entry_comes_back_from_a_file(one: str, other: str, step: int) -> None:
    entry: dict[str, Value] = {
        "id": one,
        "pairs": {one: other},
        "examples": [{"raw": one, "clean": other}],
        "unchanged": [one, other],
    }
    assert read("\n".join(lines_of(entry, step)).encode(), "f").value == [entry]


def test_ids_are_made_of_kind_and_content() -> None:
    many = Asked(pairs=(("天侯", "天候"), ("市埸", "市场")))
    assert made_id(many) == made_id(many) != made_id(Asked(pairs=many.pairs[:1]))
    assert made_id(Asked(word="In Order", candidates=("甲",))) == "leak-in-order"


def test_an_arrow_parts_where_the_text_has_an_equals_sign() -> None:
    assert split("a=b→a＝b", "--example") == ("a=b", "a＝b")


def test_texts_that_no_file_can_hold_are_refused() -> None:
    asked = Asked(pairs=(("\udcff", "a"),), reason="r", examples=(("a", "b"),), unchanged=("c",))
    with pytest.raises(RuleError, match="no valid Unicode"):
        entry_of(asked)


def test_a_file_without_end_is_refused(jiaokan: Command) -> None:
    Path("endless.yaml").symlink_to("/dev/zero")
    done = jiaokan("rules", "add", *GOOD, "--file", "endless.yaml")
    assert done.exit_code == 2
    assert "endless.yaml: cannot be read" in done.stderr


def test_a_link_is_written_through(workspace: Path, jiaokan: Command) -> None:
    Path("real.yaml").write_bytes(FILE.read_bytes())
    FILE.unlink()
    FILE.symlink_to(Path("../real.yaml"))
    assert jiaokan("rules", "add", *GOOD).exit_code == 0
    assert FILE.is_symlink()
    assert "literal-5929-4faf" in Path("real.yaml").read_text("utf-8")


def test_a_margin_is_written_as_the_number_that_the_schema_asks_for(
    workspace: Path, jiaokan: Command
) -> None:
    done = jiaokan("rules", "add", *GOOD, "--margin", "2.5", "--json")
    assert done.exit_code == 0, done.output
    assert "\n  margin: 2.5\n" in FILE.read_text("utf-8")
    told = json.loads(done.stdout)
    assert (told["id"], told["line"], told["written"]) == ("literal-5929-4faf", 36, True)
