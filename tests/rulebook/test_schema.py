"""The JSON Schema: in step with the rules, true to every rule file, and of use in an editor."""

import json
import re
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


def _with_numbers(value: Any) -> Any:
    """The reader gives text only; an editor sees numbers."""
    if isinstance(value, dict):
        numbers = ("distance", "margin", "longest")
        return {
            key: float(item) if key in numbers else _with_numbers(item)
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


@pytest.mark.parametrize("tree", FITS.values(), ids=FITS.keys())
def test_what_may_stand_fits(tree: Any) -> None:
    assert [error.message for error in CHECK.iter_errors(tree)] == []


@pytest.mark.parametrize("tree", FITS_NOT.values(), ids=FITS_NOT.keys())
def test_what_may_not_stand_does_not_fit(tree: Any) -> None:
    assert not CHECK.is_valid(tree)


def test_it_says_no_more_than_the_reader(tmp_path: Path) -> None:
    """What fits and has sound contents can be loaded."""
    from jiaokan.rulebook import load

    path = tmp_path / "own.yaml"
    for tree in (FITS["a list of rules"], FITS["examples as a list"], FITS["several"]):
        path.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
        assert "own-rule" in {rule.id for rule in load([path]).rules}
