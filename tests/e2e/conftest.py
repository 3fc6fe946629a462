"""The marker of tests that build something; they run with the others."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: builds a wheel; left out by -m 'not slow'")
