"""What newspapers set in ways of their own: slogans over a title, offices, signatures, stanzas."""

from dataclasses import replace

import pytest
from jiaokan.article import Article
from stitched import COURT, FURNACE, MARKET, RUST, articles, cleaned, in_order

SHORT = replace(MARKET, paragraphs=MARKET.paragraphs[:2])


def spread(text: str) -> str:
    """The text with a blank between all characters, as some engines give it."""
    return "\n".join(" ".join(line) for line in text.split("\n"))


def test_blanks_between_all_characters_are_no_gutter() -> None:
    lines = (
        "法院审理后认为,根据民法典的规定",
        ",经调查难以确定具体侵权人的,除",
        "能够证明自己不是侵权人的外,由可",
        "能加害的建筑物使用人给予补偿。审",
        "理中,有六户居民证明自己不在家。",
    )
    found = cleaned(spread("\n".join(lines)) + "\n")
    assert found.arrangement.articles[0].paragraphs == ("".join(lines).replace(",", "，"),)
    assert not [one for one in found.findings if one.rule == "layout.gutter"]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("市中医院 庞 济 川", "市中医院 庞济川"),
        ("反诈中心 展 一 帆", "反诈中心 展一帆"),
        ("市人民医院 主任医师 干 鸿", "市人民医院 主任医师 干鸿"),
    ],
)
def test_an_office_before_a_padded_name_is_the_authors(line: str, author: str) -> None:
    page = in_order(COURT, replace(SHORT, author="@")).replace("\n\n@", "\n" + line)
    assert [one.title for one in articles(page)] == [COURT.title, SHORT.title]
    assert articles(page)[1].author.replace(" ", "") == author.replace(" ", "")


def test_a_slogan_over_a_title_names_nobody() -> None:
    head = "全市重点工程推进会举行\n\n抢工期 赶进度\n确保早市年内搬进新棚\n本报记者 林 若 谷\n"
    page = head + "\n" + "\n\n".join(MARKET.paragraphs) + "\n\n" + in_order(RUST)
    first, second = articles(page)
    assert (first.kicker, first.author) == ("全市重点工程推进会举行", "林若谷")
    assert first.title.replace(" ", "") == "抢工期赶进度确保早市年内搬进新棚"
    assert second == RUST


def test_a_title_on_two_lines_with_a_comma_at_the_pages_top() -> None:
    head = "停了两年，老街的早市回来了\n头一天，豆腐卖得精光\n本报记者 林若谷 文/图\n"
    page = head + "\n" + "\n\n".join(MARKET.paragraphs) + "\n\n" + in_order(RUST)
    first, second = articles(page)
    assert first.title.replace(" ", "") == "停了两年，老街的早市回来了头一天，豆腐卖得精光"
    assert second == RUST


def test_sub_headings_that_begin_alike() -> None:
    parts = ("坚持以人为本，把摊位还给住户", "坚持分区经营，把通道留给急救")
    first, second, third = MARKET.paragraphs
    wanted = replace(MARKET, paragraphs=(first, parts[0], second, parts[1], third))
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


def test_an_institution_below_its_telephone_signs_a_notice() -> None:
    notice = replace(
        SHORT,
        title="招标公告",
        author="",
        paragraphs=(
            "我院拟对门诊楼空调系统进行维修，欢迎具备相应资质的单位于本月底以前报名。",
            "联系电话：0712-3456789",
            "江城市第三医院",
        ),
    )
    assert articles(in_order(notice, RUST)) == (notice, RUST)


@pytest.mark.parametrize(
    "signed",
    ["柳林小区 十二户居民", "三里亭小区 部分业主", "江北市铁东区　居民　冯凤岐"],
)
def test_neighbours_who_sign_a_letter_head_nothing(signed: str) -> None:
    letter = replace(SHORT, author="", paragraphs=(*SHORT.paragraphs, signed))
    assert articles(in_order(letter, RUST)) == (letter, RUST)


def test_a_stanza_that_opens_with_one_character() -> None:
    stanza = ("醒", "是一粒草籽翻了个身", "碰疼了睡在它旁边的", "另一粒草籽")
    page = "春天的动词\n林若谷\n\n" + "\n".join(stanza) + "\n\n" + in_order(RUST)
    first, second = articles(page)
    assert (first.title, first.paragraphs) == ("春天的动词", stanza)
    assert second == RUST


