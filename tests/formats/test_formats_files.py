"""Markdown for people; files whole or not at all."""

import os
from pathlib import Path

import pytest
from jiaokan.article import Article
from jiaokan.formats.atomic import write_atomic, write_if_changed
from jiaokan.formats.markdown import write_markdown


def test_markdown_of_a_page() -> None:
    article = Article(
        "理论", "完善治理", "一个副题", "苏禾", "（作者单位：某校）", ("一段。", "二段。")
    )
    assert write_markdown([article, Article(paragraphs=("无题。",))]).decode() == (
        "理论\n\n# 完善治理\n\n## 一个副题\n\n苏禾\n\n一段。\n\n二段。\n\n（作者单位：某校）\n"
        "\n---\n\n无题。\n"
    )


@pytest.mark.parametrize(
    "text", ["平常的话，没有记号。", "3.5 和 12:30", "R&D", "甲 - 乙", "（一）"]
)
def test_markdown_leaves_plain_text(text: str) -> None:
    assert write_markdown([Article(paragraphs=(text,))]).decode() == f"{text}\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# 不是标题", "\\# 不是标题"),
        ("- 不是列表", "\\- 不是列表"),
        ("12. 不是列表", "12\\. 不是列表"),
        ("1) 不是列表", "1\\) 不是列表"),
        ("---", "\\---"),
        ("    不是代码", "&#32;   不是代码"),
        ("*甲*_乙_`丙`", "\\*甲\\*\\_乙\\_\\`丙\\`"),
        ("注[/b]<b>&lt;", "注\\[/b\\]\\<b\\>\\&lt;"),
        ("C:\\x", "C:\\\\x"),
    ],
)
def test_markdown_escapes_markup(text: str, written: str) -> None:
    assert write_markdown([Article(paragraphs=(text,))]).decode() == f"{written}\n"


def test_nothing_for_no_articles() -> None:
    assert write_markdown([]) == b""


def test_unchanged_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert write_if_changed(path, b"1")
    os.utime(path, (1, 1))
    assert not write_if_changed(path, b"1")
    assert path.stat().st_mtime == 1
    assert write_if_changed(path, b"2")
    assert path.read_bytes() == b"2"


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    path = tmp_path / "a"
    write_atomic(path, b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(type(error)):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    link = tmp_path / "link"
    link.symlink_to(outside)
    assert write_if_changed(link, b"mine")
    assert outside.read_bytes() == b"mine"
    assert not link.is_symlink()
