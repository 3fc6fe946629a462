"""Pages of the samples, run once."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from jiaokan.cli import main

TOP = Path(__file__).parents[2]
RAW = TOP / "raw"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a run makes of the sample pages. Nobody writes to it."""
    clean = tmp_path_factory.mktemp("samples") / "clean"
    result = CliRunner().invoke(main, ["run", str(RAW), str(clean), "--quiet"])
    assert result.exit_code == 0, result.output
    return clean
