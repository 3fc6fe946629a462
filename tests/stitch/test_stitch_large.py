"""Files larger than a page are put together in stretches: all is there, in its order, accounted."""

from pathlib import Path

import pytest
from jiaokan import clean
from jiaokan.ledger import account
from jiaokan.settings import Settings
from jiaokan.stitch import large_files

RAW = Path(__file__).parents[2] / "raw"
PLAIN = Settings(neural=False)


def pages() -> str:
    """Three articles, one behind the other."""
    return (RAW / "clean-page.txt").read_text("utf-8")


@pytest.fixture(autouse=True)
def _small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiaokan.stitch.stitching.LARGEST", 300)
    monkeypatch.setattr(large_files, "PART", 300)
    monkeypatch.setattr(large_files, "_MOST", 600)


def test_articles_stand_as_they_came_and_all_is_accounted_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = clean(pages(), settings=PLAIN)
    monkeypatch.setattr("jiaokan.stitch.stitching.LARGEST", 70_000)
    assert done.arrangement.articles == clean(pages(), settings=PLAIN).arrangement.articles
    assert len(done.arrangement.articles) == 3
    assert [f.rule for f in done.findings].count("stitch.large-page") == 2
    at = 0
    for piece in done.arrangement.pieces:
        assert piece.start == at
        at = piece.end
    assert at == len(done.trace.text)
    account(done)


def test_an_article_without_end_stays_one() -> None:
    raw = "渡口纪事\n\n" + "\n\n".join(f"第{n}天,渡船清早开出,有说有笑。" for n in range(99))
    done = clean(raw, settings=PLAIN)
    assert len(done.arrangement.articles) == 1
    assert len(done.arrangement.articles[0].paragraphs) == 99
    account(done)


def test_what_cannot_be_cut_is_read_by_the_counts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("the network read a stretch that is too long")

    monkeypatch.setattr("jiaokan.stitch.stitching.LARGEST", 70_000)
    woven = (RAW / "columns-at-block-ends.txt").read_text("utf-8")
    monkeypatch.setattr("jiaokan.stitch.stitching.read", asked)
    with pytest.raises(AssertionError, match="the network"):
        clean(woven)
    monkeypatch.setattr("jiaokan.stitch.stitching.LARGEST", 300)
    monkeypatch.setattr(large_files, "PART", len(woven))
    monkeypatch.setattr(large_files, "_MOST", len(woven))
    done = clean(woven)
    account(done)
    assert done.arrangement.articles == clean(woven, settings=PLAIN).arrangement.articles
