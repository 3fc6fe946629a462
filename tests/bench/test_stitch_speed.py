"""Pages of a given size, and how their places are told at sight."""

from pathlib import Path

import numpy as np
import pytest

from bench.fit.sight import fit
from bench.sized_pages import sized_page
from bench.stitch_speed import stitched


@pytest.mark.parametrize("kilobytes", [5, 20, 50])
@pytest.mark.parametrize("interleaved", [True, False])
def test_a_page_has_about_the_size_asked_for(kilobytes: int, interleaved: bool) -> None:
    page = sized_page(kilobytes, interleaved, 7)
    assert 0.8 < len(page.encode()) / (1000 * kilobytes) < 1.3
    assert page == sized_page(kilobytes, interleaved, 7)


def test_a_page_is_stitched_in_a_process_of_its_own(tmp_path: Path) -> None:
    raw = tmp_path / "page.txt"
    raw.write_text(sized_page(5, True, 7), "utf-8")
    found = stitched(raw)
    assert found["counts"] > 0
    assert found["network: peak MB"] >= found["counts: peak MB"] > 0


def test_places_are_told_by_what_they_show() -> None:
    rng = np.random.default_rng(1)
    tables = []
    for _ in range(6):
        sight = rng.normal(size=(1500, 3)).astype(np.float32)
        tables.append((sight, (2 * sight[:, 0] - sight[:, 1]).astype(np.float32)))
    _, figures = fit(tables)
    assert figures["best 120 among 200"] > 0.95
