"""Pages in order: lists, tables, verse and boxes stay their article's, line by line."""

from dataclasses import replace

import pytest
from jiaokan.article import Article
from stitched import COURT, MARKET, RUST, articles, cleaned, in_order

MATCH = Article(
    title="铁路队补时绝平码头队",
    author="钟山",
    paragraphs=(
        "昨晚，市足球联赛第11轮的一场焦点战在人民体育场打响，领头羊码头队在领先的情况下，于补时第4分钟被铁路队扳平。",
        "第11轮战绩",
        "铁路队2:2码头队",
        "红旗队1:0棉纺队",
        "师院队3:3电机队",
        "积分榜（前四名）",
        "1.码头队 26分",
        "2.青年队 24分",
        "3.红旗队 21分",
    ),
)
PROGRAMME = Article(
    title="江城电视台节目预告",
    paragraphs=(
        "07:00 早间新闻",
        "08:15 电视剧：大河人家（11、12）",
        "18:30 江城新闻",
        "09:00 少儿节目：七色花",
        "20:00 法制在线",
    ),
)
LIST = Article(
    title="小学门口多了“爱心斑马线”",
    author="柯敏",
    paragraphs=(
        "昨天早上七点，文昌小学门口的斑马线变了样：白线之间画上了彩色的脚印，两侧装了会发光的道钉。",
        "- 斑马线宽6米",
        "- 道钉共24枚",
        "- 学校两头各设一名护学员",
        "校长说，这是家长们凑的点子，钱由交警大队和街道各出一半。",
    ),
)
HEADS = Article(
    title="历届会长名录",
    paragraphs=("贺长龄 1959—1966", "鲁平 1972—1979", "宋致远 1979—1991", "明澈 2003—今"),
)
VERSE = Article(
    title="秋日三章",
    author="戚小舟",
    paragraphs=(
        "稻草人",
        "你举着空空的袖子",
        "拦住一场风",
        "谷子都回家了",
        "只有你还站着",
        "替土地数星星",
        "一只桶下去",
        "提上来半个月亮",
        "奶奶把它倒进缸里",
    ),
)


@pytest.mark.parametrize("one", [MATCH, PROGRAMME, LIST, VERSE], ids=lambda one: one.title)
def test_rows_and_lines_between_blank_ones_are_no_titles(one: Article) -> None:
    assert articles(in_order(one, MARKET, RUST)) == (one, MARKET, RUST)


def test_who_held_an_office_when_is_a_row() -> None:
    assert HEADS in articles(in_order(HEADS, COURT, RUST))


def test_tables_below_one_another_are_articles_where_no_text_stands_above() -> None:
    medals = Article(
        title="昨日奖牌榜",
        paragraphs=("代表团 金 银 铜 总数", "江城 12 8 9 29", "海州 10 11 7 28"),
    )
    today = Article(
        title="市运会今日赛程",
        paragraphs=(
            "09:00 田径 男子铅球决赛",
            "10:30 游泳 女子200米蛙泳预赛",
            "15:00 篮球 江城—海州",
        ),
    )
    assert articles(in_order(medals, today, MARKET)) == (medals, today, MARKET)


def test_many_tables_without_any_text_are_read_at_all() -> None:
    """Each is below all others: to ask every one of them about those above never ended."""
    table = ("积分榜", "码头队 26分", "青年队 24分", "红旗队 21分")
    page = "\n\n".join(table * 200)
    found = cleaned(page).arrangement
    assert "".join("".join(one.paragraphs) for one in found.articles).count("码头队") == 200


@pytest.mark.parametrize("box", ["人物名片", "相关链接", "编后"])
def test_a_box_within_an_article_is_no_article(box: str) -> None:
    first, *rest = MARKET.paragraphs
    boxed = replace(MARKET, paragraphs=(first, box, *rest))
    assert articles(in_order(boxed, RUST)) == (boxed, RUST)


def test_a_box_right_below_the_author_opens_no_article() -> None:
    boxed = replace(MARKET, paragraphs=("人物名片", *MARKET.paragraphs))
    assert articles(in_order(boxed, RUST)) == (boxed, RUST)


def test_a_column_between_dots_stands_above_its_title() -> None:
    """As journals set it."""
    column = replace(COURT, kicker="·法学研究·")
    assert articles("江声学刊 2006年第3期\n\n" + in_order(column, RUST)) == (column, RUST)


def test_who_edited_an_article_of_a_journal_is_the_pages() -> None:
    found = cleaned(in_order(MARKET) + "\n（责任编辑：梅 笙）\n").arrangement
    assert found.articles == (MARKET,)
    assert len(found.furniture) == 1


