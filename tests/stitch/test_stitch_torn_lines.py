"""Lines that were torn off a text and look like something else: a sub-heading, a list's item, a
doubled character."""

import pytest
from jiaokan.article import Article
from stitched import COURT, MARKET, ORCHARD, cleaned

NOTICE = Article(
    title="关于举办市民书画展的通告",
    paragraphs=(
        "为丰富市民文化生活，展示群众创作成果，市文化馆决定举办第九届市民书画展。现将有关事项通告如下：",
        "一、征集内容：反映本市城乡变化和市民日常生活的书法、国画、篆刻作品，每人限送两件，已在市级以上展览展出过的不再接收。",
        "二、报送办法：作品请于9月20日前送到文化馆二楼收发室，并附作者姓名、住址和联系电话，来稿一律不退，请自留底稿。",
        "三、评选与展出：由文化馆邀请本地书画家组成评选小组，入选作品在国庆节期间展出，并颁发证书。",
    ),
)
INTERVIEW = Article(
    title="让老人在家门口吃上热饭",
    author="段小禾",
    paragraphs=(
        "近年来，不少街道办起了老年食堂。如何办得久、办得好，记者采访了江城市民政局的负责人。",
        "记者：全市现在有多少家老年食堂？",
        "负责人：到上个月底有两百多家，覆盖了一半以上的社区，运行总体平稳，也有几家因为客流太少停了下来。",
        "记者：问题主要出在哪里？",
        "负责人：一是选址不合适，老人要过两条马路才能走到；二是只卖一顿午餐，厨师的工资都挣不回来。",
        "记者：下一步有什么打算？",
        "负责人：我们准备鼓励食堂向全体居民开放，用年轻人的客流养活老人的餐桌，再把补贴与就餐的人次挂钩。",
    ),
)


def blocks(one: Article) -> list[str]:
    return [line for line in (one.kicker, one.title, one.author, *one.paragraphs) if line]


def cut(text: str, after: str) -> tuple[str, str]:
    at = text.index(after) + len(after)
    return text[:at], text[at:]


def page(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


def bodies(text: str) -> list[str]:
    return ["".join(one.paragraphs) for one in cleaned(text).arrangement.articles]


def whole(*written: Article) -> list[str]:
    return ["".join(one.paragraphs) for one in written]


@pytest.mark.parametrize(
    "after", ["二、报送办法：作品请于9月20", "二、报送办法：作品请于9月20日前送到文化馆二"]
)
def test_a_list_s_item_that_was_torn_goes_on_in_its_rest(after: str) -> None:
    start, rest = cut(NOTICE.paragraphs[2], after)
    text = page(
        NOTICE.title, *NOTICE.paragraphs[:2], start, *blocks(ORCHARD), rest, NOTICE.paragraphs[3]
    )
    assert bodies(text) == whole(NOTICE, ORCHARD)


def test_text_that_stops_above_a_speaker_s_label_breaks_off() -> None:
    """The interview's second half stands between the halves of a sentence."""
    start, rest = cut(ORCHARD.paragraphs[0], "我坐在树下写")
    text = page(
        *blocks(INTERVIEW)[:5], ORCHARD.title, ORCHARD.author, start,
        *INTERVIEW.paragraphs[3:], rest, *ORCHARD.paragraphs[1:],
    )  # fmt: skip
    assert bodies(text) == whole(INTERVIEW, ORCHARD)


def test_a_sub_heading_stands_by_itself() -> None:
    """比钙片更要紧的事 may be read on by its text; it is a line of its own."""
    text = page(
        MARKET.title, MARKET.author, MARKET.paragraphs[0], "比价钱更要紧的事",
        *MARKET.paragraphs[1:], *blocks(COURT),
    )  # fmt: skip
    (market, _) = cleaned(text).arrangement.articles
    assert "比价钱更要紧的事" in market.paragraphs


def test_a_doubled_character_of_the_language_stays() -> None:
    """摆|摆手 at a seam is as likely a word as a character read twice: it stays and is reported."""
    told = (
        "散场以后，馆长把大家送到门口，有人问明年还办不办，他摆摆手说，"
        "先把今年的作品挂好，明年的事明年再讲。"
    )
    opening = "市民书画展昨天在文化馆闭幕，来看的人比往年多。"
    start, rest = cut(told, "他摆")
    text = page(
        NOTICE.title, *NOTICE.paragraphs, "书画展昨天闭幕", "林若谷", opening,
        start, *blocks(ORCHARD), rest,
    )  # fmt: skip
    result = cleaned(text)
    assert told in "".join("".join(one.paragraphs) for one in result.arrangement.articles)
    assert "stitch.perhaps-doubled" in {found.rule for found in result.findings}
