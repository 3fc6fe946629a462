"""Script: what is converted, what stays, what is reported."""

from typing import Literal

import pytest
from jiaokan.code_points import forget
from jiaokan.edit import Edit, apply, ordered
from jiaokan.finding import Finding
from jiaokan.rulebook import Rulebook, load
from jiaokan.rulebook.rule import ScriptRule
from jiaokan.stages import script
from jiaokan.stages.context import Context, Script

NO_RULES = Rulebook((), "")

TO_SIMPLIFIED = [
    ("青島启动城市更新", "青岛启动城市更新"),
    ("从“中樞大脑”的指挥", "从“中枢大脑”的指挥"),
    ("以此为藉口", "以此为借口"),
    ("有所凭藉", "有所凭借"),
    ("计畫经济", "计划经济"),
    ("計畫经济", "计划经济"),
    ("一块饼乾", "一块饼干"),
    ("位於山东", "位于山东"),
    ("太后後来", "太后后来"),
    ("若干幹部", "若干干部"),
    ("什麼时候", "什么时候"),
    ("羣众登上高峯", "群众登上高峰"),
    ("隨著时间", "随着时间"),
    ("聊著天氣", "聊着天气"),
    ("標誌著新时代", "标志着新时代"),
    ("有著悠久歷史", "有着悠久历史"),
    ("這裡没有著过书，李开著，有著名学者", "这里没有著过书，李开著，有著名学者"),
    ("书面答覆", "书面答复"),
    ("項鍊", "项链"),
    ("特徵明显", "特征明显"),
    ("傢俱城", "家具城"),
    ("我們認真瞭解情况", "我们认真了解情况"),
    ("沈瀋陽", "沈沈阳"),
]

STAYS_SIMPLIFIED = [
    "乾隆年间，乾坤朗朗",
    "慰藉人心，杯盘狼藉",
    "显著提高，著作等身，著名学者",
    "登高瞭望",
    "全覆盖，颠覆，违反覆盖面要求",
    "魏徵",
    "坏了一点",
    "什么东西",
    "沈阳的沈先生",
    "昇腾芯片",
    "像样的俱乐部",
    "赵孟頫",
    "東京はいつも雨，國際フォーラム",
    "대한민국（大韓民國）的汉字写法",
    "演员渡辺謙与导演黒澤明的电影",
    "皇后、公里、干涉、面子、里弄",
]

TO_TRADITIONAL = [
    ("英雄豪杰，杰出的人", "英雄豪傑，傑出的人"),
    ("養了两只鸡和一只小狗", "養了兩隻雞和一隻小狗"),
    ("国家發展", "國家發展"),
    ("她的头发很長", "她的頭髮很長"),
    ("理发店", "理髮店"),
    ("这裡", "這裡"),
    ("以后再說", "以後再說"),
    ("吃饼干", "吃餅乾"),
    ("十分钟", "十分鐘"),
    ("关系複雜", "關係複雜"),
    ("因为他為人正直", "因為他為人正直"),
    ("因为他爲人正直，爲善", "因爲他爲人正直，爲善"),
]

STAYS_TRADITIONAL = [
    "不准進入，照准，核准備查",
    "校長胡志明與局長胡適說",
    "余生於紹興，余年二十，余情其信芳",
    "小船劃過天空？不，小船划過湖面",
    "採訪歌手張杰、陳英杰與李杰",
    "新征程，征人早發",
    "主持人于美人，于一平",
    "上卷第三卷上篇，那卷書，發卷給學生，卷雲",
    "江干區的人干犯法紀，干你什麼事",
    "范文瀾、范本初與母范氏",
    "采石磯前擊筑，采菊東籬下",
    "索馬里海域",
    "下面條列各項",
    "海運成為定制，家具定制服務",
    "知止而后有定",
    "這只手機與兩只耳環",
    "經云風雨如晦，乙丑生，漏斗口",
    "伙計王世杰在胡同口采風",
    "恒生指數",
    "米發霉了，防霉劑",
    "合伙人與伙伴",
    "那一只用了四十年的陶甕",
    "手上戴著一只戒指",
    "皇后與王后",
    "三公里",
    "干涉內政",
    "座標系上",
    "台灣周圍的群眾",
    "看着、看著",
    "茶几",
    "范仲淹",
    "山谷、白雲、松樹",
]