def test_no_paragraph_begins_with_a_full_stop() -> None:
    first, second = MARKET.paragraphs[0], COURT.paragraphs[0]
    tail = COURT.paragraphs[1]
    page = (
        f"{MARKET.title}\n{MARKET.author}\n\n{first}\n\n"
        f"{COURT.title}\n{COURT.author}\n\n{second[:-1]}\n\n"
        f"{MARKET.paragraphs[1]}\n\n。\n\n{tail}\n"
    )
    bodies = ["".join(one.paragraphs) for one in articles(page)]
    assert all("。。" not in text for text in bodies)
    assert sorted("".join(bodies)) == sorted(first + second + MARKET.paragraphs[1] + tail)
    assert any(second in text for text in bodies)


def test_a_bar_that_was_read_between_paragraphs_is_dirt() -> None:
    page = in_order(SHORT, RUST).replace("\n\n早市重新", "\n\n.|\n\n早市重新")
    found = cleaned(page)
    assert found.arrangement.articles == (SHORT, RUST)
    assert ".|" in found.arrangement.furniture


def test_a_dateline_alone_on_its_line_names_the_author() -> None:
    page = in_order(COURT, replace(SHORT, author="本报讯（记者 仓 实）"), RUST)
    assert articles(page) == (COURT, replace(SHORT, author="仓实"), RUST)


@pytest.mark.parametrize("title", ["短讯", "讲座预告"])
def test_the_name_of_short_news_is_their_title(title: str) -> None:
    short = replace(SHORT, title=title, author="")
    assert articles(in_order(COURT, short, RUST)) == (COURT, short, RUST)


def test_a_padded_name_in_brackets_stays_as_it_was_set() -> None:
    asked = "问：押金他说只退一半，请问合理吗？（读者 小 辛）"
    answer = "答：不合理，应当退还全部押金。（律师 关 正 明）"
    (one,) = articles(f"押金能退吗\n\n{asked}\n\n{answer}\n")
    assert one.paragraphs == (asked, answer)


def test_a_supplement_over_a_column_is_the_pages_name() -> None:
    wanted = replace(SHORT, kicker="专家门诊")
    found = cleaned("健康周刊\n\n" + in_order(wanted, RUST))
    assert found.arrangement.articles == (wanted, RUST)
    assert found.arrangement.furniture == ("健康周刊",)


def test_a_supplement_over_a_title_is_its_column() -> None:
    wanted = replace(SHORT, kicker="健康周刊")
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


@pytest.mark.parametrize(
    ("title", "first"),
    [
        (
            "渡口糖厂下月开榨",
            "〔渡口讯〕渡口糖厂今年的榨季定于十二月五日开始，预定压榨甘蔗三十八万公吨，厂方请蔗农采收时勿夹带泥土。",
        ),
        ("读者来信", "编辑同志："),
        (
            "讣 告",
            "江城林业局原总工程师周大川同志因病医治无效，于2023年6月22日4时10分逝世，享年93岁。",
        ),
    ],
)
def test_what_heads_a_report_a_letter_or_a_notice_is_a_title(title: str, first: str) -> None:
    body = (first, *MARKET.paragraphs[:2])
    above = replace(COURT, affiliation="")
    page = in_order(above, replace(SHORT, title=title, author="", paragraphs=body))
    found = articles(page)
    assert [one.title for one in found] == [COURT.title, title]
    assert found[1].paragraphs == body


def test_how_a_letter_ends_heads_nothing() -> None:
    ends = ("此致", "敬礼", "一个坐了四年的人", "2021年6月18日")
    wanted = replace(SHORT, paragraphs=(*SHORT.paragraphs, *ends))
    page = in_order(RUST, wanted).replace("\n\n敬", "\n敬").replace("\n\n2021", "\n2021")
    assert articles(page) == (RUST, wanted)


def test_a_bracket_alone_on_its_line_is_no_title() -> None:
    note = "（本期解答律师：江城律师事务所 李文静）"
    asked = ("问：押金他说只退一半，请问合理吗？", "答：不合理，应当退还全部押金。", note)
    found = articles(in_order(RUST, replace(SHORT, title="律师信箱", author="", paragraphs=asked)))
    assert all(one.title not in note for one in found if one.title)


