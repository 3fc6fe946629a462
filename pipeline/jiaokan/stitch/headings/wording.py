"""What lines say by their wording: a dateline, a salutation, who signs, a list's row."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jiaokan.lazy_regex import lazy
from jiaokan.stages.separate_lines import DAY, closes_letter, heads_rows, rows
from jiaokan.stitch.blocks import Block, breaks_off, closed, is_text, short
from jiaokan.stitch.headings.features import may_head, numbered

SUBTITLE = lazy(
    r"——|--|—|－"
    r"|[（(](?:节选|節選|选载|選載|连载|連載|外[一二三四]首|组诗|組詩)[)）]$"
    r"|[（(](?:(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年[^（()）。，]{2,48}[)）]$"
)
"""What a subtitle opens with; or the day of a speech or document, in brackets."""
PADDED = lazy("[\u3400-\u9fff](?:[ \u3000]{1,4}[\u3400-\u9fff]){1,2}")
"""A name whose characters are set apart."""
ONE = lazy("(?![一二三四五六七八九十百上中下前后後])[\u3400-\u9fff]")
"""A title of one character."""
BRACKETED = lazy("【[^【】]{1,12}】|〖[^〖〗]{1,12}〗")
DATELINE = lazy(
    r"[（(【〔［\[]?(?:本报|本報|本刊|本台|本市|本埠|新华社|新華社|中新社|中央社|路透社|据|據)"
    r"[^。，]{0,24}?(?:讯|訊|电|電|消息|报道|報道|報導|记者|記者)"
    r"|[【〔［\[][^】〕］\]。，]{1,8}(?:讯|訊|电|電)[】〕］\]]"
    r"|(?:编辑|編輯)(?:同志|部)(?:同志)?[：:]"
)
SALUTATION = lazy(
    r"(?:尊敬|敬爱|亲爱|敬愛|親愛)的[^，。：:]{2,16}[：:]|各位[^，。：:]{2,14}[：:]"
    r"|[^，。：:的]{0,6}(?:编辑|編輯|记者|記者|读者|讀者|市民|同志|朋友|先生|女士|老师|老師)"
    r"(?:同志|朋友|部|们|們)?[：:]"
)
"""What a letter, a speech or a notice opens with, on a line of its own."""
_PEOPLE = (
    "居民|业主|業主|住户|住戶|村民|家长|家長|职工|職工|学生|學生|师生|師生|群众|群眾|读者|讀者|乘客|顾客|顧客"
    "|教师|教師|同学|同學|工人|社员|社員|战士|戰士"
)
SIGNED = lazy(
    r"\S{2,10}[ \u3000]{1,4}(?:全体|全體|部分|几位|幾位|一群|一位|一名"
    rf"|[二两兩三四五六七八九十]{{1,3}}[名位户戶个個])(?:{_PEOPLE})"
    rf"|\S{{2,12}}(?:全体|全體)(?:{_PEOPLE})"
    r"|(?:\S{0,8}(?:读者|讀者|市民|居民|村民|网友|網友|学生|學生|家长|家長|职工|職工|用户|用戶)"
    r"|\S{2,10}(?:省|市|县|區|区|镇|鎮|乡|鄉|村))[ \u3000：:]{1,4}[\u3400-\u9fff]{1,4}"
    r"(?:[ \u3000][\u3400-\u9fff]{1,2})?"
    rf"|\S{{2,14}}[ \u3000]{{1,4}}(?:{_PEOPLE}|市民|用户|用戶)[ \u3000]{{1,4}}"
    r"[\u3400-\u9fff]{2,4}"
)
"""Who signs a letter, with the place or what he is before the name."""
INSTITUTION = lazy(
    r"[\u3400-\u9fff（）()]{2,20}(?:公司|集团|银行|管理局|[\u3400-\u9fff]局|法院|检察院|委员会|办公室|指挥部"
    r"|管理处|管委会|工厂|[电机药纱钢]厂|医院|学校|大学|中学|小学|学院|图书馆|博物馆|协会|工会|居委会|村委会|业委会|组委会|编辑部|(?<!为)中心|服务站|[区县市镇乡]政府|合作社|派出所|党支部)"
)
"""Who signs a notice."""
ROW = lazy(r"[\u3400-\u9fff]{2,8}(?:[（(][^（()）：]{1,12}[)）])?：(?=.)")
"""A label, as rows of a list open with: 地址：…, 明天：…"""
BARE = ("byline-name", "byline-padded")
"""Rules that know an author's line by its names alone."""

