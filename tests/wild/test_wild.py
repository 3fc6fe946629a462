"""Cases as data through all character stages: wild, synthetic, negative, known failures.

A case has `raw`, `clean` (in `negative.yaml` the same as raw), a `note`, and `script` where it is
too short to show its own. A list stands for lines. Known failures say in `wrong` what happens to
them; one that is cured must be moved.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jiaokan.cleaning import run_stages
from jiaokan.rulebook import Rulebook, load
from jiaokan.stages.context import Context, Script
from jiaokan.stages.dominant_script import dominant_script

HERE = Path(__file__).parent
KINDS = ("wild", "synthetic", "negative", "known-failures")


@cache
def rules() -> Rulebook:
    return load()


def text(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else value


def read(kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / f"{kind}.yaml").read_text("utf-8"))
    return found


def cases() -> list[Any]:
    found = []
    for kind in KINDS:
        for case in read(kind):
            raw = text(case["raw"])
            marks = pytest.mark.xfail(reason=case["wrong"]) if kind == "known-failures" else ()
            clean = text(case.get("clean", case["raw"]))
            script = case.get("script", "") or dominant_script(raw)
            found.append(pytest.param(raw, clean, script, marks=marks, id=f"{kind}: {raw[:24]!r}"))
    return found


def cleaned(raw: str, script: Script) -> str:
    trace, _ = run_stages(raw, Context(script, rules()))
    return trace.text


@pytest.mark.parametrize(("raw", "clean", "script"), cases())
def test_case(raw: str, clean: str, script: Script) -> None:
    once = cleaned(raw, script)
    assert once == clean
    assert cleaned(once, script) == once


def test_the_cases_are_many_and_well_formed() -> None:
    every = [(kind, case) for kind in KINDS for case in read(kind)]
    assert len(every) >= 120
    for kind, case in every:
        assert set(case) <= {"raw", "clean", "script", "note", "wrong"}, case
        assert case["note"]
        assert ("wrong" in case) == (kind == "known-failures"), case
        assert kind != "negative" or "clean" not in case, case
        if kind in ("wild", "synthetic"):
            assert text(case["raw"]) != text(case["clean"]), case
    raws = [text(case["raw"]) for _, case in every]
    assert len(raws) == len(set(raws))
