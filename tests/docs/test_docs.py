"""README.md and docs/: every command in them runs, and prints what they say it prints.

The `sh` blocks of a document are run in their order in a fresh folder that
holds raw/ and nothing else; a `cd` lasts to the document's end. What stands in
the block after `<!-- output -->` is what the block before it prints, stdout and
stderr together. Marks before a block:

    <!-- not run: why -->    it is left out
    <!-- exit 1 -->          its last command leaves with 1
    <!-- file PATH -->       it is no command: it is written to PATH, and told so before it

Lines that start with `make`, `pip install` or `git clone` are left out as well.

    python tests/docs/test_docs.py    writes the outputs anew
"""

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import pytest
from jiaokan.cli import COMMANDS, main
from jiaokan.cli.rules import COMMANDS as RULES_COMMANDS
from jiaokan.rulebook import load
from jiaokan.rulebook.example_checks import failures
from jiaokan.rulebook.example_runs import failed
from jiaokan.rulebook.lint import warnings
from jiaokan.rulebook.packs import survey
from jiaokan.rulebook.rule import KINDS
from jiaokan.stages import STAGES, _marks

TOP = Path(__file__).parents[2]
DOCS = TOP / "docs"
RUN = [TOP / "README.md", *sorted(DOCS.glob("*.md"))]
"""Documents whose commands are run."""
READ = [*RUN, TOP / "CHANGELOG.md", TOP / "CONTRIBUTING.md"]
"""Documents whose links and names are checked."""
EXEMPT = ("make ", "pip install ", "git clone ")

MARK = re.compile(r"<!-- (.*?) -->\s*$")
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
ID = re.compile(r"`([a-z]+\.[a-z]+(?:-[a-z]+)*)`")


@dataclass
class Block:
    """A fenced block of a document."""

    language: str
    marks: list[str]
    first: int
    """Its first line in the document, from 0."""
    lines: list[str] = field(default_factory=list)
    output: "Block | None" = None
    """What it prints, where the document says so."""

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)

    @property
    def runs(self) -> bool:
        return self.language == "sh" and not any(m.startswith("not run: ") for m in self.marks)

    @property
    def file(self) -> str:
        """Where it is written to, if it is a file that readers make."""
        return next((m.removeprefix("file ") for m in self.marks if m[:5] == "file "), "")

    @property
    def code(self) -> int:
        """The exit code that is asked of it."""
        return next((int(m.removeprefix("exit ")) for m in self.marks if m[:5] == "exit "), 0)


def blocks(document: Path) -> list[Block]:
    """The fenced blocks of a document; outputs stand with the blocks that print them."""
    found: list[Block] = []
    marks: list[str] = []
    inside: Block | None = None
    for number, line in enumerate(document.read_text("utf-8").splitlines()):
        if inside and line == "```":
            inside = None
        elif inside:
            inside.lines.append(line)
        elif line.startswith("```"):
            inside = Block(line[3:].strip(), marks, number + 1)
            if "output" in marks:
                found[-1].output = inside
            else:
                found.append(inside)
            marks = []
        elif mark := MARK.match(line):
            marks.append(mark[1])
        elif line:
            marks = []
    return found


def carried_out(document: Path, folder: Path) -> Iterator[tuple[Block, int, str]]:
    """Each block that runs, its exit code and what it printed."""
    shutil.copytree(TOP / "raw", folder / "raw")
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
    }
    here = folder
    for block in blocks(document):
        if block.file:
            (here / block.file).parent.mkdir(parents=True, exist_ok=True)
            (here / block.file).write_text(block.text, "utf-8")
        if not block.runs:
            continue
        lines = [line for line in block.lines if not line.startswith(EXEMPT)]
        script = "\n".join(["trap 'pwd >&3' EXIT", *lines])
        with (folder / ".here").open("w+") as place:
            done = subprocess.run(
                ["bash", "-e", "-c", f"exec 3>&{place.fileno()}\n{script}"],
                cwd=here,
                env=environment,
                pass_fds=[place.fileno()],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                encoding="utf-8",
            )
            place.seek(0)
            here = Path(place.read().strip())
        yield block, done.returncode, TIMES.sub("in … s", done.stdout)


TIMES = re.compile(r"^in [\d.,]+ s: .*$", re.M)
"""The one line of a run's summary that is never the same twice."""


@pytest.mark.parametrize("document", RUN, ids=lambda path: path.name)
def test_commands_do_what_is_said(document: Path, tmp_path: Path) -> None:
    for block, code, printed in carried_out(document, tmp_path):
        at = f"{document.name}:{block.first}"
        assert code == block.code, f"{at} leaves with {code}\n{printed}"
        if block.output:
            assert printed.rstrip() == block.output.text.rstrip(), at