LABELLED = lazy(
    r"(?:(?:联系|咨询|报名|监督|举报|服务|预约|热线|联系人|聯絡|聯繫|查詢)(?:电话|電話|方式)|计量单位|单位|單位|备注|備註|数据来源|資料來源|资料来源|制表|製表|整理|统计|电话|電話|热线|熱線|地址|联系人|聯絡人"
    r"|邮编|邮箱|电子邮箱|電子郵箱|联系地址|聯絡地址|通讯地址|通信地址|办公地址|传真|網址|网址|主办|承办|协办|主辦|承辦|協辦|时间|地点|時間|地點"
    r"|(?:会议|會議)(?:时间|時間|地点|地點)|(?:主持|记录|記錄|紀錄)人"
    r"|(?:出席|列席|缺席|参加|參加|请假|請假|应到|應到|实到|實到)(?:人员|人員|人数|人數)?)[：:].+"
    r"|(?:主持|记录|記錄|紀錄)[：:][\u3400-\u9fff](?:[ \u3000]?[\u3400-\u9fff]){1,3}"
)
"""A table's unit, a notice's telephone, who wrote the minutes: a line of its own, no heading."""
CHAIRS = lazy(r"(?:主持|整理|记录|記錄)人?[：:]")
"""What a rule takes for an author's label; in minutes it is none."""
_LABEL = r"[\u3400-\u9fff](?:[ \u3000]{0,4}[\u3400-\u9fff]){1,5}：[^：，。！？；]{1,16}"
FIELDS = lazy(rf"{_LABEL}(?:[ \u3000]{{1,12}}{_LABEL}){{1,5}}")
"""A form's row: 姓  名：王 芳    性  别：女."""
ITEM = lazy(
    r"[*+•·-](?=[ \u3000]{0,2}[^ \u3000*+•·-])|[●○■◆◇★☆▲△](?=[ \u3000]{0,2}[\u3400-\u9fff])"
)
"""What an item of a list opens with."""
DASH = lazy(r"[*+-][ \u3000]")
"""The same in Markdown."""
TABLE = lazy(
    r"[^。，！？：]{0,20}(?:榜|一览表|一覽表|明细表|对照表|价目表|時刻表|时刻表|赛程表?|賽程表?|名次|成绩|成績"
    r"|总分|總分|战绩|戰績|赛果|賽果|比赛结果|比賽結果|行情|比分|价格表?|價格表?|[前后後][一二两兩三四五六七八九十]{1,2}名"
    r"|排名|排序)[ \u3000]?(?:[（(][^（()）]{1,16}[）)])?"
)
"""What stands above the rows of a table inside an article: 积分榜, 团体总分前三名."""
BOOK = lazy(
    r"《[^》]{1,30}》[ \u3000]{0,4}[^。！？]{2,24}(?:著|[编編译譯绘繪])[ \u3000]{1,4}"
    r"[^。！？]{2,14}(?:出版社|出版公司|[书書]店|[书書]局)[^。！？]{0,24}"
)
"""A book, who wrote it and who printed it, in a list of new ones."""
PART = 4
"""Characters of a word that names a part of a table."""
BOX = lazy(
    r"[■◆●【]?(?:(?:人物|名家|嘉宾|嘉賓|专家|專家|作者|选手|選手|企业|企業)(?:名片|档案|檔案|简介|簡介|小传|小傳|小档案)"
    r"|核心提示|内容提要|內容提要|新闻提示|阅读提示|(?:新闻|新聞|相关|相關|背景|知识|知識|政策|法律)(?:链接|鏈接|連結|背景|资料|資料)"
    r"|延伸阅读|延伸閱讀|名词解释|名詞解釋|小资料|小資料|[温溫]馨提示|编后[语語话話]?|編後[語話]?|(?:专家|專家|编辑|編輯)点?评|专家提醒)[】]?"
)
"""What heads a box within an article, or a note below it: 人物名片, 相关链接, 编后."""
CAPTION = lazy(
    r"附?[图圖表][ \u3000]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:-[0-9]{1,2})?"
    r"[ \u3000：:.．][^。！？；]{2,40}"
)
"""What a table or a drawing is called: 表1 各区用电量."""
IMPRINT = lazy(
    r"[\u3400-\u9fff]{2,14}(?:出版社|出版公司|印书馆|印書館|书店|書店|书局|書局)"
    r"[ \u3000]?(?:\d{4}年)?(?:\d{1,2}月)?(?:第?[一二三四1-9]版|出版|版|刊行)"
)
"""Who printed a book, below its title in a list of new ones."""
ABOUT = lazy(r"(?![根依按据據遵现現《])[^，。！？；：、“”]{0,24}[关關][于於][^。！？；：“”]{2,24}")
KIND = lazy(
    "(?:通知|通报|通報|批复|批復|意见|意見|决定|決定|决议|決議|公告|通告|报告|報告|请示|請示|函|办法|辦法|规定|規定|命令)$"
)
OF_KIND = lazy("[^，。！？；：“”]{1,24}的[\u3400-\u9fff]{0,2}[\u3400-\u9fff]{1,2}")
"""The halves of an official document's title: 江城市政府关于加强 / 校车管理的通知."""
DOCUMENT_NUMBER = lazy(
    r"[\u3400-\u9fff]{2,8}[〔［\[（(【][ ]?(?:19|20)\d{2}[ ]?[〕］\]）)】]"
    r"[ ]?第?[ ]?\d{1,5}[ ]?[号號]"
)
"""An official document's number, below its title: 江政发〔2013〕42号."""
DRAWN = lazy(
    r"[^。，！？：]{2,20}[：:][ \u3000]?\d{1,2}(?:[ \u3000]\d{1,2}){2,9}(?:[ \u3000].{1,12})?"
)
"""The numbers that were drawn in a lottery."""
CLOSES = ("此致", "敬礼", "敬禮", "此致敬礼", "此致敬禮", "此致 敬礼", "此致　敬礼", "此致　敬禮")
"""How a letter ends."""
CODE = lazy(r"(?=.*[(){}\[\]=;])[\x20-\x7e“”‘’（）：；，！㐀-鿿]+")
"""What a line of a program is made of; Chinese in it is little."""
MOSTLY = 0.4