def test_scores_below_the_names_of_their_columns() -> None:
    rows = (
        "主队 比分 客队",
        "江源银行 3:1 海州港务",
        "南岭化工 3:2 滨河钢铁",
        "（比赛均于昨日结束）",
    )
    table = replace(SHORT, title="乒超联赛第三轮战报", author="", paragraphs=rows)
    page = in_order(RUST, table).replace("\n\n江源", "\n江源").replace("\n\n南岭", "\n南岭")
    assert articles(page) == (RUST, table)


def test_items_behind_one_mark_stay_lines() -> None:
    items = (
        "●愿爸爸的下岗通知书是最后一张。——初二学生 方圆",
        "●愿我的学生比我走得远。——山村教师 牟春来",
        "●愿千年虫只是一条虫。——程序员 祖冲",
    )
    wanted = replace(SHORT, paragraphs=(*SHORT.paragraphs, *items))
    assert articles(in_order(RUST, wanted)) == (RUST, wanted)


def test_a_marked_line_with_a_colon_above_rows_is_a_title() -> None:
    rows = (
        "润肺：百合、银耳、雪梨各适量，与粳米同煮，适合干咳少痰的人。",
        "健脾：山药、莲子、芡实各20克，与粳米同煮，适合食欲不振的人。",
    )
    wanted = replace(SHORT, title="养生堂：秋天喝粥有讲究", author="", paragraphs=rows)
    page = in_order(replace(COURT, affiliation=""), wanted)
    for title in (COURT.title, wanted.title):
        page = page.replace(title, "# " + title)
    assert [one.title for one in articles(page)] == [COURT.title, wanted.title]


def test_a_numbered_title_above_its_author_and_the_kind_of_writing() -> None:
    wanted = replace(SHORT, kicker="小小说", title="第七节车厢", author="庞羽")
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


def test_rows_of_hours_are_lines_of_their_own_below_a_title() -> None:
    broken = replace(COURT, affiliation="", paragraphs=(COURT.paragraphs[0][:50],))
    rows = ("早餐 6:30—8:00", "午餐 11:30—13:00", "晚餐 17:30—19:30")
    notice = replace(
        SHORT, title="春节期间食堂开饭时间", author="", paragraphs=(*rows, RUST.paragraphs[2])
    )
    page = in_order(broken, notice).replace("\n\n午", "\n午").replace("\n\n晚", "\n晚")
    assert articles(page)[1] == notice


def test_a_programmes_days_stay_rows() -> None:
    days = (
        "五月二十日（三）上午九时至下午五时 渡口三号出口",
        "五月二十三日（六）上午九时至下午五时 土地庙广场",
        "五月二十四日（日）下午一时至五时 小学校门口",
    )
    wanted = replace(SHORT, paragraphs=(*SHORT.paragraphs, *days))
    found = articles(in_order(RUST, wanted))
    assert found == (RUST, wanted)


def test_a_tables_unit_in_brackets_is_no_title() -> None:
    rows = (
        "品名 规格 最高价 最低价",
        "黄瓜 一级 2.40 1.80",
        "番茄 一级 3.20 2.60",
        "（单位：元/公斤）",
    )
    wanted = replace(SHORT, title="昨日农产品批发价格", author="", paragraphs=rows)
    found = articles(in_order(RUST, wanted))
    assert [one.title for one in found] == [RUST.title, wanted.title]
    assert found[1].paragraphs == rows


def test_paragraphs_between_blank_lines_stay_apart() -> None:
    first = (
        "据新华社北京6月21日电 中国人民银行新闻发言人表示，决定进一步推进人民币汇率形成机制改革，"
        "增强人民币汇率弹性。"
    )
    second = (
        "发言人指出，此次改革重在坚持以市场供求为基础，参考一篮子货币进行调节，"
        "不进行一次性重估调整。"
    )
    bank = replace(SHORT, title="人民币汇率弹性增强", author="", paragraphs=(first, second))
    torn = COURT.paragraphs[1]
    page = in_order(
        replace(COURT, affiliation="", paragraphs=(COURT.paragraphs[0], torn[:40])), bank
    )
    found = articles(page + f"\n{torn[40:]}\n\n{COURT.paragraphs[2]}\n")
    assert found[1].paragraphs == (first, second)