STAYS_BESIDE_STRAYS = "这些国家，"
"""Before right traditional text: a page that holds simplified characters, too."""


@pytest.mark.parametrize("text", STAYS_TRADITIONAL)
def test_stays_on_a_traditional_page_with_strays(text: str) -> None:
    assert act(STAYS_BESIDE_STRAYS + text, "traditional") == ("這些國家，" + text, [])


NAMES = ["李乾和与王乾一", "文徵明的画", "洪昇的《长生殿》", "商於之地", "风起于青蘋之末"]
"""With characters of the other script that names keep on a simplified page."""


@pytest.mark.parametrize("text", NAMES)
def test_names_keep_their_characters(text: str) -> None:
    assert act(text, "simplified")[0] == text


def test_a_phrase_alone_changes_no_page_without_strays() -> None:
    clean, (finding,) = act("他的面前放著一盆面粉，以資憑證", "traditional")
    assert "面粉" in clean
    assert [one.text for one in finding.alternatives] == ["面", "麵"]
    assert act("这些面粉，以資憑證", "traditional") == ("這些麵粉，以資憑證", [])


REPORTED: list[tuple[Script, str, str, list[str]]] = [
    ("simplified", "这里写着一个乾字", "乾", ["干", "乾"]),
    ("simplified", "他藉她的书", "藉", ["借", "藉"]),
    ("traditional", "那钟很大", "钟", ["鐘", "鍾"]),
    ("traditional", "他说脏", "脏", ["髒", "臟"]),
]


def act(
    text: str, target: Script | Literal["mixed"], rules: Rulebook = NO_RULES
) -> tuple[str, list[Finding]]:
    """The text afterwards, and what was reported."""
    items = list(script.run(text, Context(target, rules)))
    edits = ordered((item for item in items if isinstance(item, Edit)), text)
    return apply(text, edits), [item for item in items if isinstance(item, Finding)]


@pytest.mark.parametrize(("raw", "clean"), TO_SIMPLIFIED)
def test_to_simplified(raw: str, clean: str) -> None:
    assert act(raw, "simplified") == (clean, [])
    assert act(clean, "simplified") == (clean, [])


@pytest.mark.parametrize("text", STAYS_SIMPLIFIED)
def test_stays_on_a_simplified_page(text: str) -> None:
    assert act(text, "simplified") == (text, [])


@pytest.mark.parametrize(("raw", "clean"), TO_TRADITIONAL)
def test_to_traditional(raw: str, clean: str) -> None:
    assert act(raw, "traditional") == (clean, [])
    assert act(clean, "traditional") == (clean, [])


@pytest.mark.parametrize("text", STAYS_TRADITIONAL)
def test_stays_on_a_traditional_page(text: str) -> None:
    assert act(text, "traditional") == (text, [])


@pytest.mark.parametrize(("target", "raw", "doubtful", "readings"), REPORTED)
def test_reported(target: Script, raw: str, doubtful: str, readings: list[str]) -> None:
    clean, (finding,) = act(raw, target)
    assert clean.count(doubtful) == 1
    assert finding.text == doubtful
    assert [alternative.text for alternative in finding.alternatives] == readings


MENTIONED: list[tuple[Script, str, list[str]]] = [
    ("simplified", "“发”字由“發”和“髮”合并而来", ["發", "髮"]),
    ("simplified", "“師範”二字用的是繁体。", ["師", "範"]),
    ("simplified", "右下角的款识是“歲在辛酉”。", ["歲"]),
    ("traditional", "這塊匾上寫成「头发」，是簡體字。", ["头", "发"]),
    ("simplified", "这个「國」字写得好", ["國"]),
    ("traditional", "“發”字寫作“发”", ["发"]),
    ("simplified", "“喫茶”“吃茶”并见于古籍。", ["喫"]),
    ("simplified", "简化时，“干(gān)、幹”并作“干”。", ["幹"]),
]