def programmed(text: str) -> bool:
    """Whether a line is one of a program, with some Chinese in its strings.

    >>> programmed('for i in range(3): print("你好")'), programmed("CT（三维）检查进社区")
    (True, False)
    """
    plain = sum(char.isascii() for char in text)
    return plain >= (1 - MOSTLY) * len(text) and CODE.fullmatch(text) is not None


def dated(block: Block) -> bool:
    """Whether a report begins here, with its dateline."""
    return block.role == "body" and DATELINE.match(block.text) is not None


def salutes(block: Block) -> bool:
    """Whether a letter, a speech or a notice opens here."""
    return block.role == "body" and SALUTATION.fullmatch(block.text) is not None


def parts_named(found: Sequence[Block]) -> frozenset[int]:
    """The lines in brackets right above a text, by their index, where there are several: they name
    its parts, as 【案情】 and 【评析】 do."""
    parts = [
        at
        for at, (block, below) in enumerate(pairwise(found))
        if block.role == "kicker"
        and BRACKETED.fullmatch(block.text)
        and below.role == "body"
        and not short(below)
    ]
    return frozenset(parts if len(parts) > 1 else ())


def institution(block: Block) -> bool:
    """Whether a line is an institution's name and nothing else."""
    return block.role == "body" and INSTITUTION.fullmatch(block.text) is not None


def signs_notice(found: Sequence[Block], at: int) -> bool:
    """Whether a line is the institution that signs a notice: nothing but text, and lines with its
    address and telephone, stands between it and a notice's title above it."""
    if at < 0 or not institution(found[at]):
        return False
    for block in reversed(found[:at]):
        if LABELLED.fullmatch(block.text):
            continue
        if block.role != "body" or short(block):
            return block.role == "title" and block is not found[at - 1]
    return False


