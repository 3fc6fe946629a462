"""Reports to be looked at: of the samples, of a page with doubt, of hostile text in every field."""

import hashlib
import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from jiaokan.cli import main

TOP = Path(__file__).parents[2]

DOUBT = """\
渡口的夜班船

沈 渡

夜班船每天晚上十点从石桥湾码头□船,十一点回到柳叶洲。船票三元,老人和学生免费,各级级的干部也一样。

镇上的书店开张了

夜里的渡口很静,只有水声和船上的灯。船工老何说,他在这条河上走了三十年。去年冬天河面结冰,船停了整整四十

书店在老街的中段,两层楼,一楼卖书,二楼喝茶。店主是从省城回来的年轻人,开张那天来了

天,镇上的人都说不习惯。今年入冬以前,航道上的浮标全部换成了太阳能的,夜里一闪一闪,像一串灯笼。

六十多个人,有人坐了一下午,有人买走了最后一本县志。𠮷田的车。
"""

PAYLOADS = (
    "<script>pwn()</script>",
    "</script><script>pwn()</script>",
    "<img src=x onerror=pwn()>",
    '"><svg onload=pwn()>',
    "'-pwn()-'",
    "javascript:pwn()",
    "{{constructor.constructor('pwn()')()}}",
    "<!--<script>pwn()",
    "]]><script>pwn()</script>",
    "</style><script>pwn()</script>",
    "&lt;script&gt;pwn()&lt;/script&gt;",
    "<iframe srcdoc='<script>parent.pwn()</script>'></iframe>",
    "<a href=javascript:pwn()>x</a>",
    "<meta http-equiv=refresh content='0;url=http://jiaokan.invalid/'>",
    "<base href=http://jiaokan.invalid/><link rel=stylesheet href=x.css>",
    "\u202e\x1b[31m\u2028pwn()",
)


def jiaokan(*args: object, code: int = 0) -> None:
    """A command, that must leave with this code."""
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exit_code == code, result.output


def doubtful(folder: Path) -> Path:
    """A report of one page with findings, seams, and what a person edited in both files."""
    (folder / "raw").mkdir()
    (folder / "raw" / "doubt.txt").write_text(DOUBT, "utf-8")
    jiaokan("run", folder / "raw", folder / "clean", "-q")
    for name, old, new in (
        ("doubt.json", "夜班船每天", "夜航船每天"),
        ("doubt.md", "一下午", "一天"),
    ):
        path = folder / "clean" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    jiaokan("report", folder / "clean", "--raw", folder / "raw", "-o", folder / "report.html")
    return folder / "report.html"


def hostile(folder: Path) -> Path:
    """A report in which every field of every file holds a payload, one a page."""
    raw, clean = folder / "raw", folder / "clean"
    raw.mkdir()
    for number, payload in enumerate(PAYLOADS):
        name = f"{number}{payload.replace('/', '⁄')}"[:60].replace("\x1b", "")
        text = DOUBT.replace("石桥湾", payload).replace("渡口的夜班船", f"渡口{payload}", 1)
        (raw / f"{name}.txt").write_text(text, "utf-8")
    jiaokan("run", raw, clean, "-q")
    for number, payload in enumerate(PAYLOADS):
        (file,) = clean.glob(f"{number}[!0-9]*.ledger.json")
        _poison(file, payload)
    title = PAYLOADS[0] + PAYLOADS[3]
    jiaokan("report", clean, "--raw", raw, "--title", title, "-o", folder / "report.html")
    return folder / "report.html"


def _poison(file: Path, payload: str) -> None:
    """Put the payload wherever a ledger and a clean file hold words, and into the Markdown file."""
    ledger = json.loads(file.read_bytes())
    ledger["strings"] = [f"{number}{payload}" for number, _ in enumerate(ledger["strings"])]
    ledger["options"] = dict.fromkeys(ledger["options"], payload)
    path = file.with_name(file.name.removesuffix(".ledger.json") + ".json")
    clean = json.loads(path.read_bytes())
    other = {"text": payload, "confidence": 0.4, "evidence": payload}
    clean["findings"] += [
        {"start": 3, "end": 6, "confidence": 0.5, "alternatives": [other]}
        | dict.fromkeys(("rule", "text", "message"), payload)
    ]
    for seam in clean["seams"]:
        seam |= {"evidence": [payload], "doubled": payload}
    data = json.dumps(clean).encode()
    path.write_bytes(data)
    ledger["outputs"][path.name] = hashlib.sha256(data).hexdigest()
    file.write_text(json.dumps(ledger), "utf-8")
    markdown = path.with_suffix(".md")
    markdown.write_text(markdown.read_text("utf-8").replace("柳叶洲", payload), "utf-8")