@pytest.mark.parametrize("genre", ["童话", "连载", "散文", "（童话）"])
@pytest.mark.parametrize("author", ["林若谷", ""])
def test_the_kind_of_writing_below_a_title_is_no_author(genre: str, author: str) -> None:
    wanted = replace(SHORT, kicker=genre, title="会唱歌的石头", author=author)
    page = in_order(replace(wanted, kicker=""), RUST)
    page = page.replace(wanted.title, f"{wanted.title}\n\n{genre}")
    assert articles(page) == (wanted, RUST)


@pytest.mark.parametrize(
    ("line", "name"),
    [("文/图 半 亩", "半亩"), ("制表/本报记者 桑梓", "桑梓"), ("图文 李大川", "李大川")],
)
def test_who_wrote_and_drew_is_the_author(line: str, name: str) -> None:
    wanted = replace(SHORT, author=name)
    page = in_order(RUST, replace(wanted, author=line))
    found = articles(page)
    assert (found[1].title, found[1].kicker) == (wanted.title, "")
    assert found[1].author.replace(" ", "") == name


@pytest.mark.parametrize("title", ["律师信箱", "问律师"])
def test_a_column_of_questions_and_answers_has_a_title(title: str) -> None:
    rights = replace(
        SHORT,
        title=title,
        author="",
        paragraphs=(
            "问：我租的房子，房东把房子卖了，新房东让我三天内搬走，合法吗？",
            "答：不合法。买卖不破租赁，租期没有到，新房东应当继续履行原来的合同。",
            "问：公司不给我开离职证明，我该怎么办？",
            "答：可以向劳动监察部门投诉，造成损失的还可以要求赔偿。",
        ),
    )
    assert articles(in_order(COURT, rights)) == (COURT, rights)
    market = replace(MARKET, paragraphs=MARKET.paragraphs[:1])
    assert articles(in_order(market, rights)) == (market, rights)


def test_a_line_below_a_text_that_breaks_off_is_sooner_a_title() -> None:
    page = ["革新花开", *FURNACE]
    assert [one.title for one in articles("\n\n".join(page) + "\n")] == [page[1], page[4]]


def test_a_pupils_class_before_a_name_is_the_authors() -> None:
    page = in_order(COURT, replace(SHORT, author="江边小学五（3）班　林 若 谷"))
    assert [one.title for one in articles(page)] == [COURT.title, SHORT.title]
    assert articles(page)[1].author.replace("　", "").replace(" ", "") == "江边小学五（3）班林若谷"


def test_a_pupils_poem_has_its_title_and_author() -> None:
    poem = "星星\n\n四年级 林 若 谷\n\n星星是天空的眼睛\n一眨一眨\n它看见我踢了被子\n就叫月亮来"
    found = articles(in_order(COURT) + "\n小诗苗\n\n" + poem + "\n")[1]
    assert (found.kicker, found.title) == ("小诗苗", "星星")
    assert found.author.replace(" ", "") == "四年级林若谷"


def test_a_letter_that_opens_in_its_first_line_and_is_signed_by_all() -> None:
    letter = (
        "批評與建議",
        "編輯同志：我們學校門前的公路橋壞了兩個多月，木板朽了三塊，上學十分危險。希望趕快派人修理。",
        "東關小學全體教師",
        "啟事",
        "本報各地通訊員同志：自下月起來稿請用稿紙單面謄寫，並註明真實姓名和通訊地址。",
    )
    found = articles("\n\n".join((*FURNACE[:2], *letter)) + "\n")
    assert [(one.title, one.paragraphs) for one in found][1:] == [
        (letter[0], letter[1:3]),
        (letter[3], letter[4:]),
    ]


@pytest.mark.parametrize(
    "foot",
    [
        "社址：江城市解放路　代号21—7　每份二分",
        "本报社址：江城中山路二五五号　电话：二三四一七",
        "通讯处：县委宣传部报道组",
        "来稿请寄 fukan@jc.com.cn　本报有删改权，不付稿酬",
        "（下转第41页）",
    ],
)
def test_the_papers_foot_stands_in_no_article(foot: str) -> None:
    found = cleaned(in_order(MARKET) + "\n" + foot + "\n").arrangement
    assert [one.paragraphs for one in found.articles] == [MARKET.paragraphs]
    assert [line.replace("　", "") for line in found.furniture] == [foot.replace("　", "")]