@pytest.mark.parametrize(("target", "text", "spoken_of"), MENTIONED)
def test_a_character_that_is_spoken_of_stays(
    target: Script, text: str, spoken_of: list[str]
) -> None:
    clean, findings = act(text, target)
    assert clean == text
    assert [(one.rule, one.text) for one in findings] == [
        ("script.mentioned", character) for character in spoken_of
    ]
    assert [text[one.start : one.end] for one in findings] == spoken_of


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("他说“發展”", "他说“发展”"),
        ("“國", "“国"),
        ("他说：“國家", "他说：“国家"),
        (
            "碑文难认，他说：“後人翻刻，精神气没有了。”",
            "碑文难认，他说：“后人翻刻，精神气没有了。”",
        ),
        ("孩子写作业时問：“以後呢？”", "孩子写作业时问：“以后呢？”"),
        ("匾是老的，落款的人却還在。", "匾是老的，落款的人却还在。"),
    ],
)
def test_a_word_between_quotation_marks_is_used(raw: str, clean: str) -> None:
    assert act(raw, "simplified") == (clean, [])


def test_on_a_page_in_both_scripts_a_line_is_brought_to_its_own() -> None:
    simple = "光绪末年，这座楼毁于战乱，民国八年商会集资重建，改名得月樓，热闹非凡，宾客盈门。"
    full = "民國二十七年，日機轟炸縣城，得月楼再毀，僅存石階十餘級，樓門無存。"
    both = "得月楼又稱望江樓，这是縣志里說的。"
    clean, findings = act(f"{simple}\n{full}\n{both}", "mixed")
    assert clean == f"{simple.replace('樓', '楼')}\n{full.replace('楼', '樓')}\n{both}"
    assert not findings


def test_keep_changes_nothing() -> None:
    assert act("国家與國家", "keep") == ("国家與國家", [])


def test_rules_name_exceptions() -> None:
    rule = ScriptRule(
        id="names",
        reason="names",
        to="simplified",
        pairs={"繁體字": "繁體字", "裏海": "里海", "沈默": "沉默"},
    )
    rules = Rulebook((rule,), "")
    assert act("繁體字，裏海，沈默", "simplified", rules)[0] == "繁體字，里海，沉默"
    assert act("繁體字", "simplified")[0] == "繁体字"


def test_a_rule_that_leaves_a_word_reports_nothing() -> None:
    assert act("“瞭望”不写作“了望”", "simplified", load()) == ("“瞭望”不写作“了望”", [])


ENTRIES = [
    ("simplified", "[7] 錢穆：《國史大綱》，臺北：商務印書館，1940年。", "錢國綱臺務書館"),
    ("traditional", "[6] 陈垣：《史諱舉例》，北京：科学出版社，1958年。", "陈学"),
]


@pytest.mark.parametrize(("target", "entry", "reported"), ENTRIES)
def test_entries_of_a_bibliography_keep_their_scripts(
    target: Script, entry: str, reported: str
) -> None:
    clean, findings = act(entry, target)
    assert clean == entry
    assert "".join(one.text for one in findings) == reported
    assert all(one.rule == "script.mentioned" for one in findings)


def test_an_entry_is_repaired_inside_a_name() -> None:
    raw = "[7] 钱穆：《国史大綱》，北京：商务印书館，1996年。"
    clean = "[7] 钱穆：《国史大纲》，北京：商务印书馆，1996年。"
    assert act(raw, "simplified") == (clean, [])


def test_no_edit_where_nothing_changes() -> None:
    text = "青島的乾隆年间，羣众慰藉"
    for item in script.run(text, Context("simplified", NO_RULES)):
        assert isinstance(item, Edit)
        assert text[item.start : item.end] != item.new


def test_what_rules_say_is_worked_out_once_for_all_pages() -> None:
    rules = load()
    known = script._exceptions(rules)
    forget()
    assert script._exceptions(rules) is known


def test_long_lines_take_no_longer_than_they_must() -> None:
    from time import process_time

    def seconds(count: int) -> float:
        start = process_time()
        act('他把"开发"写成開發。' * count, "simplified")
        return process_time() - start

    seconds(100)
    assert seconds(20_000) < 30 * seconds(2_000) + 0.5
