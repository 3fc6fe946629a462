"""A few characters that stand below another article's paragraph go back to the text they end."""

from dataclasses import replace

import pytest
from jiaokan.article import Article
from stitched import COURT as SIGNED
from stitched import FURNACE, articles, cleaned, in_order

COURT = replace(SIGNED, affiliation="")

RULER = Article(
    title="一把旧木尺",
    author="林若谷",
    paragraphs=(
        "老裁缝姓段，在桥头开了一间小铺，只做中式的衣裳。",
        "那把尺子是师父传下来的，他用了三十年，搬了四次家也舍不得",
    ),
)
LATER = "师父走后，他也教过两个徒弟，都嫌这一行太慢，没有做长。"
POEM = """秋分的诗

闻 雪

最后一担柴码上墙根
村庄就关上了门
风在外面数羊
数到第九只
雪便落了下来

母亲在灯下补一件旧衣裳
针脚细密
像她对一个名字的挂念
走得很远
又总是折返"""
LAST_LINE = "又总是折返"
MINERS = Article(
    title="巷道深处的歌声",
    author="林若谷",
    paragraphs=(
        "掘进三队的“歌王”叫魏二旦。井下六百米，矿灯照着他满脸的煤灰，他一开口，满巷道都是山歌。",
        "队里的人说，他唱歌是为了听回声。他爹就是靠这一手，在七六年救过一个",
    ),
)
ROOF = (
    "去年腊月二十三，他唱到第二段，忽然停了，喊了一声撤。十四个人前脚刚出来，后脚三架棚子就塌了。"
)
HOURS = """春节期间食堂开饭时间

早餐 6:30—8:00
午餐 11:30—13:00
晚餐 17:30—19:30

除夕夜免费供应饺子，家属来矿探亲的，可到行政科登记。"""
LAST_NOTE = "除夕夜免费供应饺子，家属来矿探亲的，可到行政科登记。"
MENUS = Article(
    title="让“僵尸菜单”退场",
    author="言平",
    paragraphs=(
        "走进一些政务大厅，触摸屏上的菜单列了几十项，点进去却没有下文，看着是方便，点进去是添堵。",
        "治“僵尸”，要靠问责。不用的及时删，在用的天天查，菜单活了，群众的心",
    ),
)
PAPERS = Article(
    title="少些“已阅”",
    author="路遥遥",
    paragraphs=(
        "文件传到手上，签个“已阅”就算办了，最省事，误起事来也最大。",
        "阅是为了办。真正把群众放在心上的人，阅过以后要写上一句怎么办。一字之差，差的是",
    ),
)
BOOK = Article(
    kicker="书里书外",
    title="一本旧字典",
    author="薄荷",
    paragraphs=(
        "书架最底层有一本旧字典，封皮早没了，用牛皮纸包着，纸上是父亲的钢笔字。",
        "那时候整个大队只有这一本字典，它在各家流转，回来时页边总多了些东西。",
    ),
)


def page(first: Article, *below: str) -> str:
    """A page whose first article breaks off, what stands below it, and a last article."""
    return "\n\n".join([in_order(first).rstrip(), *below, in_order(BOOK)])


def ended(article: Article, end: str, *later: str) -> tuple[str, ...]:
    """The paragraphs of an article whose sentence ends so, and those behind it."""
    *earlier, last = article.paragraphs
    return (*earlier, last + end, *later)


@pytest.mark.parametrize("later", [(), (LATER,)])
def test_the_end_of_a_sentence_below_a_poem_goes_back_to_it(later: tuple[str, ...]) -> None:
    ruler, poem, book = articles(page(RULER, POEM, "扔。", *later))
    assert ruler.paragraphs == ended(RULER, "扔。", *later)
    assert poem.paragraphs[-1] == LAST_LINE
    assert book.paragraphs == BOOK.paragraphs


def test_what_follows_it_goes_with_it() -> None:
    found = cleaned(page(MINERS, HOURS, "班的人。", ROOF))
    miners, hours, _ = found.articles
    assert miners.paragraphs == ended(MINERS, "班的人。", ROOF)
    assert hours.paragraphs[-1] == LAST_NOTE
    (seam,) = found.seams
    assert seam.joined
    assert 0.5 < seam.confidence < 1


def test_what_it_tore_apart_goes_together() -> None:
    below = in_order(PAPERS).rstrip(), "才会热。", "一份担当。"
    menus, papers, _ = articles(page(MENUS, *below))
    assert menus.paragraphs == ended(MENUS, "才会热。")
    assert papers.paragraphs == ended(PAPERS, "一份担当。")


@pytest.mark.parametrize("whole", ["此案已经审结。", "天亮了。", "“扔。”", "1．扔。", "读者：扔。"])
def test_a_short_paragraph_stays_and_the_open_end_is_told_of(whole: str) -> None:
    found = cleaned(page(RULER, in_order(COURT).rstrip(), whole))
    assert found.articles[1].paragraphs == (*COURT.paragraphs, whole)
    assert not found.seams
    assert "stitch.open-end" in {one.rule for one in found.findings}


def test_nothing_moves_where_no_sentence_breaks_off() -> None:
    first = replace(RULER, paragraphs=(*RULER.paragraphs[:1], RULER.paragraphs[1] + "丢。"))
    found = cleaned(page(first, in_order(COURT).rstrip(), "扔。"))
    assert found.articles[1].paragraphs == (*COURT.paragraphs, "扔。")
    assert not found.seams


def test_a_longer_line_that_goes_on_as_well_forbids_it() -> None:
    page = list(FURNACE)
    first, _ = articles("\n\n".join(["革新花开", *page]) + "\n")
    assert page[2] + page[6] not in first.paragraphs


HOUSE = (
    "古厝修復起爭議",
    "一百五十年的林家古厝因道路拓寬面臨拆除，文史團體昨天在現場拉起布條，呼籲縣府緩拆。鎮公所表示，工程若遲不發包，補助款將遭",
    "冬令進補當心痛風",
    "寒流來襲，羊肉爐業者生意興隆。醫師提醒，帶骨的肉類久熬以後普林溶入湯中，上星期就有三位病人吃完尾牙直接掛",
    "收回。",
    "林家後人說，祖先從外地運來石材，一磚一瓦都是心血，拆了就再也回不來。",
    "急診。",
    "想解饞的民眾，不妨先把肉燙過去油，湯少喝，多喝白開水。",
)
"""Two articles that stop in mid-sentence, and the ends of both, each below the other's text."""


def test_the_ends_of_two_sentences_each_below_the_others_text() -> None:
    house, diet = articles("\n\n".join(HOUSE) + "\n")
    assert house.paragraphs == (HOUSE[1] + HOUSE[4], HOUSE[5])
    assert diet.paragraphs == (HOUSE[3] + HOUSE[6], HOUSE[7])
