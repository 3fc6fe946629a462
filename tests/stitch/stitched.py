"""Pages written for the tests, and what a run makes of them."""

from functools import cache

from jiaokan.article import Article
from jiaokan.cleaning import Cleaned, clean_page
from jiaokan.formats.decode import decode
from jiaokan.page import Page
from jiaokan.rulebook import Rulebook, load
from jiaokan.settings import Settings

Shown = tuple[str, str, str, str, str, tuple[str, ...]]


@cache
def rules() -> Rulebook:
    """The built-in rules."""
    return load()


def cleaned(text: str) -> Cleaned:
    """What a run makes of a page."""
    data = text.encode()
    decoding, decoded = decode(data)
    return clean_page(Page("page.txt", data, decoding, decoded), rules(), Settings())


def articles(text: str) -> tuple[Article, ...]:
    """The articles of a page."""
    return cleaned(text).arrangement.articles


def in_order(*written: Article) -> str:
    """A page on which the articles stand one behind another."""
    blocks: list[str] = []
    for one in written:
        blocks += [one.kicker, one.title, one.subtitle, one.author, *one.paragraphs]
        blocks.append(one.affiliation)
    return "\n\n".join(block for block in blocks if block) + "\n"


def wrapped(text: str, width: int) -> str:
    """A paragraph as a printed column of that width."""
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


MARKET = Article(
    title="老街的早市重新开张",
    author="林若谷",
    paragraphs=(
        "清早五点，老街的早市亮起了灯。卖豆腐的老周推着三轮车，第一个进了东口的摊位。他说，停了两年，手艺没停，天天在家磨豆子，就等着这一天。",
        "早市重新划了线，蔬菜、水产、熟食各占一段，中间留出一条能过救护车的通道。市场管理员拿着名册，一户一户地核对摊位号，遇到站错地方的，就领着他走过去。",
        "到了七点，买菜的人多起来。老周的豆腐卖掉了大半，剩下的两板他舍不得降价，说早上的豆腐就该是早上的价钱。",
    ),
)
RUST = Article(
    kicker="生活提示",
    title="怎样给旧自行车除锈",
    author="唐小满",
    affiliation="（作者单位：江城市自行车运动协会）",
    paragraphs=(
        "旧自行车放在楼道里，链条和车圈最容易生锈。除锈之前先用干布把浮土擦掉，再用细砂纸顺着一个方向轻轻打磨，直到露出金属的本色，不要来回乱擦，以免伤了镀层。",
        "打磨以后要马上涂一层机油，链条要一节一节地涂，多余的机油用布吸掉，否则会粘上灰尘。车圈可以涂薄薄一层蜡，镀层已经脱落的地方要多涂一遍。",
        "骑行以后遇到雨天，车子推进楼道先擦干，再把链条转上几圈。每个月检查一次刹车线，生锈的刹车线不能将就，应当及时更换。",
    ),
)
COURT = Article(
    title="基层法庭怎样化解邻里纠纷",
    author="沈知远",
    affiliation="（作者单位：云川市中级人民法院研究室）",
    paragraphs=(
        "邻里纠纷标的不大，却最考验基层法庭的办案能力。漏水、通行、采光，这些案件的证据往往零散，当事人的情绪又十分对立，一纸判决未必能够真正解决问题。",
        "近年来，一些法庭把调解工作前移到社区，由法官、调解员和网格员共同参与，先查清事实，再分清责任，最后达成可以履行的协议。实践证明，这种做法既减轻了当事人的诉讼负担，也节约了司法资源。",
        "当然，调解不能代替审判。对于调解不成的案件，法庭应当依法及时作出判决，并且把法律依据讲清楚，使当事人服判息诉。",
    ),
)
ORCHARD = Article(
    title="外婆的梨园",
    author="苏晚",
    paragraphs=(
        "外婆的梨园在村子后面的山坡上，一共十七棵树，都是外公年轻时种下的。春天开花的时候，整面山坡像落了一场迟来的雪，蜜蜂嗡嗡地飞着，我坐在树下写作业，花瓣掉在本子上，外婆也不许我拂掉。",
        "她说，梨花落在纸上，字就会写得好看。我信了许多年，直到离开村子去城里念书，才知道那不过是她哄我多坐一会儿的话。",
        "去年秋天我回去，外婆已经走不动山路了。她坐在门口的竹椅上，让我替她去看看那十七棵树还在不在，我数了三遍，回来告诉她：都在。",
    ),
)
ALL = (MARKET, RUST, COURT, ORCHARD)


FURNACE = (
    "老炉长攻下漏钢关",
    "本报讯 二炼钢车间三号炉老炉长谭福海，和青年工人一起苦战四十天，解决了漏钢问题。",
    "谭师傅是一九五三年进厂的老工人。他看在眼里，急在心上，蹲在浇铸平台上一蹲就是大半",
    "食堂办好了 工人心里暖",
    "轧钢厂第三食堂过去是有名的“老三样”：白菜、萝卜、咸菜疙瘩。今年七月换了管理员，"
    "发动大家提意见，办起了豆腐房和豆芽房。现在一个星期的菜谱不重样，夜班工人还能吃上热汤",
    "夜。他发现包衬的砖缝是用干粉填的，一遇热就开裂，于是改用卤水调泥，一道一道抹平。",
    "面。",
    "老师傅们说，灶火旺了，我们的干劲也更旺了。",
)
"""The blocks of a page on which two articles break off and go on below."""
