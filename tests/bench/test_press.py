"""Printed pages: how they are set. Nothing is scanned here."""

import re
from html import unescape
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.interleave import read_files
from bench.kinds import ARTICLES
from bench.press import __main__ as press
from bench.press import scan
from bench.press.layout import page_html
from bench.printed import tables
from bench.result import Options, Skipped

ALL = read_files(ARTICLES).articles


def bare(html: str) -> str:
    text = re.sub(r"<style>.*?</style>|<[^>]*>", "", html, flags=re.S)
    return unescape(text)


@given(st.integers(0, 10_000), st.integers(2, 5))
@settings(max_examples=60, deadline=None)
def test_each_article_stands_on_its_page_whole(seed: int, many: int) -> None:
    rng = Random(seed)
    articles = rng.sample(ALL, many)
    text = bare(page_html(articles, rng))
    for article in articles:
        assert article.title in text
        for paragraph in article.paragraphs:
            cuts = range(1, len(paragraph))
            assert text.count(paragraph) == 1 or any(
                paragraph[:cut] in text and paragraph[cut:] in text for cut in cuts
            )


def test_one_seed_makes_one_page() -> None:
    one, other = (page_html(ALL[:3], Random(5)) for _ in range(2))
    assert one == other


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scan, "which", lambda _: None)
    result = CliRunner().invoke(press.main, ["--out", str(tmp_path / "pages")])
    assert result.exit_code == 1
    assert "chromium, tesseract" in result.output
    assert not (tmp_path / "pages").exists()
    with pytest.raises(Skipped, match="chromium, tesseract"):
        tables(Options())
