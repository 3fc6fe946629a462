"""The written rules of look-alikes hold no pair twice, and none that older print has for a word."""

from itertools import combinations

import yaml

from bench.fit.alike import ANYWHERE, ONE_WORD, RULES, filled, named


def pairs(name: str) -> set[str]:
    rules = yaml.safe_load((RULES / name).read_text("utf-8"))["rules"]
    return {
        read + true for rule in rules for read, trues in rule["pairs"].items() for true in trues
    }


def test_no_pair_stands_in_two_files() -> None:
    files = [pairs(name) for name in ("confusions.yaml", "shapes.yaml", "halves.yaml")]
    assert all(one.isdisjoint(other) for one, other in combinations(files, 2))


def test_words_of_grammar_and_other_spellings_are_no_misreadings() -> None:
    for name in ("shapes.yaml", "halves.yaml"):
        assert pairs(name).isdisjoint(ONE_WORD)
        assert ANYWHERE.isdisjoint(pair[0] for pair in pairs(name))


def test_pairs_are_written_as_they_are_read() -> None:
    text = "{\n" + filled({"土": "士王", "健": "键"}) + "}"
    assert yaml.safe_load(text) == {"土": "士王", "健": "键"}
    assert "末未" in named("confusions.yaml")
