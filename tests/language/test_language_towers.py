"""The network that sees whole lines: what it prefers, and that reading together changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from jiaokan.language import towers, view

from bench.interleave import read_files

OFF = "ORT_DISABLE_TELEMETRY"
ARTICLES = Path(__file__).parents[2] / "bench" / "articles"


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Long paragraphs of the articles written for measuring."""
    source = read_files(ARTICLES)
    found = [p for article in source.articles for p in article.paragraphs if 80 <= len(p) <= 250]
    return found[:60]


def read(lines: list[str]) -> tuple[towers.Seen, list[tuple[int, int]]]:
    text = "\n".join(lines)
    spans, at = [], 0
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    return towers.load().read(view(text), spans), spans


def test_a_line_goes_on_with_its_own_second_half(lines: list[str]) -> None:
    places, spans = read(lines)
    middles = np.array([(start + end) // 2 for start, end in spans])
    bits = places.joins(middles, middles)
    first = (bits.argmax(axis=1) == np.arange(len(lines))).mean()
    assert first > 0.3  # of sixty; chance is one in sixty
    assert places.pairs(middles, middles) == pytest.approx(np.diag(bits), abs=0.05)


def test_lines_read_together_or_alone_read_alike(lines: list[str]) -> None:
    together, spans = read(lines[:5])
    for line, (start, end) in zip(lines[:5], spans, strict=True):
        alone, _ = read([line])
        own = np.arange(end - start)
        ends, starts = (own + 1, own + start + 1), (own, own + start)
        for rows, others, (one, two) in (
            (alone.before, together.before, ends),
            (alone.behind, together.behind, starts),
        ):
            assert np.abs(rows.take(one) - others.take(two)).max() < 0.25


@pytest.mark.parametrize("text", ["", "一", "\U0010ffff\ud800", "　", "a" * 1000, "字" * 5000])
def test_any_text_is_read(text: str) -> None:
    places = towers.load().read(view(text), [(0, len(text))] if text else [])
    every = np.arange(len(text) + 1)
    for rows in places:
        assert len(rows.numbers) == len(every)
        assert np.isfinite(rows.take(every)).all()
    assert not places.before.numbers[0].any()  # nothing stands before a line


def test_the_network_is_loaded_only_where_a_page_needs_it(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    page = "渡口的灯\n\n苏禾\n\n渡口的灯亮了一夜。\n\n船工说，灯不灭，船就回得来。\n"
    (raw / "a.txt").write_text(page, encoding="utf-8")
    code = (
        "import sys; from jiaokan.cli import main\n"
        "try: main(['run', sys.argv[1], sys.argv[2], '-q'])\n"
        "except SystemExit as end: assert not end.code\n"
        "assert 'onnxruntime' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, str(raw), str(tmp_path / "clean")], check=True)


def test_the_network_leaves_nothing_behind(tmp_path: Path) -> None:
    """onnxruntime would keep a number for this machine in the user's home, and send reports."""
    home = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "USERPROFILE"), str(tmp_path))
    others = {name: value for name, value in os.environ.items() if name != OFF}
    code = "from jiaokan.language import towers, view; towers.load().read(view('渡口'), [(0, 2)])"
    subprocess.run([sys.executable, "-c", code], env=others | home, check=True)
    assert not list(tmp_path.iterdir())
