"""The JSON Schema: in step with the rules, true to every rule file, and of use in an editor."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jiaokan.cli import main
from jiaokan.rulebook.packs import builtin
from jiaokan.rulebook.reader import read
from jiaokan.rulebook.rule import KINDS
from jiaokan.rulebook.schema import DIALECT, published, schema, written
from jsonschema import Draft202012Validator

TOP = Path(__file__).parents[2]
CHECK = Draft202012Validator(schema())
FILES = dict(builtin())
RULE = {
    "id": "own-rule",
    "kind": "literal",
    "reason": "why",
    "pairs": {"己经": "已经"},
    "examples": {"己经": "已经"},
    "unchanged": ["自己"],
}


def test_it_is_in_step() -> None:
    assert published() == written(), "run python -m jiaokan.rulebook.schema"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == DIALECT


@pytest.mark.parametrize("name", FILES)
def test_built_in_files_fit(name: str) -> None:
    data = FILES[name]
    for value in (read(data, name).value, yaml.load(data, yaml.CSafeLoader)):
        tree = _with_numbers(value)
        assert [
            f"{list(error.path)}: {error.message[:200]}" for error in CHECK.iter_errors(tree)
        ] == []


def _rules(data: bytes, name: str) -> list[dict[str, Any]]:
    """The rules of a file that use none of its word lists."""
    value = read(data, name).value
    rules: Any = value["rules"] if isinstance(value, dict) else value
    return [rule for rule in rules if "{{" not in rule.get("pattern", "")]


def _with_numbers(value: Any) -> Any:
    """The reader gives text only; an editor sees numbers."""
    if isinstance(value, dict):
        numbers = ("distance", "margin", "longest")
        return {
            key: float(item)
            if key in numbers and isinstance(item, str) and item.replace(".", "").isdecimal()
            else _with_numbers(item)
            for key, item in value.items()
        }
    return [_with_numbers(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", FILES)
def test_built_in_files_begin_with_the_modeline(name: str) -> None:
    data = FILES[name]
    first = data.decode().split("\n")[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match
    assert (TOP / name).parent.joinpath(match[1]).resolve() == (
        TOP / "pipeline/jiaokan/rulebook/rules.schema.json"
    )


def test_a_new_workspace_has_it_beside_its_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init"]).exit_code == 0
    path = tmp_path / "rules" / "my-rules.yaml"
    text = path.read_text("utf-8")
    named = text.split("\n")[0].removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / named).read_text("utf-8") == published()
    assert CHECK.is_valid(yaml.safe_load(text))
    assert CliRunner().invoke(main, ["rules", "test"]).exit_code == 0
    shown = CliRunner().invoke(main, ["rules", "show", "--schema"])
    assert json.loads(shown.stdout) == schema()


def test_every_key_of_every_kind_is_described() -> None:
    for kind in KINDS:
        for key, tree in schema()["$defs"][kind]["properties"].items():
            assert len(tree.get("description", "")) > 5, f"{kind}.{key}"
            for inner, below in tree.get("properties", {}).items():
                assert len(below.get("description", "")) > 5, f"{kind}.{key}.{inner}"


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in RULE.items() if name != key}


FITS = {
    "a list of rules": [RULE],
    "nothing": [],
    "a mapping": {"off": ["x"], "words": {"a": "苹果 梨", "b": ["苹果"]}, "rules": [RULE]},
    "examples as a list": [RULE | {"examples": [{"raw": "a", "clean": "b"}, {"c": "d"}]}],
    "one publication": [RULE | {"when": {"publication": "江城日报", "place": "line-start"}}],
    "several": [
        RULE | {"when": {"publication": ["甲", "乙"], "date": {"from": 1956, "to": "1957"}}}
    ],
    "dates": [
        RULE | {"when": {"date": {"from": start, "to": 19570102}}}
        for start in ("1956-3", "1956-03-12", "1956-3-1", "19560312", "1956年", "1956年3月12日")
    ],
    "numbers as words": [RULE | {"pairs": {"10": 12}, "examples": {"10": 12}}],
}
FITS_NOT = {
    "unknown key": [RULE | {"patern": "x"}],
    "no examples": [without("examples")],
    "empty examples": [RULE | {"examples": {}}],
    "no unchanged": [without("unchanged")],
    "empty unchanged": [RULE | {"unchanged": []}],
    "no kind": [without("kind")],
    "unknown kind": [RULE | {"kind": "litteral"}],
    "no pairs": [without("pairs")],
    "bad id": [RULE | {"id": "Own Rule"}],
    "unknown level": [RULE | {"level": "warn"}],
    "unknown place": [RULE | {"when": {"place": "top"}}],
    "unknown condition": [RULE | {"when": {"befor": "x"}}],
    "a month that no year has": [RULE | {"when": {"date": {"from": "1950-13"}}}],
    "a day that no month has": [RULE | {"when": {"date": {"to": "1950-12-32"}}}],
    "a year in words": [RULE | {"when": {"date": {"to": "last year"}}}],
    "wrong end of a date": [RULE | {"when": {"date": {"form": "1956"}}}],
    "unknown key of the file": {"rule": []},
    "a text": "rules",
    "a rule that is a text": ["x"],
    "far phrase": [
        without("pairs") | {"kind": "phrase", "phrase": "全心全意为人民服务", "distance": 9}
    ],
    "protect of nothing": [without("pairs") | {"kind": "protect"}],
    "protect that suggests": [
        without("pairs") | {"kind": "protect", "words": ["甲"], "level": "suggest"}
    ],
}


CONTENTS = ("pattern: ''", "when before: '('", "when after: '('")
"""Faults of what stands in a value, which no schema tells."""


@pytest.mark.parametrize("tree", FITS.values(), ids=FITS.keys())
def test_what_may_stand_fits(tree: Any) -> None:
    assert [error.message for error in CHECK.iter_errors(tree)] == []


@pytest.mark.parametrize("tree", FITS_NOT.values(), ids=FITS_NOT.keys())
def test_what_may_not_stand_does_not_fit(tree: Any) -> None:
    assert not CHECK.is_valid(tree)


@pytest.mark.parametrize("tree", FITS_NOT.values(), ids=FITS_NOT.keys())
def test_what_does_not_fit_is_not_read(tree: Any, tmp_path: Path) -> None:
    assert not _is_read(tree, tmp_path)


def _is_read(tree: Any, folder: Path) -> bool:
    from jiaokan.errors import RuleError
    from jiaokan.rulebook import load

    path = folder / "own.yaml"
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
    try:
        load([path])
    except RuleError:
        return False
    return True


def _altered(rule: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rule with one thing at a time made wrong, or at least other."""
    for key, value in rule.items():
        yield f"without {key}", {name: item for name, item in rule.items() if name != key}
        for wrong in ([], {}, [[]], {"a": {"b": {}}}, {"a": []}, [{"a": "b", "c": "d"}], ""):
            yield f"{key}: {wrong!r} for {value!r:.20}", rule | {key: wrong}
    for key in ("patern", "where", "Kind", ""):
        yield f"with {key!r}", rule | {key: "x"}
    for key in ("publication", "date", "script", "before", "after", "place"):
        for value in ("line-start", [], ["body", "x"], {"from": "1950"}, {"since": "1950"}, "("):
            yield f"when {key}: {value!r}", rule | {"when": {key: value}}


