"""diff: filters, counts, patches for git, a person's edits, paging, exit codes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jiaokan.cli.diff import KINDS
from jiaokan.rulebook.rule import KINDS as RULE_KINDS

TOP = Path(__file__).parents[2]
SEAMS = "seam-inside-a-line.txt"


@pytest.fixture
def samples(jiaokan: Any, tmp_path: Path) -> Path:
    """A folder with sample pages, and what a run made of them."""
    (tmp_path / "raw").mkdir()
    for name in (SEAMS, "doubled-character.txt", "hard-wrapped.txt"):
        shutil.copy(TOP / "raw" / name, tmp_path / "raw" / name)
    assert jiaokan("run", "-q").exit_code == 0
    return tmp_path


def test_kinds_are_those_of_rules_and_of_what_happens() -> None:
    assert set(KINDS) - {"stage", "moved", "furniture", "dropped", "person"} == set(RULE_KINDS) - {
        "protect"
    }


def changes(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("    ")]


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--rule", "script.to-simplified"], 1),
        (["--rule", "punctuation.*"], 4),
        (["--rule", "punctuation.colon", "--rule", "script.*"], 3),
        (["--rule", "no-such-rule"], 0),
        (["--kind", "stage"], 5),
        (["--kind", "literal"], 0),
        (["--max-confidence", "0.5"], 0),
        (["--min-confidence", "0.5"], 5),
    ],
)
def test_filters(jiaokan: Any, samples: Path, options: list[str], shown: int) -> None:
    result = jiaokan("diff", "raw/doubled-character.txt", "clean", *options)
    assert result.exit_code == 0
    assert len(changes(result.stdout)) == shown


def test_pages_of_which_the_filters_leave_nothing_are_not_named(
    jiaokan: Any, samples: Path
) -> None:
    result = jiaokan("diff", "--rule", "layout.unwr*")
    heads = [line for line in result.stdout.splitlines() if "→ clean/" in line]
    assert [head.split(" → ")[0] for head in heads] == ["raw/hard-wrapped.txt"]
    nothing = jiaokan("diff", "--rule", "layout.unwarp", "--exit-code")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert nothing.stderr == "nothing passes the filters\n"


@pytest.mark.parametrize("kind", ["moved", "furniture", "dropped"])
def test_kinds_of_what_happened(jiaokan: Any, samples: Path, kind: str) -> None:
    lines = jiaokan("diff", "raw/doubled-character.txt", "clean", "--kind", kind).stdout
    first, *others = lines.splitlines()
    assert "→ clean/" in first
    assert others
    assert all(line.startswith(f"  {kind}: raw ") for line in others)


def test_a_moved_part_tells_how_sure_its_seam_is(jiaokan: Any, samples: Path) -> None:
    seams = json.loads((samples / "clean/doubled-character.json").read_text("utf-8"))["seams"]
    told = f"{seams[0]['confidence']:.2f}"
    line = jiaokan("diff", "raw/doubled-character.txt", "clean", "--kind", "moved").stdout
    assert told in line
    none = jiaokan("diff", "raw/doubled-character.txt", "clean", "--max-confidence", "0.1")
    assert "moved" not in none.stdout


def test_a_page_whose_twin_was_cleaned_otherwise(jiaokan: Any, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(
        "- {id: own, kind: literal, reason: r, pairs: {渡侯: 渡候}, when: {date: {to: 1956}}, "
        "examples: {渡侯: 渡候}, unchanged: [诸侯]}\n"
    )
    for folder in ("a", "b"):
        (tmp_path / "raw" / folder).mkdir(parents=True)
        for day in ("1955-01-01", "1957-01-01"):
            (tmp_path / "raw" / folder / f"{day}.txt").write_text("清晨的渡侯很冷。\n")
    assert jiaokan("run", "-q", "--rules", "rules.yaml").exit_code == 0
    for folder in ("a", "b"):
        first = jiaokan("diff", f"raw/{folder}/1955-01-01.txt", "clean").stdout
        assert f"clean/{folder}/1955-01-01.json" in first
        assert "own" in first
        later = jiaokan("diff", f"raw/{folder}/1957-01-01.txt", "clean").stdout
        assert "own" not in later


def test_context(jiaokan: Any, samples: Path) -> None:
    narrow = jiaokan("diff", "raw/doubled-character.txt", "clean", "--context", "1").stdout
    assert "     31:37  影[-響-]{+响+}下  script" in narrow
    none = jiaokan("diff", "raw/doubled-character.txt", "clean", "--context", "0").stdout
    assert "     31:37  [-響-]{+响+}  script" in none
    patch = jiaokan("diff", f"raw/{SEAMS}", "clean", "--unified", "--context", "0").stdout
    assert not [line for line in patch.splitlines() if line.startswith(" ")]


def test_stat(jiaokan: Any, samples: Path) -> None:
    text = jiaokan("diff", "--stat").stdout
    pages, stages, rules = text.rstrip().split("\n\n")
    assert pages.splitlines()[1].split() == ["5", "5", "2", "3", "0", "0", "doubled-character.txt"]
    assert "script" in stages
    assert "100.0%" not in stages
    assert any(line.split()[-1] == "layout.unwrap" for line in rules.splitlines())
    tree = json.loads(jiaokan("diff", "--stat", "--json").stdout)
    assert sum(tree["stages"].values()) == sum(page["edits"] for page in tree["pages"])
    assert sum(rule["edits"] for rule in tree["rules"].values()) == sum(tree["stages"].values())
    few = json.loads(jiaokan("diff", "--stat", "--json", "--rule", "script.*").stdout)
    assert set(few["rules"]) == {"script.to-simplified"}


def test_json_has_reasons_places_and_seams(jiaokan: Any, samples: Path) -> None:
    (page,) = json.loads(jiaokan("diff", f"raw/{SEAMS}", "clean", "--json").stdout)["pages"]
    step = page["changes"][0]["steps"][0]
    assert step["reason"] == "Beside Chinese a comma is full-width."
    assert page["changes"][0]["places"][0]["field"] == "paragraphs"
    assert len(page["seams"]) == 5
    assert page["by_hand"] == page["findings"] == []
    assert [f["order"] for f in page["fragments"] if f["article"] == 0] == [0, 1, 2]


def test_a_filtered_patch_is_taken_by_git(jiaokan: Any, samples: Path) -> None:
    path = samples / "raw" / SEAMS
    before = path.read_text("utf-8")
    patch = jiaokan("diff", f"raw/{SEAMS}", "clean", "--unified", "--rule", "script.*").stdout_bytes
    subprocess.run(["git", "apply"], input=patch, cwd=samples, check=True, capture_output=True)
    after = path.read_text("utf-8")
    assert after == before.replace("空間", "空间").replace("火車", "火车") != before


def test_a_patch_of_a_folder_is_taken_by_git(jiaokan: Any, samples: Path) -> None:
    """With --directory or at the root of a repository, and back again."""
    before = {path.name: path.read_bytes() for path in (samples / "raw").iterdir()}
    patch = jiaokan("diff", "--unified").stdout_bytes
    for step in (["git", "init", "-q"], ["git", "apply", "--check"], ["git", "apply"]):
        subprocess.run(step, input=patch, cwd=samples, check=True, capture_output=True)
    after = {path.name: path.read_bytes() for path in (samples / "raw").iterdir()}
    assert all(after[name] != before[name] for name in before)
    subprocess.run(["git", "apply", "-R"], input=patch, cwd=samples, check=True)
    assert before == {path.name: path.read_bytes() for path in (samples / "raw").iterdir()}


def test_a_person_s_edit_is_shown_and_counts_as_a_change(jiaokan: Any, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    shutil.copy(TOP / "raw" / "clean-page.txt", tmp_path / "raw")
    assert jiaokan("run", "-q").exit_code == 0
    assert jiaokan("diff", "--exit-code").exit_code == 0
    path = tmp_path / "clean" / "clean-page.json"
    tree = json.loads(path.read_text("utf-8"))
    title = tree["articles"][1]["title"]
    tree["articles"][1]["title"] = title + "（续）"
    path.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    result = jiaokan("diff", "--exit-code")
    assert result.exit_code == 1
    assert "  by hand: raw " in result.stdout
    assert "{+（续）+}  clean-page.json, article 2, title" in result.stdout
    assert jiaokan("diff", "--exit-code", "--kind", "stage").exit_code == 0
    assert jiaokan("diff", "--exit-code", "--kind", "person").exit_code == 1
    (page,) = json.loads(jiaokan("diff", "--json").stdout)["pages"]
    assert [(hand["old"], hand["new"]) for hand in page["by_hand"]] == [("", "（续）")]


def test_the_exit_code_looks_at_what_the_filters_let_through(jiaokan: Any, samples: Path) -> None:
    some = ["diff", "raw/hard-wrapped.txt", "clean", "--exit-code", "--kind", "stage"]
    assert jiaokan(*some).exit_code == 1
    assert jiaokan(*some, "--max-confidence", "0.5").exit_code == 0


@pytest.mark.parametrize("other", ["--stat", "--json"])
def test_a_patch_is_nothing_else(jiaokan: Any, samples: Path, other: str) -> None:
    result = jiaokan("diff", "--unified", other)
    assert result.exit_code == 2
    assert "--unified goes neither with" in result.stderr


def test_colours_when_asked_for(jiaokan: Any, samples: Path) -> None:
    asked = jiaokan("diff", f"raw/{SEAMS}", "clean", "--color", "always").stdout
    assert "\x1b[31m\x1b[9m,\x1b[0m\x1b[32m\x1b[4m，\x1b[0m" in asked
    assert "\x1b" not in jiaokan("diff", f"raw/{SEAMS}", "clean", "--color", "never").stdout


@pytest.mark.skipif(os.name == "nt", reason="asks for a pseudo-terminal")
@pytest.mark.parametrize(
    ("options", "variables", "paged", "coloured"),
    [
        ([], {}, True, True),
        (["--no-pager"], {}, False, True),
        (["--no-pager"], {"NO_COLOR": "1"}, False, False),
        (["--json"], {}, False, False),
    ],
)
def test_in_a_terminal_it_is_paged_and_coloured(
    samples: Path, options: list[str], variables: dict[str, str], paged: bool, coloured: bool
) -> None:
    import pty

    pager = samples / "pager"
    pager.write_text("#!/bin/sh\necho paged\ncat\n", "utf-8")
    pager.chmod(0o755)
    above, below = pty.openpty()
    command = [sys.executable, "-m", "jiaokan", "diff", f"raw/{SEAMS}", "clean", *options]
    process = subprocess.Popen(
        command,
        cwd=samples,
        stdin=below,
        stdout=below,
        stderr=below,
        env=os.environ | {"PAGER": str(pager), "TERM": "xterm"} | variables,
    )
    os.close(below)
    seen = b""
    while True:
        try:
            part = os.read(above, 65536)
        except OSError:  # the other end was closed
            break
        if not part:
            break
        seen += part
    assert process.wait() == 0
    text = seen.decode()
    assert ("paged" in text.splitlines()[0]) == paged
    assert ("\x1b[31m" in text) == coloured