def thousand(folder: Path) -> Path:
    """A report of 1,000 pages, the samples again and again under other names."""
    from jiaokan.cli.records import records_in
    from jiaokan.inspect import read_page, rule_notes
    from jiaokan.report.build import Report, block, html
    from jiaokan.report.tree import page_tree

    report = Report("thousand", rule_notes())
    pages = [read_page(record) for record in records_in(TOP / "clean")]
    trees: list[dict[str, Any]] = [page_tree(page) for page in pages]
    blocks = [block(tree) for tree in trees]
    for number in range(1000):
        at = number % len(pages)
        row = report.batch.add(pages[at])
        report.batch.pages[-1] = type(row)(*_renamed(row, f"{number:04}-{row.name}"))
        report.blocks.append(blocks[at])
    (folder / "thousand.html").write_bytes(html(report))
    return folder / "thousand.html"


def _renamed(row: Any, name: str) -> list[Any]:
    from dataclasses import asdict

    return list((asdict(row) | {"name": name}).values())


def many_seams(folder: Path) -> Path:
    """A report of a page whose ten articles of three lines each alternate line by line."""
    from jiaokan.cli.records import find_record
    from jiaokan.inspect import read_page
    from jiaokan.report.build import Report, block, html
    from jiaokan.report.tree import page_tree

    page = read_page(find_record(TOP / "clean" / "clean-page.json"))
    report = Report("many seams", {})
    report.add(page)
    line = "渡口的船夜里还亮着一盏灯照着水面\n"
    size, count = len(line), 10
    at = [[number * size, (number + 1) * size - 1] for number in range(3 * count)]
    order = [(article, part) for part in range(3) for article in range(count)]
    fragments = [
        {"at": span, "article": article, "order": part, "moved": part > 0}
        for span, (article, part) in zip(at, order, strict=True)
    ]
    seams = [
        {"article": article, "at": [at[here][1], at[here + count][0]], "kind": "block"}
        | {"joined": True, "doubled": "", "confidence": 0.5, "evidence": []}
        for here, (article, part) in enumerate(order)
        if part < 2
    ]
    links = [[article, here, here + count, here] for here, (article, _) in enumerate(order[:20])]
    articles = [
        {"fragments": [article, article + count, article + 2 * count], "fields": []}
        for article in range(count)
    ]
    tree = page_tree(page) | {"raw": line * 3 * count, "edits": [], "asides": [], "furniture": []}
    tree |= {"fragments": fragments, "links": links, "seams": seams, "articles": articles}
    report.blocks = [block(tree)]
    (folder / "seams.html").write_bytes(html(report))
    return folder / "seams.html"


def with_boxes(folder: Path) -> Path:
    """A report of a sample page with a layout, every line cut into boxes of 16 characters."""
    from dataclasses import replace

    from jiaokan.cli.records import find_record
    from jiaokan.inspect import read_page
    from jiaokan.page import Box, Layout
    from jiaokan.report.build import Report, html

    page = read_page(find_record(TOP / "clean" / "seam-inside-a-line.json"))
    boxes: list[Box] = []
    at = 0
    for line in page.raw.splitlines(keepends=True):
        for start in range(0, len(line.rstrip()), 16):
            stop = min(start + 16, len(line.rstrip()))
            column, row = divmod(len(boxes), 28)
            left, top = 60 + 360 * column, 60 + 30 * row
            bounds = (left, top, left + 20 * (stop - start), top + 24)
            boxes.append(Box(at + start, at + stop, bounds))
        at += len(line)
    report = Report("boxes", {})
    report.add(replace(page, layout=Layout(tuple(boxes))))
    (folder / "boxes.html").write_bytes(html(report))
    return folder / "boxes.html"
