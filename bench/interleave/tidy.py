"""Corpus line → clean paragraph, or None where the line is no paragraph of a newspaper.

Changed: spaces beside Chinese are dropped, ASCII punctuation beside Chinese becomes full-width,
straight quotation marks become paired ones, a closing mark lost at the end comes back.
Left alone: words, numbers, the usage of the time. Refused (None): code, tables, footnotes, lines
that do not end a sentence, unbalanced marks, too much Latin.

>>> tidy('他说:"使用 freeze 工具,就可以得到独立运行的程序了。"')
'他说：“使用freeze工具，就可以得到独立运行的程序了。”'
>>> tidy("课程作业：未公开") is None
True
"""

import re

SHORTEST = 20
"""characters of the shortest paragraph"""

_ODD = re.compile(r"[〔〕\[\]*#_|\\<>{}=~^`@$　□■●◆×＊]|::|//|\.{3}|[A-Za-z0-9.+/-]{20}")
_CJK = "\u3400-\u9fff，。；：？！（）“”‘’、《》—…"
_SPACE = re.compile(rf"(?<=[{_CJK}]) +| +(?=[{_CJK}])")
_ASCII = re.compile(
    r"(?<=[\u3400-\u9fff”）》])[,;:?!]|[()](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[()]"
)
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"), ("‘", "’"))
_BAD_HEADS = "”）》，。；：？！、’…%"


def tidy(line: str) -> str | None:
    """The paragraph in `line`, or None."""
    text = line.strip()
    if len(text) < SHORTEST or text[0] in _BAD_HEADS or _ODD.search(text):
        return None
    text = _SPACE.sub("", text)
    text = _ASCII.sub(lambda m: m[0].translate(_FULL), text)
    text = re.sub(r"\([^()]*）|（[^（）()]*\)", lambda m: m[0].translate(_FULL), text)
    text = _quotes(text)
    if text.count("“") == text.count("”") + 1 and text.rfind("“") > text.rfind("”"):
        text += "”"
    if text[-1] not in "。！？”…" or (text[-1] == "”" and text[-2] not in "。！？…"):
        return None
    if any(text.count(a) != text.count(b) for a, b in _PAIRS):
        return None
    if sum(c.isascii() for c in text) > 0.2 * len(text) or '"' in text:
        return None
    return text if len(text) >= SHORTEST else None


def heading_like(line: str) -> bool:
    """True for a line that could be set as a title: short, Chinese, no end mark, no list."""
    text = line.strip()
    if not 8 <= len(text) <= 22 or text[-1] in "。！？”…；：，、:.;,）)幕布动" or " " in text:
        return False
    if not re.fullmatch(r"[\u3400-\u9fff0-9，：、“”《》·%.]+", text) or text.count("，") > 1:
        return False
    return text[0] not in "第一二三四五六七八九十0123456789，、：”》" and all(
        text.count(a) == text.count(b) for a, b in _PAIRS
    )


def _quotes(text: str) -> str:
    if '"' not in text or text.count('"') % 2:
        return text
    halves = text.split('"')
    return halves[0] + "".join(("“" if i % 2 else "”") + h for i, h in enumerate(halves[1:], 1))