def letters_signed(found: Sequence[Block]) -> list[Block]:
    """The blocks; a place and a name below a whole paragraph sign a letter, and name no author of
    what stands below. A letter's greeting and the wish below it (敬请 / 福安) are lines of their
    own, and no heading."""
    found = minutes_settled(found)
    result = list(found)
    for at, (above, block) in enumerate(pairwise(found), 1):
        if closes_letter(above.text, block.text):
            for one in (at - 1, at) if short(above) else (at,):
                result[one] = replace(found[one], role="subhead", rule="layout.subhead", name=None)
            continue
        under_text = is_text(above) and closed(above.text)
        bare = block.role == "byline" and block.rule == "byline-name"
        if under_text and bare and SIGNED.fullmatch(block.text):
            result[at] = replace(block, role="body", rule="layout.body", name=None)
    return result


def minutes_settled(found: Sequence[Block]) -> list[Block]:
    """The blocks; who was in the chair (主持人：) is no author right below a line with a label of
    the minutes' own (地点：)."""
    result = list(found)
    for at, (above, block) in enumerate(pairwise(found), 1):
        chair = block.role == "byline" and not block.blanks and CHAIRS.match(block.text)
        if chair and LABELLED.fullmatch(above.text):
            result[at] = replace(block, role="body", rule="layout.body", name=None)
    return result


def names_settled(found: Sequence[Block]) -> list[Block]:
    """The blocks; two words that would do for names (李大树 成栋梁) are none where a title's line
    and an author's with a label of its own stand right below."""
    result = list(found)
    for at, block in enumerate(found[:-2]):
        bare = block.role == "byline" and block.rule in BARE
        line, author = found[at + 1], found[at + 2]
        tight = bare and not line.blanks and not author.blanks and may_head(line)
        if tight and author.role == "byline" and author.rule not in BARE and line.role == "body":
            result[at] = replace(block, role="body", rule="layout.body", name=None)
    return result


def one_character(found: Sequence[Block]) -> list[Block]:
    """The blocks; one character between a text and an author's name, its characters set apart, is
    the title: 蝉 over 柏　舟. A number is a chapter's."""
    result = list(found)
    for at, (title, author, text) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        above = found[at - 1] if at else None
        apart = above is None or above.role != "body" or not (short(above) or breaks_off(above))
        named = author.role in ("body", "byline") and PADDED.fullmatch(author.text)
        body = is_text(text)
        if title.role == "body" and ONE.fullmatch(title.text) and apart and named and body:
            result[at] = replace(title, role="title", rule="layout.title")
            name = (author.start, author.end)
            result[at + 1] = replace(author, role="byline", rule="byline-padded", name=name)
    return result


def names_genre(found: Sequence[Block], at: int) -> bool:
    """Whether a line between a title and its author, or its text, says what kind of writing it is:
    童话. Such a line above a title is that one's column."""
    if not at or not found[at].rule.startswith("kicker-genre"):
        return False
    above, below = found[at - 1], found[at + 1] if at + 1 < len(found) else None
    heads = above.role in ("title", "byline") or (above.role == "body" and short(above))
    return heads and (below is None or below.role == "byline" or not may_head(below))


def supplement_settled(found: Sequence[Block]) -> list[Block]:
    """The blocks; a supplement's name at the page's top is the page's, and no article's, where
    another column's name stands between it and a title."""
    result = list(found)
    for at, block in enumerate(found[:-3]):
        column, title, below = found[at + 1 : at + 4]
        heads = column.role in ("body", "kicker") and title.role in ("body", "title")
        apart = column.blanks > 0 and may_head(column) and may_head(title)
        text = below.role == "byline" or is_text(below)
        if block.rule == "kicker-supplement" and heads and apart and text:
            result[at] = replace(block, role="furniture")
    return result


def dashed(block: Block) -> bool:
    """Whether a line would be a subtitle below a title."""
    bracketed = block.role == "body" and block.text[0] in "（("
    return (may_head(block) or bracketed) and SUBTITLE.match(block.text) is not None


def own_line(block: Block) -> bool:
    """Whether a line is a label with what belongs to it, or one of a program."""
    text = block.text
    bare = text[1:-1] if text[0] + text[-1] in ("（）", "()") else text
    known = LABELLED.fullmatch(bare) or IMPRINT.fullmatch(text) or CAPTION.fullmatch(text)
    known = known or DOCUMENT_NUMBER.fullmatch(text) or FIELDS.fullmatch(text)
    known = known or DRAWN.fullmatch(text) or BOOK.fullmatch(text)
    return known is not None or text in CLOSES or programmed(text)


