"""Patterns that are kept: equal to those that are compiled, and not compiled again."""

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jiaokan
import pytest
from jiaokan import disk_cache, lazy_regex
from jiaokan.lazy_regex import _Lazy
from jiaokan.rulebook import load
from jiaokan.rulebook.regexes import han_written_out
from jiaokan.rulebook.rule import DropRule, LayoutRule, PatternRule


def of_the_program() -> Iterator[tuple[str, int]]:
    for area in ("columns", "stages", "stitch"):
        folder = str(Path(jiaokan.__file__).parent / area)
        for module in pkgutil.walk_packages([folder], f"jiaokan.{area}."):
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, _Lazy):
                    yield value.pattern, value.flags


def of_the_rules() -> Iterator[tuple[str, int]]:
    for rule in load(()).rules:
        if isinstance(rule, DropRule | LayoutRule | PatternRule):
            yield han_written_out(rule.pattern), 0


def compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def test_built_from_what_is_kept_it_is_the_same_pattern() -> None:
    patterns = {*of_the_program(), *of_the_rules(), ("(?P<a>x)|(y)", re.I)}
    patterns = {(pattern, flags) for pattern, flags in patterns if compiles(pattern)}
    assert len(patterns) > 100
    for pattern, flags in patterns:
        code = lazy_regex._code(pattern, flags)
        assert code is not None, pattern
        assert lazy_regex._built(pattern, code) == re.compile(pattern, flags)


RUN = """
import re, sys
from jiaokan.lazy_regex import cached_compile

def compile(pattern, flags=0, ours=re.compile):
    if pattern.startswith("[甲"):
        print("compiled")
    return ours(pattern, flags)

re.compile = compile
print(cached_compile("[甲-龥](?P<one>乙)", re.I).search("甲乙")["one"])
"""


def ran(prefix: Path, **more: str) -> list[str]:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(prefix), "PYTHONUTF8": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(
        command, env={**environment, **more}, check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_the_next_run_does_not_compile_it(tmp_path: Path) -> None:
    assert ran(tmp_path)[:2] == ["compiled", "乙"]
    assert ran(tmp_path) == ["乙"]


def test_a_run_that_may_keep_nothing(tmp_path: Path) -> None:
    assert ran(tmp_path, PYTHONDONTWRITEBYTECODE="1") == ["compiled", "乙"]
    assert not list(tmp_path.rglob("*.memo"))


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is kept yet, and what is kept lies in a folder of the test."""
    monkeypatch.setattr(disk_cache, "_FOLDER", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(lazy_regex, "_new", [])
    lazy_regex._known.cache_clear()
    yield
    lazy_regex._known.cache_clear()


@pytest.mark.usefixtures("known")
def test_numbers_that_this_python_does_not_take() -> None:
    disk_cache.keep(
        "patterns",
        lazy_regex._key(),
        {("[天地]+", 0): lazy_regex._Code(32, b"\1" * 12, 0, {}, (None,))},
    )
    assert lazy_regex.cached_compile("[天地]+") == re.compile("[天地]+")


@pytest.mark.usefixtures("known")
def test_patterns_that_nobody_asks_for_any_more_are_not_kept_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lazy_regex, "_MOST", 3)
    for run in ("ab", "cd", "ef"):
        lazy_regex._known.cache_clear()
        monkeypatch.setattr(lazy_regex, "_new", [])
        for pattern in run:
            lazy_regex.cached_compile(pattern)
        lazy_regex._keep(os.getpid())
    lazy_regex._known.cache_clear()
    assert {pattern for pattern, _ in lazy_regex._known()} == {"e", "f"}