@pytest.mark.parametrize("kind", KINDS)
def test_it_knows_no_fault_that_is_none_and_the_reader_none_of_shape_that_it_does_not(
    kind: str, tmp_path: Path
) -> None:
    """Each built-in kind, made wrong in a hundred ways: both say the same of it."""
    rule = next(r for n in FILES for r in _rules(FILES[n], n) if r["kind"] == kind)
    rule["id"] = "own-rule"
    assert CHECK.is_valid([_with_numbers(rule)])
    assert _is_read([rule], tmp_path)
    differ: list[str] = []
    for what, tree in _altered(rule):
        fits, known = CHECK.is_valid(_with_numbers([tree])), _is_read([tree], tmp_path)
        if known and not fits:
            differ.append(f"{what}: the schema refuses what is read")
        elif fits and not known and not what.startswith(CONTENTS):
            differ.append(f"{what}: the schema lets through")
    assert differ == []


def test_it_says_no_more_than_the_reader(tmp_path: Path) -> None:
    """What fits and has sound contents can be loaded."""
    from jiaokan.rulebook import load

    path = tmp_path / "own.yaml"
    for tree in (FITS["a list of rules"], FITS["examples as a list"], FITS["several"]):
        path.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
        assert "own-rule" in {rule.id for rule in load([path]).rules}
