"""Characters of both scripts on a traditional page: where a phrase may make another one of them.

皮肤干燥 → 乾燥, 一只小狗 → 一隻小狗; left alone: 不准 (no 準), 余生於 (I was born in), 划過湖面
(rowed), 校長胡適 (a surname), 發卷給學生 (papers, no curlers), 張杰 (a name).

The phrases are OpenCC's, which were made for simplified text. There 不准 may stand for 不準; on a
traditional page what stands there is right nearly always. So most phrases act only on a page
that holds simplified characters at all (on others what they say is a finding), and what is a word
of traditional text as well stays. Of 余, 于, 杰 and 范, which begin a name or a sentence as easily
as a word, only what is named here is changed.
"""

from jiaokan.lazy_regex import lazy
from jiaokan.stages.variants import phrases

_COUNTS = frozenset("一二两三四五六七八九十百千万几数多每这哪那半")
_LIVING = frozenset(
    "鸟狗猫鸡鸭鹅猪羊牛马虎兔鼠猴蜂蝶蛾蚁蚊蝇虫蛛鱼虾蟹龟蛙燕雀鹰鸽鹤鹭鹿熊狼狐狸"
    "豹象狮龙豚鲸禽兽犬手脚眼耳翅腿臂爪船舰"
)
"""What 隻 counts, by one of its characters."""
_THINGS = frozenset("机表镯套袋电提工克桶环坠钉罩笼巢窝蛋缸盆皮毛肉奶糖看")
"""Behind one of them: 手機, 馬克杯, 耳環, 雞蛋 are no animals."""
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_BOAT = lazy("[船艇舟桨筏橹湖河江浪水]")
_NEAR = 10
_PLANS = frozenset("计规策筹企谋")

_STAYS = {
    "里": "(?<=[马公英华德])里|(?<=[一二两三四五六七八九十百千万几数半多])里(?=[外海衣间])",
    "干": "干(?=[犯谒禄政涉预扰戈城系休连人])|干(?=[你我他她卿]们?[何什甚屁底啥事])|(?<=江)干",
    "面": "(?<=[下上里外对方表前后东西南北平地水桌路墙全正反侧见])面"
    "|面(?=[临对积向前子具貌目试值色容孔谈部])",
    "只": "只(?=[有是要能好不会得见需可怕剩管顾想为看])",
    "准": "(?<=[核批照获奉])准|(?<=不)准(?![确备则时])",
    "制": "制(?=为)|(?<=定)制",
    "卷": "卷(?=[上下](?![来去])|[云层积耳舌])|(?<=[那这每发胶])卷",
    "丑": f"(?<=[{_STEMS}])丑|丑(?=[正末时年月日]|地支)",
    "斗": "(?<=[漏烟熨料车翻北南抓挖铲戽米升泰阿墨星])斗|斗(?=口)",
    "征": "征(?=[人夫途程衣帆尘车])|(?<=[之远长出])征",
    "咸": "咸(?=得[其以所])",
    "丰": "(?<=张三)丰",
    "筑": "(?<=[击善])筑",
    "涂": "涂(?=[山乙金泽])|(?<=[一三中孤崔戒姓])涂",
    "采": "采(?=石(?![场料工矿])|[菊莲桑薇邑女风])|(?<=[博兼神文光丰喝异辞词精])采",
    "谷": "谷(?=[风人道])|(?<=[山河溪峡幽硅])谷",
    "松": "松(?=口镇)",
    "云": "(?<=[碑史书诗传经语谚论注序疏志铭记歌词曲赋联])云",
    "后": f"(?<=之)后(?=[{_NAMES}阴]氏)|(?<=而)后",
    "胡": "胡(?![子须渣茬髭髯匪])|胡(?=子[昂恒婴健])",
    "划": "划(?=[地到得去下上了]|一(?!致))",
}
"""Where the character is right as it stands, whatever a phrase says. Written, as all of these, in
simplified characters."""

_CONVERTS = {
    "余": (
        "(?<=[十百千万亿兆丈其剩残多业课空盈结冗尚仅])余|(?<=[一二两三四五六七八九十几数多半][年月])余"
        "|(?<=有)余(?![先光姓])|(?<=[有遗留不])余(?=力)|(?<=[的度后残此])余(?=生)|余下(?=的)"
        "|余(?=[业党利剩勇响孽弦悸数晖暇款毒波温火烬热粮绪荫裕辉辜震霞韵额地味杭姚]"
        "|音(?=绕|袅|缭))"
    ),
    "杰": f"杰(?=[出作克夫森瑞米西斯])|(?<![{_NAMES}]豪)(?<=[豪女怪])杰|(?<=人)杰(?=地)",
    "范": "(?<=[模师规典示风防就])范|范(?=围(?!棋)|畴|例(?!一)|本(?!初)|文(?![澜程芳])|式(?!之))",
}
"""Where the character is what a phrase says; elsewhere it stays."""

_RIGHT = {character: lazy(pattern) for character, pattern in _STAYS.items()}
_WRONG = {character: lazy(pattern) for character, pattern in _CONVERTS.items()}
SURE = frozenset("么愿适苹厂荐丰筑杰范余后里")
"""What right traditional text does not hold in the words that are left: 建筑, 丰富, 模范, 其余."""
_BEHIND_YU = frozenset("是今此焉")
"""What 於 may have behind it where no phrase ends with it: 于美人 is a name."""


def converts(character: str, folded: str, at: int) -> bool:
    """Whether what a phrase says of a shared character on a traditional page is to be believed.

    系 is 係 or 繫 behind a few characters only: 座標系上 is no 繫上.

    只 counts things in traditional text, too (一只戒指); it is 隻 where it counts what has life or
    hands and feet, and never where a word begins with it (是只有); so is 面 no noodles (拓宽面临).
    胡同 and 采风 are words of both scripts.

    >>> converts("系", "关系", 1), converts("系", "座标系上", 2)
    (True, False)
    >>> converts("只", "一只小狗", 1), converts("只", "一只陶瓮", 1), converts("只", "这只手机", 1)
    (True, False, False)
    >>> converts("只", "不是只有", 2), converts("面", "拓宽面临", 2)
    (False, False)
    >>> converts("准", "不准进入", 1), converts("胡", "校长胡适", 2), converts("余", "余生于", 0)
    (False, False, False)
    >>> converts("准", "不准确", 1), converts("胡", "长胡子", 1), converts("余", "其余", 1)
    (True, True, True)
    >>> converts("划", "小船划过湖面", 2), converts("划", "流星划过天空", 2)
    (False, True)
    """
    if character in _WRONG:
        return _WRONG[character].match(folded, at) is not None
    if character in _RIGHT and _RIGHT[character].match(folded, at):
        return False
    before = folded[max(0, at - 1) : at]
    if character == "只" and before in _COUNTS:
        return _is_alive(folded[at + 1 : at + 4])
    if character == "划":
        return not _BOAT.search(folded, max(0, at - _NEAR), at + _NEAR) or before in _PLANS
    if character == "于":
        ends_word = bool(before) and phrases("s2t", before + character)[1] != character
        return ends_word or folded[at + 1 : at + 2] in _BEHIND_YU
    return character != "系" or before in ("关", "联", "维")


def _is_alive(counted: str) -> bool:
    for at, one in enumerate(counted):
        if one in _LIVING:
            behind = counted[at + 1 : at + 2]
            return behind not in _THINGS
    return False
