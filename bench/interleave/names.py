"""Invented names: authors, affiliations, kickers, furniture. None is a real person or office."""

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧阳司马上官"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文斌辉鹏飞云峰岩松柏"
    "青山川海波涵雨晨晓春秋冬梅竹菊雪琴书诗逸博思远怀瑾瑜致和润泽清源长安宁立言守正维"
    "新嘉禾昭阳望舒景行砚田牧野知行若水"
)
PLACES = [
    "临川市",
    "越州市",
    "南屏市",
    "岭东省",
    "明溪市",
    "河口县",
    "鉴湖区",
    "东渠县",
    "清源市",
    "松阳县",
    "海陵区",
    "云台区",
    "石桥镇",
    "滨江市",
    "固原岭市",
    "兰田县",
    "望江市",
    "平江区",
    "沙河口市",
    "安宁县",
]
OFFICES = [
    "市委党校",
    "大学马克思主义学院",
    "大学经济学院",
    "社会科学院",
    "农业技术推广中心",
    "图书馆",
    "文化馆",
    "人民医院",
    "发展改革局",
    "纪委监委",
    "教育研究院",
    "档案馆",
    "公安局",
    "师范学院文学院",
    "职业技术学院",
    "融媒体中心",
    "法学会",
    "水利局",
    "第二中学",
    "博物馆",
]
STANDING = [
    "学习与思考",
    "理论视野",
    "理论圆桌",
    "文化周刊",
    "科技观察",
    "健康提醒",
    "田野调查",
    "经济纵横",
    "社会观察",
    "热点聚焦",
    "基层来信",
    "读书札记",
    "史海钩沉",
    "调查研究",
    "改革前沿",
    "百家论坛",
    "法治天地",
    "乡土笔记",
    "“清风”时评",
    "“民生”观察",
    "“两会”专论",
    "学习贯彻全会精神",
    "庆祝改革开放四十周年",
    "推动高质量发展",
]
TOPICS = [
    "社区",
    "乡村",
    "校园",
    "科普",
    "养生",
    "法律",
    "环保",
    "民生",
    "文艺",
    "读书",
    "旅游",
    "体育",
    "三农",
    "市井",
    "人物",
    "岁月",
    "家庭",
    "交通",
    "考古",
    "海外",
]
FORMS = [
    "故事",
    "一角",
    "之声",
    "走笔",
    "漫笔",
    "热线",
    "百科",
    "窗口",
    "驿站",
    "絮语",
    "风景线",
    "小词典",
    "新气象",
    "备忘录",
    "信箱",
    "播报",
    "现场",
    "记忆",
]
KINDS = ["散文", "小说", "诗话", "消息", "通讯", "述评", "书评", "影评", "访谈录", "新知", "公益"]
LEADS = [
    "市{}工作会议召开",
    "{}系列报道之三",
    "“我身边的{}”征文选登",
    "我省出台{}新规",
    "本报今起推出{}专栏",
    "走近{}一线",
    "{}主题活动启动",
    "让{}走进千家万户",
    "新春{}行",
    "专家谈{}",
]
KICKERS = [
    *STANDING * 8,
    *KINDS * 12,
    *(topic + form for topic in TOPICS for form in FORMS),
    *(lead.format(topic) for topic in TOPICS for lead in LEADS),
]
"""What stands above a title: a column's standing head, the kind of piece, or a lead-in line. What
is printed more often is listed more often."""
PEN = (
    ("半一疏听寒微小老阿南北晚闲墨渔秋雪松竹野", "舟影笛叶窗石木雨农樵客夫生子禾斋砚鹿亭苔"),
    ("江山城村巷湖海田桥塔", "边中南北上下东西", "人客翁叟生郎"),
)
"""What pen names are made of: one character of each part."""
RARE = "钭邝逄仝佴庹缑亓仉郗蔚璩冼"
"""Surnames that few people have."""
PAPERS = ["南屏晚报", "越州日报", "临川日报", "岭东时报", "明溪晚报", "滨江日报"]
SECTIONS = ["理论", "副刊", "科教", "要闻", "综合", "评论", "经济", "文化"]
PHONES = ["0514", "0377", "0592", "0831", "0763"]
CAPTIONS = ["资料图片", "本报记者摄", "新华社发", "图片由作者提供", "制图：本报美编"]


def person(rng: Random) -> str:
    """An author as he signs: mostly a name, else a pen name, or a name with what he is before it.

    No name is padded, but a blank may part it from the label.
    """
    kind = rng.random()
    if kind < 0.72:
        return _name(rng)
    if kind < 0.88:
        return "".join(rng.choice(part) for part in rng.choices(PEN, (4, 1))[0])
    if kind < 0.9:
        return f"{_given(rng)}·{_given(rng)}"
    if kind < 0.93:
        return rng.choice(RARE) + _given(rng)
    if kind < 0.95:
        return f"（{_name(rng)}）"
    label = rng.choice(
        ("本报记者 ", "记者 ", "文/", "图文/", "本报通讯员 ", "作者：", "整理：本报记者 ")
    )
    return label + _name(rng)


def _name(rng: Random) -> str:
    """One name of two to four characters."""
    surname = rng.choice(SURNAMES[:-6])
    if rng.random() < 0.02:
        surname = rng.choice(("欧阳", "司马", "上官"))
    return surname + _given(rng)


def _given(rng: Random) -> str:
    return "".join(rng.choice(GIVEN) for _ in range(1 if rng.random() < 0.25 else 2))


def affiliation(rng: Random) -> str:
    """One affiliation with its brackets."""
    place = rng.choice(PLACES)
    office = rng.choice(OFFICES)
    if office[0] in "市县" or "大学" in office or "学院" in office:
        place = place[:-1]
        office = office if office[0] != "市" else "市" + office[1:]
    label = "作者单位：" if rng.random() < 0.85 else "作者系"
    return f"（{label}{place}{office}）"


def head_furniture(rng: Random) -> list[str]:
    """Lines that stand at a page's head: date, paper and section, editor and page number."""
    day = f"{rng.randint(1984, 2026)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    lines = [
        f"{day} 星期{rng.choice('一二三四五六日')}",
        f"{rng.choice(PAPERS)} {rng.choice(SECTIONS)}",
        f"责任编辑 {_name(rng)} {rng.randint(1, 16):02d}版",
    ]
    keep = rng.sample(range(3), rng.randint(1, 3))
    return [lines[i] for i in sorted(keep)]


def foot_furniture(rng: Random) -> list[str]:
    """At most one line that stands at a page's foot."""
    if rng.random() < 0.5:
        return []
    post, phone = rng.randint(100000, 899999), rng.randint(80000000, 89999999)
    return [
        rng.choice(
            (
                f"本报地址：滨河东路{rng.randint(1, 99)}号 邮编：{post}"
                f" 电话：{rng.choice(PHONES)}-{phone}",
                f"本版责编 {_name(rng)} 美编 {_name(rng)}",
                f"投稿邮箱：lilun{rng.randint(1, 99)}@example.com",
                f"第{rng.randint(1, 16)}版",
            )
        )
    ]
