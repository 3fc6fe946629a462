"""Characters with several readings, and what each word around them decides.

On a simplified page 乾 is 干 in 饼乾 and itself in 乾隆. A word settles it: first the words
written here, then OpenCC's phrases, asked both ways (does 饼干 in traditional script hold 乾?
does 乾隆 keep its 乾 in simplified script?). Where no word settles it, the character stays, with
a finding where it is doubtful and without one where simplified text uses it anyway (覆, 瞭).

On a traditional page the doubtful ones are simplified characters that stand for two or more.
"""

from functools import cache
from typing import NamedTuple

from jiaokan.stages.variants import default, full, phrases


class Reading(NamedTuple):
    """A character that simplified text may hold, and its other form there."""

    to: str
    """What it becomes in the words that ask for it."""
    go: str = ""
    """Words in which it does, written in simplified characters."""
    stay: str = ""
    """Words in which it does not."""
    doubtful: bool = False
    """Whether it is reported where no word decides."""
    named: bool = False
    """Whether it stands in names: phrases of two characters (乾和, 徵明, 昇阳) decide nothing "
    "then."""


READINGS: dict[str, Reading] = {
    "乾": Reading(
        "干",
        "乾净 乾燥 乾脆 乾旱 乾杯 乾枯 乾粮 乾涸 乾瘪 乾爹 乾妈 乾冰 乾冷 乾呕 乾咳 乾哑 乾哭 "
        "乾啤 乾嚎 乾号 乾妹 "
        "乾姐 乾娘 乾爸 乾亲 乾儿子 乾女儿 乾姜 乾尸 乾巴 乾拌 乾果 乾柴 乾洗 乾涩 乾渴 乾湿 "
        "乾漆 乾烧 乾煸 乾炒 "
        "乾热 乾熬 乾爽 乾瘦 乾癣 乾白葡萄 乾红葡萄 乾的 乾眼 乾硬 乾笑 乾等 乾粉 乾结 乾肉 乾股 "
        "乾花 乾草 乾菜 乾薪 乾裂 "
        "乾贝 乾货 乾酪 乾重 乾锅 乾面 乾饭 乾馏 乾鱼 乾鲜 乾电池 乾料 乾透 乾衣 乾瞪 乾着急 "
        "乾打雷 乾活 乾部 "
        "饼乾 晒乾 烘乾 擦乾 风乾 吹乾 阴乾 晾乾 冻乾 口乾 吸乾 唇乾 喝乾 抹乾 抽乾 拧乾 拭乾 "
        "揩乾 未乾 太乾 很乾 "
        "半乾 烤乾 豆乾 豆腐乾 肉乾 笋乾 果乾 葡萄乾 萝卜乾 菜乾 舌乾 嘴乾 流乾 榨乾 熬乾 耗乾 "
        "沥乾 泪乾 中乾 油乾 血乾",
        "乾隆 乾坤 乾嘉 乾元 乾道 乾德 乾符 乾封 乾祐 乾县 乾陵 乾州 乾安 乾清 乾卦 乾象 乾纲 "
        "乾闼 "
        "乾旦 康乾 竺乾 萧乾 朝乾 顺乾 乾乾 乾宁 乾亨 乾统 乾化 乾佑 乾明 乾造 乾宅 乾陀",
        True,
        named=True,
    ),
    "徵": Reading(
        "征",
        "象徵 特徵 徵求 徵收 徵兆 徵集 徵询 徵用 徵兵 徵召 徵文 徵税 徵募 徵聘 徵稿 徵婚 表徵 "
        "应徵 徵候 徵状 徵象 "
        "徵购 徵地 徵粮 徵管 徵缴 徵信 徵引 徵订 徵得 徵选 徵发 徵费 徵迁 徵友 体徵 病徵 课徵 "
        "稽徵 指徵 旁徵 免徵 减徵 "
        "开徵 停徵 缓徵 预徵",
        "角徵 徵羽 徵音 徵声 变徵 流徵 清徵 魏徵 宫徵 商徵 徵君 徵调 文徵明",
        True,
        named=True,
    ),
    "藉": Reading(
        "借",
        "藉口 藉此 藉以 藉着 藉著 藉由 藉故 藉助 藉机 藉词 藉端 藉重 藉手 凭藉",
        "慰藉 狼藉 蕴藉 酝藉 醖藉 枕藉 踏藉 践藉 藉藉 藉田 藉没 藉甚",
        True,
    ),
    "覆": Reading(
        "复",
        "答覆 回覆 批覆 函覆 电覆 反覆 重覆 恢覆 康覆 修覆 往覆 收覆 繁覆 "
        "覆杂 覆习 覆制 覆印 覆兴 覆原 覆函 覆信 覆电 覆文 覆核 覆审 覆查 覆议 覆检 覆诊",
        "覆盖 覆灭 覆没 覆辙 覆亡 覆舟 覆巢 覆水 倾覆 颠覆 覆雨 覆载",
    ),
    "瞭": Reading("了", "瞭解 明瞭 瞭然 瞭如 瞭若", "瞭望 瞭哨 瞭亮"),
    "夥": Reading(
        "伙",
        "夥伴 夥计 夥同 合夥 同夥 团夥 大夥 一夥 散夥 入夥 拆夥 夥食 小夥 家夥",
        "夥颐 甚夥 繁夥 更夥",
        True,
    ),
    "昇": Reading(
        "升",
        "提昇 上昇 昇华 昇级 昇高 昇温 晋昇 攀昇 爬昇 昇起 昇旗 昇降 昇值 昇学 昇官 回昇 跃昇 "
        "高昇 "
        "直昇 昇天 昇任 昇格 飙昇 推昇 昇空 昇幅 旭日东昇 歌舞昇平 昇平世界 昇平气象 拉昇 昇汞",
        "昇腾 毕昇 洪昇 昇元",
        True,
        named=True,
    ),
    "陞": Reading("升", "陞官 陞任 陞迁 擢陞 高陞 晋陞 陞级 陞职", "", True),
    "於": Reading(
        "于",
        "由於 关於 对於 终於 至於 位於 等於 属於 基於 鉴於 在於 处於 用於 善於 敢於 勇於 便於 "
        "利於 "
        "有助於 源於 归於 出於 大於 小於 高於 低於 多於 少於 忠於 急於 限於 免於 敏於 乐於 於是 "
        "生於 死於 始於 见於 立於 建於 成於 合於 过於 甘於 陷於 致力於 不亚於 无异於 求助於 介於",
        "於戏 於菟 於陵 於期 於潜 於越 於穆 於乎 於邑 於于 商於 於夫罗",
        True,
    ),
    "摺": Reading("折", "摺叠 摺扇 摺纸 摺页 摺痕 摺合 对摺 打摺", "奏摺 存摺 手摺 密摺 摺子"),
    "蘋": Reading("苹", "蘋果", "青蘋 白蘋 采蘋 蘋花 蘋风 蘋蘩 蘋藻 蘋洲", True),
    "蒐": Reading("搜", "蒐集 蒐罗 蒐证 蒐寻 蒐购", "蒐狩 蒐苗 春蒐"),
    "甦": Reading("苏", "甦醒 复甦 甦生"),
    "彷": Reading("仿", "彷彿", "彷徨 彷惶"),
    "俱": Reading("具", "傢俱"),
    "祇": Reading("只", "祇是 祇有 祇要 祇能 祇好 祇得 祇见 祇不过", "神祇 地祇 僧祇 祇园 天祇"),
    "衹": Reading("只", "衹是 衹有 衹要 衹能 衹好 衹得 衹见 衹不过", "神衹"),
    "燉": Reading("炖", "清燉 燉煮 燉肉 燉汤 红燉 燉熟 慢燉 燉鸡", "燉煌"),
    "剋": Reading("克", "剋扣 剋星 相剋 剋制 剋服 剋期"),
    "脩": Reading("修", "", "束脩 脩金 脩脯", True),
    "哩": Reading("里", "英哩 海哩 公哩"),
}
"""What a traditional character that simplified text may hold becomes there."""

