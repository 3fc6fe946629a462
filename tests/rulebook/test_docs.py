"""docs/rules.md: every kind is documented, every example in it holds, its tables are in step.

python tests/rulebook/test_docs.py    writes the tables anew from the schema
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jiaokan.rulebook import load
from jiaokan.rulebook.example_checks import failures
from jiaokan.rulebook.example_runs import failed
from jiaokan.rulebook.packs import survey
from jiaokan.rulebook.rule import KINDS
from jiaokan.rulebook.schema import schema

FILE = Path(__file__).parents[2] / "docs" / "rules.md"
DOCS = FILE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
TABLE = re.compile(r"(<!-- keys: ([a-z ]+) -->\n)(.*?)(<!-- /keys -->)", re.DOTALL)
COMMON = ("id", "kind", "reason", "level", "examples", "unchanged")


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("id: ")[1].split()[0])
def test_example_holds(block: str, write: Callable[[str], Path]) -> None:
    path = write(block)
    book = load([path])
    mine = [rule for rule in book.rules if book.origins[rule.id].startswith(str(path))]
    assert mine
    assert [failure for rule in mine for failure in failures(rule, book)] == []
    assert [failure for rule in mine for failure in failed(rule, book)] == []


def test_every_kind_is_documented() -> None:
    kinds = DOCS.partition("\n## Kinds\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (\w+)$", kinds, re.MULTILINE) == list(KINDS)
    assert [name for _, name, _, _ in TABLE.findall(DOCS)] == ["every rule", "when", *KINDS]


def test_the_tables_are_in_step() -> None:
    assert written(DOCS) == DOCS, "run python tests/rulebook/test_docs.py"


def test_limits_that_are_told_are_those_in_force() -> None:
    from jiaokan.rulebook import growth_limit, reader, time_budget

    words = " ".join(DOCS.split())
    for told in (
        f"longer than {time_budget.LIMIT:.0f} seconds",
        f"more than {time_budget.PAGE_LIMIT:.0f} seconds",
        f"more than {growth_limit.GROWTH} times",
        f"{reader.DEEPEST} levels",
        f"{reader.MOST_NODES:,} keys and values",
        f"{reader.LARGEST // 1_000_000} MB",
    ):
        assert told in words, told


def test_no_example_of_the_docs_is_doubtful(write: Callable[[str], Path]) -> None:
    from jiaokan.rulebook.lint import warnings

    for block in BLOCKS:
        found = survey([write(block)])
        own = frozenset(rule for rule, known in found.rules.items() if known.file.pack)
        hidden = [one.what for one in warnings(found, own) if "hides" not in one.what]
        assert hidden == []


def written(text: str) -> str:
    """The document with the tables that the schema gives."""
    return TABLE.sub(lambda match: match[1] + "".join(_table(match[2])) + match[4], text)


def _table(name: str) -> Iterator[str]:
    defs = schema()["$defs"]
    if name == "every rule":
        kind = defs["literal"]
        rows = {key: kind["properties"][key] for key in COMMON if key != "kind"}
        rows = {"id": rows.pop("id"), "kind": {"description": "One of the kinds below."}} | rows
        needed = kind["required"]
    elif name == "when":
        tree = defs["literal"]["properties"]["when"]
        rows, needed = tree["properties"], tree["required"]
    else:
        kind = defs[name]
        rows = {key: tree for key, tree in kind["properties"].items() if key not in COMMON}
        if kind["properties"]["level"].get("default") != "fix":
            rows["level"] = kind["properties"]["level"]
        needed = kind["required"]
    yield "| key | what it says | |\n|---|---|---|\n"
    for key, tree in rows.items():
        said = " ".join(tree["description"].split()).replace("|", "\\|")
        if key == "when" and "place" not in tree["properties"]:
            said += " Only " + ", ".join(f"`{name}`" for name in tree["properties"]) + "."
        yield f"| `{key}` | {said}{_choices(tree)} | {_needed(key, tree, needed)} |\n"


def _choices(tree: dict[str, Any]) -> str:
    every = tree.get("enum", ())
    for one in tree.get("anyOf", ()):
        every = every or one.get("enum", ())
    names = [f"`{name}`" for name in every if isinstance(name, str)]
    return f" {', '.join(names)}." if names else ""


def _needed(key: str, tree: dict[str, Any], needed: list[str]) -> str:
    if key in needed:
        return "required"
    default = tree.get("default", "")
    return f"`{default}`" if default != "" else ""


if __name__ == "__main__":
    FILE.write_text(written(DOCS), "utf-8")
