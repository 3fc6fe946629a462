"""The wheel holds rules and model, and what it unpacks to cleans a page with nothing else there."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import jobs
import pytest

pytestmark = pytest.mark.slow
SOURCES = ("setup.cfg", "pyproject.toml", "LICENSE", "README.md", "pipeline", "rules")


def build(source: Path, target: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", *options]
    return subprocess.run(
        [*command, "--wheel-dir", str(target), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of the sources, so that no build output lands among them."""
    top = tmp_path_factory.mktemp("wheel")
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=jobs.ROOT, capture_output=True, text=True, check=False,
    ).stdout.split("\0")  # fmt: skip
    if not any(names):
        pytest.skip("no git checkout to take the sources from")
    for name in names:
        if name.split("/")[0] in SOURCES and (jobs.ROOT / name).is_file():
            (top / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            (top / "source" / name).write_bytes((jobs.ROOT / name).read_bytes())
    if not (top / "source" / "README.md").exists():
        (top / "source" / "README.md").write_text("jiaokan\n")  # setup.cfg speaks of it
    done = build(top / "source", top / "dist")
    if done.returncode and "setuptools" in done.stderr:
        pytest.skip("setuptools >= 77 cannot be fetched here (offline?), and the wheel needs it")
    assert done.returncode == 0, done.stderr
    (file,) = (top / "dist").glob("jiaokan-*.whl")
    return file


def test_the_wheel_holds_rules_model_and_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "jiaokan/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    for rule in (jobs.ROOT / "rules").glob("*.yaml"):
        assert f"jiaokan/rules/{rule.name}" in names
    package = jobs.ROOT / "pipeline" / "jiaokan"
    for path in package.rglob("*"):
        name = path.relative_to(package.parent).as_posix()
        if path.is_file() and "__pycache__" not in name:
            assert name in names, f"{name} is not in the wheel"
    assert not [name for name in names if name.startswith(("tests", "bench", "raw", "clean"))]


def test_the_model_is_small_enough(wheel: Path) -> None:
    model = [
        i.file_size for i in zipfile.ZipFile(wheel).infolist() if "/language/data/" in i.filename
    ]
    assert 0 < sum(model) <= 16 * 2**20


def test_the_unpacked_wheel_cleans_a_page(wheel: Path, tmp_path: Path) -> None:
    """Nothing of the checkout is on the path but the dependencies."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "unpacked")
    (tmp_path / "raw").mkdir()
    page = (jobs.RAW / "columns-at-block-ends.txt").read_bytes()
    (tmp_path / "raw" / "p.txt").write_bytes(page)
    where = "import jiaokan.rules, jiaokan; print(jiaokan.__file__, list(jiaokan.rules.__path__))"
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "unpacked"), "PYTHONDONTWRITEBYTECODE": "1"}

    def python(*args: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *args], cwd=tmp_path, env=env, capture_output=True, check=False
        )

    assert str(jobs.ROOT).encode() not in python("-c", where).stdout
    done = python("-m", "jiaokan", "run")
    assert done.returncode == 0, done.stderr
    assert python("-m", "jiaokan", "restore", "clean/p.json").stdout == page
    here = jobs.job(page, name="p.txt").arrangement.articles
    text = (tmp_path / "clean" / "p.json").read_text("utf-8")
    assert all(paragraph in text for article in here for paragraph in article.paragraphs[:1])
