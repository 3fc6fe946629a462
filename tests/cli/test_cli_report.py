"""report: what it writes, and what it says where it cannot."""

import gzip
import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import jiaokan as jiaokan_package
import pytest
from jiaokan.report.bundle import MODULES, asset, script


def blocks(path: Path) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/octet-stream"[^>]*>([^<]*)<', path.read_text())
    return [json.loads(gzip.decompress(b64decode(text))) for text in found]


def index(path: Path) -> dict[str, Any]:
    text = path.read_text("utf-8")
    match = re.search(r'<script type="application/json" id="index">(.*?)</script>', text, re.S)
    assert match
    found: dict[str, Any] = json.loads(match[1])
    return found


def test_a_report_of_a_folder(jiaokan: Any, workspace: Path) -> None:
    result = jiaokan("report")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 pages, 0 failed; written to report.html\n"
    pages = blocks(workspace / "report.html")
    assert [page["name"] for page in pages] == ["a/b.txt", "gb.txt"]
    assert pages[0]["raw"] == (workspace / "raw" / "a" / "b.txt").read_text("utf-8")
    tree = index(workspace / "report.html")
    assert tree["title"] == "clean"
    assert [row[0] for row in tree["pages"]] == ["a/b.txt", "gb.txt"]
    rules = {row[0] for row in tree["rules"]}
    assert "punctuation.comma" in rules
    assert not rules & set(tree["never"])
    assert len(tree["never"]) > 100


def test_the_raw_files_need_not_be_there(jiaokan: Any, workspace: Path) -> None:
    for path in (workspace / "raw").rglob("*.txt"):
        path.unlink()
    assert jiaokan("report", "clean/gb.md", "-o", "gb.html").exit_code == 0
    (page,) = blocks(workspace / "gb.html")
    assert page["raw"].startswith("春天的集市\r\n")


def test_the_same_pages_give_the_same_bytes(jiaokan: Any, workspace: Path) -> None:
    for name in ("one.html", "other.html"):
        assert jiaokan("report", "clean", "-o", name).exit_code == 0
    assert (workspace / "one.html").read_bytes() == (workspace / "other.html").read_bytes()


def test_a_page_that_cannot_be_read_is_named_and_the_others_are_shown(
    jiaokan: Any, workspace: Path
) -> None:
    (workspace / "clean" / "gb.json").write_text("{}", "utf-8")
    result = jiaokan("report", "clean", "-o", "report.html")
    assert result.exit_code == 1
    assert "error: clean/gb.json: it has no 'source'" in result.stderr
    assert "1 page, 1 failed" in result.stderr
    tree = index(workspace / "report.html")
    assert [file for file, _ in tree["failed"]] == ["clean/gb.json"]
    assert len(blocks(workspace / "report.html")) == 1


def test_an_edited_page_asks_for_its_raw_file(jiaokan: Any, workspace: Path) -> None:
    path = workspace / "clean" / "gb.json"
    path.write_text(path.read_text("utf-8").replace("熟人", "老相识"), "utf-8")
    assert jiaokan("report", "clean/gb.json").exit_code == 0
    (page,) = blocks(workspace / "report.html")
    assert [(hand["old"], hand["new"]) for hand in page["hand"]] == [("熟人", "老相识")]
    result = jiaokan("report", "clean/gb.json", "--raw", "nowhere")
    assert result.exit_code == 1
    assert "was edited after the run" in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nowhere"], "error: nowhere: there is no such file or folder"),
        (["empty"], "error: empty: holds no ledger"),
        (["clean", "-o", "raw/gb.txt/r"], "error: raw/gb.txt/r: cannot be written"),
    ],
)
def test_what_cannot_be_done(jiaokan: Any, workspace: Path, args: list[str], said: str) -> None:
    (workspace / "empty").mkdir()
    result = jiaokan("report", *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (workspace / "report.html").exists()


def test_characters_beyond_the_first_plane_count_as_the_browser_counts(
    jiaokan: Any, tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("渡口\n\n𠮷𠮷田的船,晚上十点开,早上回来。\n", "utf-8")
    assert jiaokan("run", "-q").exit_code == 0
    assert jiaokan("report").exit_code == 0
    (page,) = blocks(tmp_path / "report.html")
    units = page["raw"].encode("utf-16-le")
    for edit in page["edits"]:
        start, end = edit["at"]
        assert units[2 * start : 2 * end].decode("utf-16-le") == edit["old"]


def test_no_two_modules_of_the_report_share_a_name() -> None:
    names: dict[str, str] = {}
    top = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.M)
    for module in MODULES:
        for name in top.findall(asset(module)):
            assert names.setdefault(name, module) == module, name
    assert not re.search(r"^(?:import|export)\b", script(), re.M)


def test_every_import_names_what_its_module_has() -> None:
    for module in MODULES:
        for words, source in re.findall(
            r'^import \{ (.*?) \} from "\./(\w+\.js)";', asset(module), re.M
        ):
            for word in words.split(", "):
                assert re.search(rf"^export .*\b{word}\b", asset(source), re.M), (module, word)


def test_no_module_writes_markup() -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser"
    )
    assert not re.search(forbidden, script())