_BEFORE_PARTICLE = frozenset(
    "看听随跟沿朝向对接顺带拿站坐走说想笑等存面充围伴活试背抱靠穿睡盯捧提嚷咬赶指握拉推举望守拖"
    "顶冒忍闭含披戴飘吹伸拍抓盖笼借藉怀喊叫唱哭骑躺趴蹲跪踩踏追逃飞舞转摇晃抖颤闪映照放摆贴夹插搭扶"
    "牵领护瞧瞪视盼待味绕算咏眯隐弯喘擦叼隔过忙低抬念写读挥扮演迎"
)
_BEHIND_NOUN = frozenset("名作录述者书称色")
"""著名, 著作 …: there 著 is itself, whatever stands before it."""
_BEFORE_MORE = frozenset(
    "有打见留点流按挂开陪摸找装用抢吆露吃喝谈聊做睁罩托逼闹跳垂挨透伏养乘冲皱跑压挺仰荡敲堆掩捏咽抚撑扯关拥停"
    "弄铺排担哼端催吟寻嚼瞅倚触携吻耀挽就搂扬缠裹送呼挤歪斜印燃抹扛衔躲缩揉梳讲卧搀玩缀偏配漾拂扭搔奔闻晒滚"
    "叠卷捂揣搁挣踱呆嵌竖塞奏吐驾旋揩驮押防弹泣扣枕徊拼凑埋缚钉吵沾滴拄积吊扇兜曳混套扒憋攀剩探洒拴吼拧扫拢"
    "撩揪淌眨溜骂问展寄动立临遇受沉藏持负依引趁满响扎碰烧凭列聚溢争挑悬浮恋唤瞒遮衬侧续示候"
)
"""Other verbs. In 70 M characters of simplified text, 著 between one of them and Chinese, but for
what is in _BEHIND_WORK, is this particle wherever it was looked at (留著做食物, 保持著独立)."""
_WORDS_BEFORE = frozenset(["存在", "标志", "生长"])
"""Words of this kind whose last character alone is none."""
_BEHIND_WORK = _BEHIND_NOUN | frozenset("有过等的")
"""The same behind a verb that a name may end in, or that 著 (to write) may stand behind."""

