"""hOCR and ALTO: what is read of them, and when a layout fits a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiaokan.errors import JiaokanError
from jiaokan.formats.boxes import Word, layout_of, read_boxes

HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page' title='image "a.png"; bbox 0 0 400 300; ppageno 0'>
 <span class='ocr_line' title="bbox 10 10 90 30">
  <span class='ocrx_word' title='bbox 10 10 50 30; x_wconf 92'>渡口</span>
  <span class='ocrx_word' title='bbox 52 10 90 30; x_wconf 40'><strong>A&amp;<br/>B</strong></span>
 </span>
</div></body></html>"""

ALTO = """<?xml version="1.0"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>
<Page WIDTH="400" HEIGHT="300"><PrintSpace><TextBlock><TextLine>
<String HPOS="10" VPOS="10" WIDTH="40" HEIGHT="20.4" WC="0.92" CONTENT="渡口"/><SP/>
<String HPOS="52" VPOS="10" WIDTH="38" HEIGHT="20" CONTENT="A&amp;B"/>
</TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""


@pytest.mark.parametrize(("text", "sure"), [(HOCR, 0.4), (ALTO, None)])
def test_words_boxes_and_size_are_read(text: str, sure: float | None) -> None:
    found = read_boxes(text.encode(), "a")
    assert found.size == (400, 300)
    assert found.words == (
        Word("渡口", (10, 10, 50, 30), 0.92),
        Word("A&B", (52, 10, 90, 30), sure),
    )
    layout = layout_of(found.words, found.size, "  渡 口\r\nA&B\n")
    assert layout
    assert [(box.start, box.end) for box in layout.boxes] == [(2, 5), (7, 10)]


@pytest.mark.parametrize("text", ["渡口A&", "渡口A&BC", "渡曰A&B", "A&B渡口", ""])
def test_a_layout_of_another_text_is_none(text: str) -> None:
    assert layout_of(read_boxes(HOCR.encode(), "a").words, None, text) is None


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "holds 0 pages"),
        (b"\x89PNG\r\n", "is neither hOCR nor ALTO"),
        (HOCR.replace("</div>", "</div><div class='ocr_page'></div>").encode(), "holds 2 pages"),
        (HOCR.replace("bbox 10 10 50 30; ", "").encode(), "a word without a bbox"),
        (ALTO.replace("</alto>", "").encode(), "is neither hOCR nor ALTO"),
        (ALTO.replace('HPOS="10"', 'HPOS="ten"').encode(), "is neither hOCR nor ALTO"),
        (ALTO.replace('HPOS="10"', 'HPOS="nan"').encode(), "is neither hOCR nor ALTO"),
        (ALTO.replace('HPOS="10"', 'HPOS="inf"').encode(), "is neither hOCR nor ALTO"),
        (
            ALTO.replace("<alto", '<!DOCTYPE a [<!ENTITY b "x">]><alto', 1).encode(),
            "it declares entities",
        ),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, what: str) -> None:
    with pytest.raises(JiaokanError, match=what) as caught:
        read_boxes(data, "scan/a.hocr")
    assert str(caught.value).startswith("scan/a.hocr: ")


@given(st.lists(st.text("渡口 \u3000A\n", max_size=4), max_size=8), st.text(" \n", max_size=3))
def test_words_of_the_very_text_always_fit(parts: list[str], blank: str) -> None:
    text = blank.join(parts)
    layout = layout_of([Word(part, (0, 0, 1, 1)) for part in parts], None, text)
    assert layout
    told = "".join("".join(text[box.start : box.end].split()) for box in layout.boxes)
    assert told == "".join(text.split())
