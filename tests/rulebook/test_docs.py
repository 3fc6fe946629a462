"""docs/rules.md: every kind is documented, every example in it holds."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jiaokan.rulebook import load
from jiaokan.rulebook.proof import failures
from jiaokan.rulebook.rule import KINDS

DOCS = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("id: ")[1].split()[0])
def test_example_holds(block: str, write: Callable[[str], Path]) -> None:
    path = write(block)
    book = load([path])
    mine = [rule for rule in book.rules if book.origins[rule.id].startswith(str(path))]
    assert mine
    assert [failure for rule in mine for failure in failures(rule, book)] == []


def test_every_kind_is_documented() -> None:
    assert re.findall(r"^### (\w+)$", DOCS, re.MULTILINE) == list(KINDS)