SEVERAL: dict[str, str] = {
    "钟": "鐘鍾",
    "脏": "髒臟",
    "复": "復複覆",
    "签": "簽籤",
    "冲": "沖衝",
    "汇": "匯彙",
    "坛": "壇罈",
    "须": "須鬚",
    "饥": "飢饑",
    "纤": "纖縴",
    "尽": "盡儘",
    "荡": "蕩盪",
    "发": "發髮",
    "历": "歷曆",
    "获": "獲穫",
    "团": "團糰",
    "弥": "彌瀰",
    "恶": "惡噁",
    "当": "當噹",
    "卤": "鹵滷",
    "摆": "擺襬",
    "叹": "嘆歎",
}
"""Simplified characters that stand for several traditional ones, likeliest first."""

EVEN = "钟脏复签汇坛饥冲"
"""Those of them where no reading is so common that it could be taken without a word."""


@cache
def _words(of: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(of.go.split()), tuple(of.stay.split())


def spelt(words: tuple[str, ...], run: str, at: int) -> bool:
    """Whether one of the words stands in the run over position `at`.

    >>> spelt(("饼乾",), "吃饼乾的人", 2), spelt(("饼乾",), "吃饼乾的人", 0)
    (True, False)
    """
    for word in words:
        start = run.find(word, max(0, at - len(word) + 1), at + len(word))
        if 0 <= start <= at < start + len(word):
            return True
    return False


def decide(character: str, folded: str, at: int) -> str | None:
    """What a doubtful character becomes on a simplified page; None: no word decides.

    `folded` is the run with all other traditional characters made simple.

    >>> decide("乾", "饼乾", 1), decide("乾", "乾隆", 0), decide("乾", "乾", 0)
    ('干', '乾', None)
    """
    reading = READINGS[character]
    go, stay = _words(reading)
    if spelt(stay, folded, at):
        return character
    if spelt(go, folded, at):
        return reading.to
    traditional = full("s2t", folded)
    if traditional[at] == character:
        if phrases("t2s", traditional)[at] == reading.to:
            return reading.to
        if default("t2s", character) != character == full("t2s", traditional)[at]:
            return character
    if reading.named:
        return None
    as_simple = folded[:at] + reading.to + folded[at + 1 :]
    return reading.to if phrases("s2t", as_simple)[at] == character else None


def particle(folded: str, at: int) -> bool:
    """Whether 著 stands there for 着, behind a verb.

    >>> particle("随著工业", 1), particle("显著", 1), particle("对著作", 1)
    (True, False, False)
    >>> particle("有著悠久", 1), particle("没有著过书", 2), particle("李开著", 2)
    (True, False, False)
    """
    before, behind = folded[max(0, at - 2) : at], folded[at + 1 : at + 2]
    if before[-1:] in _BEFORE_PARTICLE:
        return behind not in _BEHIND_NOUN
    known = before[-1:] in _BEFORE_MORE or before in _WORDS_BEFORE
    return known and "\u4e00" <= behind <= "\u9fff" and behind not in _BEHIND_WORK