def test_no_command_hides_in_a_block_without_a_language() -> None:
    for document in RUN:
        for block in blocks(document):
            hidden = [x for x in block.lines if re.match(r"(?:\$ )?jiaokan ", x)]
            assert block.language or not hidden, f"{document.name}:{block.first}"


@pytest.mark.parametrize("document", RUN, ids=lambda path: path.name)
def test_python_examples_hold(document: Path) -> None:
    assert doctest.testfile(str(document), module_relative=False, encoding="utf-8").failed == 0


def test_the_restorer_of_the_format_page_restores(tmp_path: Path) -> None:
    block = next(b for b in blocks(DOCS / "formats.md") if b.language == "python")
    program = tmp_path / "restore.py"
    program.write_text(block.text, "utf-8")
    _run_samples(tmp_path)
    for raw in sorted((TOP / "raw").iterdir()):
        clean = tmp_path / "clean" / f"{raw.stem}.json"
        done = subprocess.run([sys.executable, program, clean], capture_output=True, check=True)
        assert done.stdout == raw.read_bytes(), raw.name


def test_every_field_is_described(tmp_path: Path) -> None:
    words = set(re.findall(r"`([^`\n]+)`", (DOCS / "formats.md").read_text("utf-8")))
    _run_samples(tmp_path)
    files = list((tmp_path / "clean").glob("*.json"))
    keys = {key for path in files for key in _keys(json.loads(path.read_bytes()))}
    ids = {rule.id for rule in load().rules}  # those that are counted under `rules`
    assert {key for key in keys if "." not in key} - ids <= words


