"""Markdown for people; files whole or not at all."""

import os
from pathlib import Path

import pytest
from jiaokan.article import Article
from jiaokan.errors import JiaokanError
from jiaokan.formats.atomic import write_atomic, write_where_asked
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
    write_atomic(link, b"new")
    assert outside.read_bytes() == b"mine"
    assert not link.is_symlink()


def test_what_a_person_asked_for_goes_through_links_and_into_devices(tmp_path: Path) -> None:
    outside, link = tmp_path / "outside", tmp_path / "link"
    outside.write_bytes(b"old")
    link.symlink_to(outside)
    write_where_asked(link, b"new")
    assert outside.read_bytes() == b"new"
    assert link.is_symlink()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_where_asked(pipe, b"through")
    assert os.read(reader, 10) == b"through"
    assert pipe.is_fifo()
    ends = os.pipe()
    write_where_asked(Path(f"/dev/fd/{ends[1]}"), b"down")
    assert os.read(ends[0], 10) == b"down", "what /dev/stdout is in a shell's pipe"
    os.close(reader)
    os.close(ends[0])
    with pytest.raises(BrokenPipeError):
        write_where_asked(Path(f"/dev/fd/{ends[1]}"), b"nobody reads")
    os.close(ends[1])
    write_where_asked(tmp_path / "new" / "file", b"1")
    with pytest.raises(JiaokanError, match=r"file/under: cannot be written: "):
        write_where_asked(tmp_path / "new" / "file" / "under", b"1")