def test_what_is_told_in_chinese_is_what_the_pipeline_says() -> None:
    package = Path(jiaokan_package.__file__).parent
    sources = "".join(
        path.read_text("utf-8")
        for files in ("stages/*.py", "columns/**/*.py", "stitch/**/*.py", "*.py")
        for path in sorted(package.glob(files))
    )
    patterns = re.findall(r"^  \[/\^(.*)\$/s?, \"", asset("phrases.js"), re.M)
    assert len(patterns) > 20
    for pattern in patterns:
        fixed = re.split(r"\(.*?\)|'", pattern.replace("\\(", "").replace("\\)", ""))
        longest = max((part.replace("\\", "") for part in fixed), key=len).strip(" “”….")
        assert longest in sources, pattern


def hocr(text: str) -> str:
    words = "".join(
        f"<span class='ocrx_word' title='bbox {at} 0 {at + 9} 9'>{one}</span>"
        for at, one in enumerate(text.split())
    )
    return f"<div class='ocr_page' title='bbox 0 0 640 480'>{words}</div>"


def test_a_page_takes_its_layout_and_picture(jiaokan: Any, workspace: Path) -> None:
    raw = (workspace / "raw" / "a" / "b.txt").read_text("utf-8")
    (workspace / "scans" / "a").mkdir(parents=True)
    (workspace / "scans" / "a" / "b.hocr").write_text(hocr(raw), "utf-8")
    (workspace / "scans" / "a" / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = jiaokan("report", "--layout", "scans", "--images", "scans")
    assert (result.exit_code, result.stderr) == (0, "2 pages, 0 failed; written to report.html\n")
    with_boxes, without = blocks(workspace / "report.html")
    assert with_boxes["size"] == [640, 480]
    assert [raw[one[0] : one[1]] for one in with_boxes["boxes"]] == raw.split()
    assert with_boxes["image"] == "data:image/png;base64,iVBORw0KGgo="
    assert (without["boxes"], without["image"], without["size"]) == ([], "", None)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("b.hocr", hocr("另外的字").encode(), "tells another text than the raw file"),
        ("b.xml", b"<alto><Page></alto>", "is neither hOCR nor ALTO"),
        ("b.png", b"<svg onload=pwn()>", "is no picture of type image/png"),
    ],
)
def test_a_layout_or_picture_that_does_not_fit_is_named(
    jiaokan: Any, workspace: Path, name: str, data: bytes, what: str
) -> None:
    raw = (workspace / "raw" / "a" / "b.txt").read_text("utf-8")
    (workspace / "scans" / "a").mkdir(parents=True)
    if name == "b.png":
        (workspace / "scans" / "a" / "b.hocr").write_text(hocr(raw), "utf-8")
    (workspace / "scans" / "a" / name).write_bytes(data)
    result = jiaokan("report", "--layout", "scans", "--images", "scans")
    assert result.exit_code == 1
    assert f"error: scans/a/{name}: {what}" in result.stderr
    assert [page["boxes"] for page in blocks(workspace / "report.html")] == [[], []]


def test_one_layout_is_not_that_of_many_pages(jiaokan: Any, workspace: Path) -> None:
    (workspace / "b.hocr").write_text(hocr("字"), "utf-8")
    assert jiaokan("report", "--layout", "b.hocr").exit_code == 2
    assert jiaokan("report", "--images", ".").exit_code == 2