def _run_samples(folder: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main(["run", str(TOP / "raw"), str(folder / "clean"), "--quiet"])
    assert left.value.code == 0


def _keys(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        yield from tree
    for child in (
        tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    ):
        yield from _keys(child)


def _section(document: Path, title: str) -> str:
    """The part of a document under a heading, up to the next one of its rank."""
    text = document.read_text("utf-8")
    match = re.search(rf"^(#+) {re.escape(title)}\n(.*?)(?=^\1 |\Z)", text, re.M | re.S)
    assert match, f"{document.name} has no heading “{title}”"
    return match[2]


EVERY = (*COMMANDS, *(f"rules {name}" for name in RULES_COMMANDS))
"""Every command as it is typed; the group `rules` is there, too, where it is one."""


def _command(name: str) -> click.Command:
    command: click.Command = main
    for word in name.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found, name
        command = found
    return command


@pytest.mark.parametrize("name", EVERY)
def test_every_command_is_documented_with_its_options(name: str) -> None:
    if isinstance(_command(name), click.Group):
        return
    section = _section(DOCS / "commands.md", name)
    options = [p for p in _command(name).params if isinstance(p, click.Option)]
    told = set(re.findall(r"^\| `(--?[a-z-]+)", section, re.M))
    assert told == {option.opts[0] for option in options}
    for option in options:
        row = next(x for x in section.splitlines() if re.match(rf"\| `{option.opts[0]}`", x))
        assert all(f"`{name}" in row for name in option.opts)
        if isinstance(option.type, click.Choice):
            assert all(f"`{choice}`" in row for choice in option.type.choices)
        if option.show_default:
            assert f"`{option.default}`" in row
    for argument in _command(name).params:
        if isinstance(argument, click.Argument):
            assert argument.human_readable_name in section
    assert "\nExit " in section


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    anchor = f"rules-{next(iter(RULES_COMMANDS))}" if name == "rules" else name
    link = f"[`{name}`](docs/commands.md#{anchor})"
    assert link in (TOP / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", EVERY)
def test_help_shows_an_example(name: str) -> None:
    command = _command(name)
    text = command.get_help(click.Context(command, info_name=name))
    assert re.search(rf"^  Example:\n(?:    .*\n)*?    .*\bjiaokan {name}\b", text, re.M)


RULES = [
    (document, block)
    for document in RUN
    if document.name != "rules.md"  # tests/rulebook/test_docs.py has those
    for block in blocks(document)
    if block.language == "yaml" and re.search(r"^\s*- id: |^off:", block.text, re.M)
]
"""Rule files in the documents."""


@pytest.mark.parametrize(
    ("document", "block"), RULES, ids=lambda x: getattr(x, "name", "") or f"{x.first}"
)
def test_rules_in_documents_hold(document: Path, block: Block, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(block.text, "utf-8")
    book = load([path])
    mine = [rule for rule in book.rules if book.origins[rule.id].startswith(str(path))]
    assert mine or block.text.startswith("off:")
    assert [failure for rule in mine for failure in failures(rule, book)] == []
    assert [failure for rule in mine for failure in failed(rule, book)] == []
    own = frozenset(rule.id for rule in mine)
    assert [warning.what for warning in warnings(survey([path]), own)] == []


@pytest.mark.parametrize("document", RUN, ids=lambda path: path.name)
def test_readers_are_told_where_a_file_goes(document: Path) -> None:
    lines = document.read_text("utf-8").splitlines()
    for block in blocks(document):
        if block.file:
            before = "\n".join(lines[: block.first]).rsplit("```", 2)[-2]
            assert f"`{block.file}`" in before, f"{document.name}:{block.first}"


def test_the_cookbook_keeps_what_its_table_says() -> None:
    text = (DOCS / "rules-cookbook.md").read_text("utf-8")
    tasks = re.findall(r"^### (\d+)\. .*\n((?:(?!^##).*\n)*)", text, re.M)
    rows = re.findall(r"^\| \[(\d+)\]\(#\d+-[^)]+\) \| [^|]+ \| (.*?) ?\|$", text, re.M)
    assert len(tasks) >= 20
    assert [number for number, _ in tasks] == [number for number, _ in rows]
    for (number, section), (_, row) in zip(tasks, rows, strict=True):
        assert re.search(r"^```(?:sh|yaml)$", section, re.M), number
        bare = re.sub(r"\[-(.*?)-\]\{\+(.*?)\+\}", r"\1", section) + re.sub(
            r"\[-(.*?)-\]\{\+(.*?)\+\}", r"\2", section
        )
        assert [word for word in re.findall(r"`([^`]+)`", row) if word not in bare] == [], number


def test_every_rule_of_the_cookbook_makes_a_difference() -> None:
    text = (DOCS / "rules-cookbook.md").read_text("utf-8")
    assert " 0 places where it makes a difference" not in text


def test_every_stage_is_documented_in_its_order() -> None:
    section = _section(DOCS / "pipeline.md", "The stages")
    assert re.findall(r"^### (\w+)$", section, re.M) == [stage.name for stage in STAGES]


def test_every_rule_id_of_a_stage_is_documented() -> None:
    text = (DOCS / "pipeline.md").read_text("utf-8") + (DOCS / "stitching.md").read_text("utf-8")
    told = {word for word in ID.findall(text) if word.split(".")[0] in _subjects()}
    assert told == _rule_ids()


def _subjects() -> set[str]:
    return {stage.name for stage in STAGES} | {"stitch"}


@cache
def _rule_ids() -> set[str]:
    """Every id that the stages and the stitcher write as they stand, or put together."""
    package = TOP / "pipeline" / "jiaokan"
    sources = [*package.glob("*.py"), *package.glob("stages/*.py")]
    sources += [
        file for folder in ("columns", "stitch") for file in package.glob(f"{folder}/**/*.py")
    ]
    text = "".join(path.read_text("utf-8") for path in sources)
    whole = set(re.findall(rf'"((?:{"|".join(_subjects())})\.[a-z]+(?:-[a-z]+)*)"', text))
    roles = ("kicker", "title", "subtitle", "subhead")  # f"layout.{role}"
    return whole | {rule for rule, _, _ in _marks._KINDS} | {f"layout.{role}" for role in roles}


def test_every_rule_kind_is_documented() -> None:
    kinds = re.findall(r"^### (\w+)$", _section(DOCS / "rules.md", "Kinds"), re.M)
    assert kinds == list(KINDS)


def test_figures_have_their_place() -> None:
    text = (TOP / "README.md").read_text("utf-8")
    assert text.count("<!-- figures -->") == text.count("<!-- /figures -->") == 1


def test_every_document_is_in_the_index() -> None:
    linked = {target.split("#")[0] for target in LINK.findall((DOCS / "index.md").read_text())}
    assert {path.name for path in DOCS.glob("*.md")} - {"index.md"} <= linked


@pytest.mark.parametrize("document", READ, ids=lambda path: path.name)
def test_links_and_names_lead_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    for link in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.S)):
        if re.match(r"https?:|mailto:", link):
            continue
        file, _, anchor = link.partition("#")
        target = document.parent / file if file else document
        assert target.exists(), link
        if anchor:
            assert anchor in _anchors(target), link
    for path, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text):
        assert f"def {test}(" in (TOP / path).read_text("utf-8"), f"{path}::{test}"
    targets = re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text("utf-8"), re.M)
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.M)) <= set(targets)
    for module in re.findall(r"python -m (bench(?:\.\w+)*)", text):
        stem = TOP.joinpath(*module.split("."))
        assert stem.with_suffix(".py").exists() or stem.is_dir(), module


def _anchors(document: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def write_outputs() -> None:
    """Write into every document what its blocks print now."""
    for document in RUN:
        lines = document.read_text("utf-8").splitlines()
        with TemporaryDirectory() as folder:
            done = list(carried_out(document, Path(folder)))
        for block, code, printed in reversed(done):
            if code != block.code:
                sys.exit(f"{document}:{block.first} leaves with {code}\n{printed}")
            if block.output:
                start = block.output.first
                lines[start : start + len(block.output.lines)] = printed.rstrip().split("\n")
        document.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    write_outputs()
