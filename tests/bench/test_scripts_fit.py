"""The list of characters of one script is what OpenCC's dictionaries say."""

from bench.fit.scripts import TARGET, written


def test_the_list_is_fresh() -> None:
    assert TARGET.read_text("utf-8") == written()