def test_who_signs_a_notice_below_its_addresses_heads_nothing() -> None:
    signed = "江城市第三中学校庆筹备委员会"
    page = "\n\n".join(
        (
            "江城市第三中学建校五十周年公告",
            "江城市第三中学创建于1959年9月，定于2009年10月18日举行建校五十周年庆典。敬邀历届校友光临。",
            "联系地址：江城市学府路12号",
            "电子邮箱：jcsz@example.com",
            signed,
            "2009年9月20日",
        )
    )
    found = articles(page + "\n\n" + in_order(MARKET, RUST))
    assert found[0].paragraphs[-2:] == (signed, "2009年9月20日")
    assert found[1:] == (MARKET, RUST)


def test_a_nurse_is_the_author_of_her_speech() -> None:
    speech = replace(MARKET, title="在表彰大会上的发言", author="江城市第一人民医院护士 尚小雅")
    assert articles(in_order(speech, RUST)) == (speech, RUST)


def test_where_a_winner_works_is_no_affiliation() -> None:
    prizes = replace(
        MARKET,
        paragraphs=(
            *MARKET.paragraphs,
            "一等奖：石伟（江城大学文学院）",
            "二等奖：凌霄（发电部）",
        ),
    )
    assert articles(in_order(prizes, RUST)) == (prizes, RUST)


def test_numbers_that_were_drawn_head_nothing() -> None:
    drawn = ("红球：03 07 12 19 26 31 蓝球：08", "排列5第12283期：4 0 7 1 6")
    lottery = Article(title="彩票开奖公告", paragraphs=drawn)
    assert articles(in_order(lottery, MARKET, RUST)) == (lottery, MARKET, RUST)


def test_short_news_of_a_subject_is_a_title() -> None:
    news = Article(
        title="科技简讯",
        paragraphs=(
            "◆江城农科院育成水稻新品种，亩产达到756公斤。",
            "◆我市首台医用直线加速器投入使用，可对肿瘤进行精准放疗。",
        ),
    )
    assert articles(in_order(MARKET, RUST, news)) == (MARKET, RUST, news)


def test_new_books_below_one_another_are_no_titles() -> None:
    books = (
        "《江边旧事》 商陆 著 江城人民出版社 26.00元",
        "《昆虫的邻居》 言午 著 绿叶出版社 35.00元",
    )
    listed = replace(MARKET, paragraphs=(*MARKET.paragraphs, *books))
    assert articles(in_order(listed, RUST)) == (listed, RUST)
    shelf = Article(title="新书架", paragraphs=books)
    assert articles(in_order(MARKET, shelf, RUST)) == (MARKET, shelf, RUST)


def test_a_signed_recipe_keeps_its_author() -> None:
    dish = Article(
        title="家常红烧肉",
        author="李明",
        paragraphs=(
            "原料：五花肉一斤，老抽两勺，冰糖一把。",
            "做法：肉切成方块，冷水下锅焯去血沫，捞出沥干。",
        ),
    )
    assert articles(in_order(MARKET, dish, RUST)) == (MARKET, dish, RUST)


def test_thanks_above_an_author_are_a_title() -> None:
    letter = replace(COURT, title="谢谢你们！", author="李明", affiliation="")
    assert articles(in_order(MARKET, letter, RUST)) == (MARKET, letter, RUST)


def test_verse_below_a_list_of_winners_keeps_its_author() -> None:
    prizes = Article(
        title="获奖名单",
        paragraphs=("一等奖：石伟 林若谷", "二等奖：凌霄 钟离", "三等奖：田甜 雷鸣"),
    )
    verse = replace(VERSE, title="秋天的村庄", author="陈默")
    found = articles(in_order(MARKET, prizes, verse))
    assert [(one.title, one.author) for one in found][-1] == ("秋天的村庄", "陈默")


@pytest.mark.parametrize("line", ["（编辑：略有删节）", "（校对 已经完成）", "观点仅代表作者本人"])
def test_lines_like_a_papers_notices_stay(line: str) -> None:
    page = in_order(
        replace(MARKET, paragraphs=(*MARKET.paragraphs[:1], line, *MARKET.paragraphs[1:]))
    )
    assert not cleaned(page).arrangement.furniture


@pytest.mark.parametrize("title", ["汇报★交流", "天气预报★明天", "体育新闻●足球"])
def test_a_title_with_a_star_is_no_papers_name(title: str) -> None:
    assert title not in cleaned(in_order(MARKET, replace(RUST, title=title))).arrangement.furniture
