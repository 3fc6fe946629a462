"""README.zh-CN.md says what README.md says: the same commands, outputs, table, links.

python tests/docs/test_readme_zh.py    writes README.md's blocks into it anew
"""

import re
from pathlib import Path

TOP = Path(__file__).parents[2]
ENGLISH, CHINESE = TOP / "README.md", TOP / "README.zh-CN.md"
BLOCK = re.compile(r"^```sh\n.*?^```\n(?:<!-- output -->\n```text\n.*?^```\n)?", re.M | re.S)


def read(path: Path) -> str:
    return path.read_text("utf-8")


def blocks(path: Path) -> list[str]:
    """Commands with what they print. Those of README.md are run by `test_docs.py`."""
    return BLOCK.findall(read(path))


def test_commands_and_outputs_are_the_same() -> None:
    assert blocks(CHINESE) == blocks(ENGLISH) != []


def test_headings_are_as_many() -> None:
    chinese, english = (re.findall(r"^#+ ", read(path), re.M) for path in (CHINESE, ENGLISH))
    assert chinese == english


def rows(path: Path) -> list[str]:
    """The code in the table of commands and in that of files."""
    found = [line for line in read(path).splitlines() if line.startswith(("| [`", "| `"))]
    return [code for line in found for code in re.findall(r"\[?`[^`]+`(?:\]\([^)]+\))?", line)]


def test_the_tables_name_the_same_commands_and_files() -> None:
    assert rows(CHINESE) == rows(ENGLISH) != []


def links(path: Path) -> set[str]:
    found = re.findall(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)", read(path))
    return {link.split("#")[0] for link in found} - {ENGLISH.name, CHINESE.name}


def test_links_lead_to_the_same_documents() -> None:
    assert links(CHINESE) == links(ENGLISH)
    assert all((TOP / link).exists() for link in links(CHINESE))


def test_each_names_the_other_and_shows_a_picture() -> None:
    assert f"({CHINESE.name})" in read(ENGLISH)
    assert f"({ENGLISH.name})" in read(CHINESE)
    for path in (ENGLISH, CHINESE):
        for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", read(path)):
            assert (TOP / picture).stat().st_size > 10_000, picture
        assert "![" in read(path)


def write() -> None:
    """Put README.md's blocks in the place of those that stand there."""
    fresh = iter(blocks(ENGLISH))
    CHINESE.write_text(BLOCK.sub(lambda match: next(fresh, match[0]), read(CHINESE)), "utf-8")


if __name__ == "__main__":
    write()