def test_an_authors_line_that_is_broken_behind_a_label() -> None:
    head = f"{MARKET.title}\n本报记者 林若谷 通讯员\n冯麦"
    (found,) = articles("\n\n".join([head, *MARKET.paragraphs]) + "\n")
    assert (found.title, found.author) == (MARKET.title, "林若谷 通讯员 冯麦")
    assert found.paragraphs == MARKET.paragraphs


@pytest.mark.parametrize("kind", ["通知", "批复"])
def test_a_documents_title_on_two_lines(kind: str) -> None:
    first, second = "江城市人民政府关于进一步加强", f"校车安全管理工作的{kind}"
    number = "江政发〔2013〕42号"
    page = "\n\n".join([first, second, number, *MARKET.paragraphs]) + "\n\n" + in_order(RUST)
    wanted = Article(title=first + second, paragraphs=(number, *MARKET.paragraphs))
    assert articles(page) == (wanted, RUST)


def test_a_chapters_number_and_name_are_no_author() -> None:
    chapter = "七　夜雨"
    wanted = replace(SHORT, kicker="小说连载", paragraphs=(chapter, *SHORT.paragraphs))
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


def test_a_title_of_one_character_above_a_name_that_is_set_apart() -> None:
    page = in_order(RUST) + "\n蝉\n柏　舟\n\n" + "\n\n".join(MARKET.paragraphs) + "\n"
    assert articles(page) == (RUST, replace(MARKET, title="蝉", author="柏舟"))


@pytest.mark.parametrize("line", ["林 大 川　　冯 红 梅", "林 大 川　冯 红 梅"])
def test_two_authors_whose_characters_are_set_apart(line: str) -> None:
    page = in_order(RUST, replace(SHORT, author=line))
    assert articles(page) == (RUST, replace(SHORT, author="林大川　冯红梅"))


@pytest.mark.parametrize(
    "line",
    [
        "遗失声明　江城五金经营部遗失营业执照副本一份，声明作废。",
        "招聘　本厂诚聘车工五名，包吃住。电话：1234-5678901 联系人：李先生",
        "来信请寄：江城市解放路12号《江城日报》群众工作部　邮编 123456",
        "（本报文字未经许可不得转载）",
        "承印者：江城印務公司　濱海道十二號　電話：四一二三",
    ],
)
def test_advertisements_and_the_papers_own_lines_stand_in_no_article(line: str) -> None:
    found = cleaned(in_order(RUST) + f"\n{line}\n\n" + in_order(SHORT)).arrangement
    assert found.articles == (RUST, SHORT)
    assert len(found.furniture) == 1


@pytest.mark.parametrize("line", ["（江城市自来水公司）", "（江城市安全管理局，江南江城 123456）"])
def test_an_institution_in_brackets_below_a_text_is_its_authors(line: str) -> None:
    wanted = replace(SHORT, affiliation=line)
    assert articles(in_order(wanted, RUST)) == (wanted, RUST)


def test_a_place_and_a_name_below_a_letter_are_no_column_of_the_next() -> None:
    signed = "江北市铁东区　居民　冯凤岐"
    letter = replace(SHORT, author="", paragraphs=("编辑同志：", *SHORT.paragraphs, signed))
    below = replace(COURT, author="", paragraphs=("编辑同志：", *COURT.paragraphs))
    assert articles(in_order(letter, below)) == (letter, below)


def test_a_journals_folio_below_an_affiliation_stands_in_no_article() -> None:
    found = cleaned(in_order(SHORT, RUST) + "\n082　　江声月刊\n").arrangement
    assert (found.articles, found.furniture) == ((SHORT, RUST), ("082　　江声月刊",))


def test_a_mark_that_was_read_twice_at_a_seam_is_dropped() -> None:
    first, second = MARKET.paragraphs[0], COURT.paragraphs[0]
    cut, other = first.index("，", 40) + 1, second.index("，", 30) + 1
    page = [
        *(MARKET.title, MARKET.author, first[:cut]),
        *(COURT.title, COURT.author, second[:other]),
        *("，" + first[cut:], *MARKET.paragraphs[1:]),
        *("，" + second[other:], *COURT.paragraphs[1:]),
    ]
    found = articles("\n\n".join(page) + "\n")
    assert [one.paragraphs for one in found] == [MARKET.paragraphs, COURT.paragraphs]