def heads_document(found: Sequence[Block], at: int) -> bool:
    """Whether a line and the one below are the title of an official document, what it is about and
    its kind, with no text above that breaks off."""
    line, below = found[at], found[at + 1]
    return (
        {line.role, below.role} <= {"body", "title"}
        and not (at and breaks_off(found[at - 1]))
        and ABOUT.fullmatch(line.text) is not None
        and KIND.search(line.text) is None
        and KIND.search(below.text) is not None
        and OF_KIND.fullmatch(below.text) is not None
    )


def titles_table(found: Sequence[Block], at: int) -> bool:
    """Whether a line says that a table stands below it, and rows do, within an article's text or
    below another table's rows."""
    if not at or at + 2 >= len(found) or TABLE.fullmatch(found[at].text) is None:
        return False
    head, row = found[at + 1], found[at + 2]
    ranked = all(numbered(one) and short(one) for one in (head, row))
    return _inside(found, at) and (
        ranked or rows(head.text, row.text) or heads_rows(head.text, row.text)
    )


def _inside(found: Sequence[Block], at: int) -> bool:
    """Whether text stands above a table's heading, other tables between at most."""
    while not is_text(found[at - 1]):
        if at < 2 or not rows(found[at - 2].text, found[at - 1].text):
            return False
        at = next((one for one in range(at - 1, 0, -1) if TABLE.fullmatch(found[one].text)), 0)
        if not at:
            return False
    return True


def parts_table(found: Sequence[Block], at: int) -> bool:
    """Whether a word between a table's rows and more of them right below it names a part of the
    table: 热菜 and 主食 in a menu."""
    if not 2 <= at < len(found) - 1 or found[at + 1].blanks or len(found[at].text) > PART:
        return False
    row = found[at + 1].text
    return rows(found[at - 2].text, found[at - 1].text) and rows(found[at - 1].text, row)


def heads_box(found: Sequence[Block], at: int) -> bool:
    """Whether a line heads a box of its article: text stands below it, and text or an author's line
    above. Above a title such words are a column's."""
    if not at or at + 1 >= len(found) or BOX.fullmatch(found[at].text) is None:
        return False
    above, below = found[at - 1], found[at + 1]
    inside = above.role in ("byline", "affiliation", "signature", "body")
    return inside and not breaks_off(above) and is_text(below)


def is_row(found: Sequence[Block], at: int) -> bool:
    """Whether a line is no heading since it is a list's or a table's row, or a line of its own."""
    block = found[at]
    if block.role != "body" or not may_head(block) or block.mark > 0:
        return False
    return stands_apart(found, at) or listed(found, at)


def stands_apart(found: Sequence[Block], at: int) -> bool:
    """Whether a line is one of its own, within a text or above rows."""
    boxed = heads_box(found, at)
    return own_line(found[at]) or boxed or titles_table(found, at) or parts_table(found, at)


def itemized(found: Sequence[Block], at: int) -> bool:
    """Whether a line is an item of a list: the one right above or below opens with its mark. Of a
    list in Markdown blank lines may part the items."""
    text = found[at].text
    loose = DASH.match(text) is not None
    beside = [found[at - 1].text] if at and (loose or not found[at].blanks) else []
    beside += [block.text for block in found[at + 1 : at + 2] if loose or not block.blanks]
    return ITEM.match(text) is not None and any(
        other[0] == text[0] and ITEM.match(other) for other in beside
    )


def listed_in_markdown(found: Sequence[Block], at: int) -> bool:
    """Whether a line is an item of a list in Markdown."""
    return DASH.match(found[at].text) is not None and itemized(found, at)


def listed(found: Sequence[Block], at: int) -> bool:
    """Whether a line and the one beside it are rows of a list or a table."""
    text = found[at].text
    beside = [found[one] for one in (at - 1, at + 1) if 0 <= one < len(found)]
    texts = [other.text for other in beside if other.role == "body"]
    if "：" in text and ROW.match(text) and any(map(ROW.match, texts)):
        return True
    if DAY.match(text) and any(map(DAY.match, texts)):
        return True  # a programme's
    if itemized(found, at):
        return True
    if any(rows(text, other) for other in texts):
        return True
    return at + 1 < len(found) and heads_rows(text, found[at + 1].text)
