"""Generated pages: any text, damaged text, and articles of the samples woven into one another."""

import json
from itertools import pairwise

import jobs
from hypothesis import strategies as st

ALPHABETS = {
    "both scripts": "国國家发發髮头頭后後里裏裡干乾幹净淨面麵着著显顯"
    "随隨藉借口瞭了解征徵象系係关關青島，。、\n",
    "marks": "中文字，。、；：？！“”‘’（）《》〈〉「」『』【】…—·,.;:?!()[]<>\"'`-~%/1a \n",
    "blanks": "中文，。a1 \t\n\r\f\v\x85\u2028\u2029\u3000\xa0\u2009\u200b\u200d\u2060\ufeff",
    "odd": "中１Ａａ⽓⻓⺠凌︒﹐﹁ﬁ①Ⅳ㎡℃½\ue000\ufffd\x00\x1b[31m\u202e❤\ufe0f葛\U000e0100𠮷\n",
    "foreign": "中文的和and or of the with but R&D A股 Python кириллица のア한글 éü 1,000 3.5% \n",
    "look-alikes": "己已巳未末土士日曰人入八大太天夫千干干于折拆未来己经各级级的口□〇０○\n",
}
WORDS = (
    "（作者单位：江城大学）",
    "(作者系某校教授)",
    "本报记者 李 明",
    "苏 禾",
    "责任编辑 王五",
    "第3版",
    "2019年11月26日 星期二",
    "江城日报·副刊",
    "一、基本情况",
    "问：",
    "答：",
    "——读一本旧书",
    "关于停水的通知",
    "网络化管理、精细化服务、信息化支撑的基层治理平台",
    "各级级的",
    "春天的集市",
    "天刚亮，集市上已经来了不少人。",
    "卖菜的老人 and 买菜的人都是熟人,",
    "　　",
    "\n\n",
    "\n",
    "\r\n",
    " ",
)
TO_HALF = str.maketrans("，。：；！？（）“”", ',.:;!?()""')


def texts(max_size: int = 60) -> st.SearchStrategy[str]:
    """Text of one alphabet, of words of a page, of both, or of any characters at all."""
    letters = st.sampled_from(sorted(ALPHABETS)).flatmap(
        lambda name: st.text(st.sampled_from(ALPHABETS[name]), max_size=12)
    )
    mixed = st.lists(st.one_of(st.sampled_from(WORDS), letters), max_size=max_size // 4)
    return st.one_of(
        mixed.map("".join), st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size)
    )


def _articles() -> list[list[str]]:
    found = []
    for name in jobs.SAMPLES:
        for article in jobs.gold(name)["articles"]:  # type: ignore[attr-defined]
            head = [article["kicker"], article["title"], article["author"]]
            found.append(
                ([line for line in head if line], article["paragraphs"], article["affiliation"])
            )
    return [json.loads(json.dumps(item)) for item in found]


@st.composite
def woven(draw: st.DrawFn, most: int = 3) -> str:
    """Articles of the samples cut into columns and laid between one another, their order kept."""
    chosen = draw(st.lists(st.sampled_from(_articles()), min_size=1, max_size=most, unique_by=str))
    columns: list[list[str]] = []
    for head, paragraphs, affiliation in chosen:
        text = "\n".join(paragraphs[: draw(st.integers(1, 3))])
        cuts = draw(st.lists(st.integers(1, max(1, len(text) - 1)), max_size=3, unique=True))
        places = [0, *sorted(cuts), len(text)]
        parts = [text[a:b] for a, b in pairwise(places)]
        parts[0] = "\n\n".join([*head, parts[0]])
        columns.append([*parts, affiliation] if affiliation else parts)
    page: list[str] = []
    while any(columns):
        column = draw(st.sampled_from([one for one in columns if one]))
        page.append(column.pop(0))
    joins = [draw(st.sampled_from(["\n\n", "\n", "", "\r\n\r\n"])) for _ in page]
    return "".join(part + join for part, join in zip(page, joins, strict=True))


@st.composite
def damaged(draw: st.DrawFn, pages: st.SearchStrategy[str]) -> str:
    """A page with what engines and files do to one."""
    text = draw(pages)
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(text)))
        end = draw(st.integers(at, min(len(text), at + 40)))
        kind = draw(st.integers(0, 5))
        old = text[at:end]
        if kind == 0:
            new = ""
        elif kind == 1:
            new = old + old[-1:]
        elif kind == 2:
            new = old.translate(TO_HALF)
        elif kind == 3:
            new = " ".join(old)
        elif kind == 4:
            new = "\n".join([old[i : i + 9] for i in range(0, len(old), 9)])
        else:
            new = old + draw(st.sampled_from([*WORDS, "\u200b", "\x0c", "...", "--", "□", "的"]))
        text = text[:at] + new + text[end:]
    return text
