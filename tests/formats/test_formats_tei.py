"""TEI: well formed and of its structure, every string in it, each change with what stood there."""

from functools import cache
from pathlib import Path
from typing import Any

import jiaokan
import pytest
from generated_results import results
from hypothesis import given, settings
from jiaokan.cleaning import Cleaned
from jiaokan.formats.plain_text import write_text
from jiaokan.formats.tei import write_tei
from jiaokan.formats.tei_text import TEI
from jiaokan.records import optional_imports
from lxml import etree

RAW = Path(__file__).parents[2] / "raw"
SAMPLES = sorted(path.name for path in RAW.glob("*.txt"))
_ID = "{http://www.w3.org/XML/1998/namespace}id"


@cache
def _schema() -> Any:
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("tei-subset.rng")))


def read(cleaned: Cleaned) -> Any:
    """The file, looked at: of TEI's structure, and every name that it refers to is there."""
    data = write_tei(cleaned)
    root = etree.fromstring(data)
    _schema().assertValid(root)
    names = {f"#{one.get(_ID)}" for one in root.iter() if one.get(_ID)}
    for attribute in ("resp", "ref"):
        for value in root.xpath(f"//@{attribute}"):
            assert set(value.split()) <= names
    return root


def said(element: Any, kind: str = "corr") -> str:
    """The text of an element with what stands there now, or (`sic`) with what stood there."""
    left = {"corr": ("sic", "note"), "sic": ("corr", "note")}[kind]
    parts = [element.text or ""]
    for child in element:
        name = etree.QName(child).localname
        if name == "g":
            parts.append(chr(int(child.get("ref").removeprefix("#char-"), 16)))
        elif name not in left:
            parts.append(said(child, kind))
        parts.append(child.tail or "")
    return "".join(parts)


def found(root: Any, path: str) -> list[Any]:
    """Elements by a path of TEI names."""
    return list(root.iterfind(path.replace("t:", f"{{{TEI}}}")))


def agrees(cleaned: Cleaned, root: Any) -> None:
    """Every string of the page stands in the file, and nothing else."""
    divs = found(root, ".//t:div[@type='article']")
    assert len(divs) == len(cleaned.articles)
    for div, article in zip(divs, cleaned.articles, strict=True):
        heads = {head.get("type"): said(head) for head in found(div, "t:head")}
        wanted = {"kicker": article.kicker, "main": article.title, "sub": article.subtitle}
        assert heads == {kind: text for kind, text in wanted.items() if text}
        for name in ("docAuthor", "affiliation"):
            text = article.author if name == "docAuthor" else article.affiliation
            assert [said(one) for one in found(div, f"t:byline/t:{name}")] == [text] * bool(text)
        assert [said(one) for one in found(div, "t:p")] == list(article.paragraphs or [""])
    assert [said(one) for one in found(root, ".//t:fw")] == list(cleaned.furniture)
    notes = found(root, ".//t:note[@type='finding']")
    assert len(notes) == len(cleaned.findings)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    cleaned = jiaokan.clean((RAW / name).read_bytes(), settings=jiaokan.Settings(neural=False))
    agrees(cleaned, read(cleaned))


@settings(deadline=None, max_examples=60)
@given(results())
def test_any_result(cleaned: Cleaned) -> None:
    agrees(cleaned, read(cleaned))


def test_a_change_stands_beside_what_stood_there() -> None:
    cleaned = jiaokan.clean("天气晴朗,微风.\n", settings=jiaokan.Settings(neural=False))
    root = read(cleaned)
    (paragraph,) = found(root, ".//t:p/..[@type='article']/t:p")
    assert (said(paragraph, "sic"), said(paragraph)) == ("天气晴朗,微风.", "天气晴朗，微风。")
    corr = found(paragraph, "t:choice/t:corr")[0]
    (rule,) = [
        one for one in found(root, ".//t:respStmt") if f"#{one.get(_ID)}" == corr.get("resp")
    ]
    assert said(found(rule, "t:name")[0]) == "punctuation.comma"
    assert 0 < float(corr.get("cert")) <= 1


def test_characters_that_xml_cannot_hold_are_declared() -> None:
    cleaned = jiaokan.clean("甲\x02乙\x0b丙", settings=jiaokan.Settings(neural=False), name="a\x01")
    root = read(cleaned)
    declared = [said(one) for one in found(root, ".//t:charDecl/t:char/t:note")]
    assert "U+0001, which XML cannot hold" in declared
    assert "U+0002, which XML cannot hold" in declared
    assert said(found(root, ".//t:titleStmt/t:title")[0]) == "a\x01"


def test_markup_in_the_text_is_text() -> None:
    cleaned = jiaokan.clean("</p><script>&amp;]]>", settings=jiaokan.Settings(neural=False))
    agrees(cleaned, read(cleaned))


def test_without_lxml_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ImportError(name)

    cleaned = jiaokan.clean("甲", settings=jiaokan.Settings(neural=False))
    monkeypatch.setattr(optional_imports, "import_module", absent)
    with pytest.raises(jiaokan.JiaokanError, match=r"lxml(.|\n)*pip install 'jiaokan\[tei\]'"):
        write_tei(cleaned)


@settings(deadline=None, max_examples=30)
@given(results())
def test_plain_text_holds_every_string(cleaned: Cleaned) -> None:
    text = write_text(cleaned.articles).decode()
    for article in cleaned.articles:
        for string in (article.title, article.author, *article.paragraphs, article.affiliation):
            assert string in text
