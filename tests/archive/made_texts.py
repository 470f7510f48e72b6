"""Generate Chinese news texts from a small grammar, with reprints of each kind: the labelled set for reprint tests.

Nothing here is anyone's writing. The same seed gives the same texts.
"""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

import opencc

_WORDS = {
    name: words.split()
    for name, words in tomllib.loads(Path(__file__).with_name("made_words.toml").read_text(encoding="utf-8")).items()
}
PLACES, UNITS, BODIES, THINGS = (_WORDS[name] for name in ("places", "units", "bodies", "things"))
VERBS, ADVERBS, ENDS, SAYINGS = (_WORDS[name] for name in ("verbs", "adverbs", "ends", "sayings"))
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建国文志海燕"


def person(dice: random.Random) -> str:
    """Make up a name."""
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))


def place(dice: random.Random) -> str:
    """Make up a place."""
    return dice.choice(PLACES) + dice.choice(UNITS)


def sentence(dice: random.Random) -> str:
    """Make up a sentence."""
    thing, other, verb, body = dice.choice(THINGS), dice.choice(THINGS), dice.choice(VERBS), dice.choice(BODIES)
    where, who, when, end = place(dice), person(dice), dice.choice(ADVERBS), dice.choice(ENDS)
    one, two, few, many = dice.choice(SAYINGS), dice.choice(SAYINGS), dice.randint(2, 980), dice.randint(100, 99999)
    return dice.choice(
        (
            f"{when}，{where}{body}{verb}{thing}，{end}。",
            f"“{one}，{two}。”{where}居民{who}说起{thing}时这样讲。",
            f"据{body}负责人{who}介绍，{when}{verb}的{thing}涉及{few}个点位，惠及{many}人，{end}。",
            f"{thing}与{other}相邻，{body}{when}{verb}，{end}。",
            f"{_day(dice)}，{who}在{where}看到，{thing}旁{body}正在{verb}{other}。",
            f"围绕{thing}，{where}投入资金{many}万元，{verb}{other}，{end}。",
        )
    )


def story(dice: random.Random, paragraphs: int | None = None) -> str:
    """Make up a story of 5 to 9 paragraphs, a paragraph a line: some 350 to 900 characters."""
    number = paragraphs or dice.randint(5, 9)
    return "\n".join("".join(sentence(dice) for _ in range(dice.randint(1, 3))) for _ in range(number))


def datelined(text: str, dice: random.Random) -> str:
    """Put a dateline before it."""
    city = dice.choice(PLACES)
    lines = (
        f"本报讯（记者 {person(dice)}）",
        f"{city}新闻网讯（通讯员 {person(dice)} {person(dice)}）",
        f"{city}日报{_day(dice)}电 ",
    )
    return dice.choice(lines) + text


def trimmed(text: str, _dice: random.Random) -> str:
    """Leave the last paragraph out."""
    return "\n".join(text.split("\n")[:-1])


def first_third(text: str, _dice: random.Random) -> str:
    """Keep the first third, but never less than 150 characters."""
    return text[: max(len(text) // 3, 150)]


def merged(text: str, _dice: random.Random) -> str:
    """Merge all paragraphs and write half-width punctuation."""
    return text.replace("\n", "").translate(str.maketrans("，。：“”（）", ',.:""()'))


def renumbered(text: str, dice: random.Random) -> str:
    """Change every number and date."""
    return re.sub(r"\d+", lambda found: str(dice.randint(1, 10 ** len(found[0]))), text)


def rewritten(text: str, dice: random.Random, share: float = 0.15) -> str:
    """Replace a share of the words."""
    pool = [word for words in (THINGS, VERBS, ADVERBS, BODIES) for word in words if len(word) > 1]
    known = sorted({*pool, *ENDS, *SAYINGS}, key=len, reverse=True)
    pieces = re.findall("|".join(map(re.escape, known)) + r"|\d+|[\u4e00-\u9fff]{1,2}|.", text, re.DOTALL)
    return "".join(
        dice.choice(pool) if len(piece) > 1 and not piece.isdigit() and dice.random() < share else piece
        for piece in pieces
    )


def traditional(text: str, _dice: random.Random) -> str:
    """Write it in traditional characters, as OpenCC does character by character."""
    return text.translate(_TRADITIONAL)


def _traditional_table() -> dict[int, str]:
    dictionary = Path(opencc.__file__).with_name("dictionary") / "STCharacters.txt"
    lines = dictionary.read_text(encoding="utf-8").splitlines()
    return {ord(line.split("\t")[0]): line.split("\t")[1].split(" ")[0] for line in lines if "\t" in line}


_TRADITIONAL = _traditional_table()

KINDS = {
    "verbatim": lambda text, _dice: text,
    "datelined": datelined,
    "trimmed": trimmed,
    "first third": first_third,
    "merged": merged,
    "renumbered": renumbered,
    "rewritten": rewritten,
    "traditional": traditional,
    "datelined, trimmed": lambda text, dice: datelined(trimmed(text, dice), dice),
}


def weather(dice: random.Random) -> str:
    """Fill in a weather report."""
    sky, wind = _WORDS["sky"], _WORDS["wind"]

    def day(name: str) -> str:
        low, force = dice.randint(-5, 22), dice.randint(1, 3)
        return (
            f"{name}：{dice.choice(sky)}转{dice.choice(sky)}，{dice.choice(wind)}{force}到{force + 2}级，"
            f"气温{low}℃至{low + dice.randint(4, 11)}℃，相对湿度{dice.randint(30, 95)}％。"
        )

    return (
        f"{place(dice)}气象台{_day(dice)}{dice.randint(6, 18)}时发布天气预报。"
        + "".join(map(day, ("今天白天到夜间", "明天", "后天")))
        + f"预计未来三天以{dice.choice(sky)}天气为主，最高气温{dice.randint(10, 38)}℃，"
        "请市民注意增减衣物，出行关注道路交通安全。"
    )


def appointment(dice: random.Random) -> str:
    """Fill in a notice of officials about to be appointed (任前公示): the form is longer than the entries."""
    ranks = ("局长", "主任", "书记")

    def entry() -> str:
        born = f"{dice.randint(1968, 1990)}年{dice.randint(1, 12)}月生"
        return (
            f"{person(dice)}，{dice.choice('男女')}，汉族，{born}，{dice.choice(('大学', '研究生'))}学历，中共党员，"
            f"现任{place(dice)}{dice.choice(BODIES)}副{dice.choice(ranks)}，"
            f"拟任{place(dice)}{dice.choice(BODIES)}{dice.choice(ranks)}。"
        )

    return (
        "根据《党政领导干部选拔任用工作条例》等有关规定，现将拟任职干部名单予以公示：\n"
        + "\n".join(entry() for _ in range(dice.randint(1, 2)))
        + f"\n公示时间为{_day(dice)}至{_day(dice)}。公示期间，广大干部群众如对公示对象有问题反映，"
        "可通过来信、来电、来访等方式向组织部门反映。反映情况要实事求是、客观公正，以单位名义反映的应加盖公章，"
        "以个人名义反映的应署报真实姓名和联系方式，以便核实反馈有关情况。对线索不清的匿名信和匿名电话，公示期间不予受理。"
        f"联系电话：0{dice.randint(300, 999)}-{dice.randint(2000000, 8999999)}。"
    )


def tender(dice: random.Random) -> str:
    """Fill in a tender notice."""
    town, body, thing = place(dice), dice.choice(BODIES), dice.choice(THINGS)
    return (
        f"{town}{body}{thing}采购项目的潜在供应商应在公共资源交易平台获取招标文件，"
        f"并于{_day(dice)}{dice.randint(8, 17)}时{dice.randint(10, 59)}分前递交投标文件。\n"
        f"项目编号：{dice.randint(10**7, 10**8)}。预算金额：{_amount(dice, 999)}万元。"
        f"采购需求：{dice.choice(VERBS)}{dice.choice(THINGS)}。"
        f"合同履行期限：{dice.randint(30, 365)}日。本项目不接受联合体投标。\n"
        f"采购人：{town}{body}，联系人：{person(dice)}，电话：{dice.randint(10**7, 9 * 10**7)}。"
    )


def quarter(dice: random.Random) -> str:
    """Fill in a report of quarterly figures."""

    def change() -> str:
        return f"同比{dice.choice(('增长', '下降', '提高'))}{_amount(dice, 19)}％"

    return (
        f"{place(dice)}统计局发布数据，{dice.choice('一二三四')}季度地区生产总值{_amount(dice, 3000)}亿元，{change()}。"
        f"其中，第一产业增加值{_amount(dice, 300)}亿元，{change()}；"
        f"第二产业增加值{_amount(dice, 900)}亿元，{change()}；第三产业增加值{_amount(dice, 900)}亿元，{change()}。\n"
        f"规模以上工业增加值{change()}，固定资产投资{change()}，社会消费品零售总额{_amount(dice, 900)}亿元，"
        f"{change()}，居民人均可支配收入{dice.randint(5000, 30000)}元，{change()}。"
        f"{dice.choice(THINGS)}、{dice.choice(THINGS)}等领域贡献突出。"
    )


def _day(dice: random.Random) -> str:
    return f"{dice.randint(1, 12)}月{dice.randint(1, 28)}日"


def _amount(dice: random.Random, most: int) -> str:
    return f"{dice.randint(1, most)}.{dice.randint(0, 99)}"


FORMS = {"weather": weather, "appointment": appointment, "tender": tender, "quarter": quarter}


def labelled(stories: int = 40, forms: int = 8, seed: int = 1) -> list[dict[str, str]]:
    """Return texts with id, body, story (equal for reprints of one) and kind, shuffled.

    A digest of two stories, and each form filled in, is a story of its own.
    """
    dice = random.Random(seed)
    rows = []
    originals = [story(dice) for _ in range(stories)]
    for number, text in enumerate(originals):
        rows.append({"id": f"{number:03}-original", "body": text, "story": f"{number:03}", "kind": "original"})
        rows += [
            {"id": f"{number:03}-{kind}", "body": change(text, dice), "story": f"{number:03}", "kind": kind}
            for kind, change in KINDS.items()
        ]
        if number % 2:
            body = originals[number - 1] + "\n" + text
            rows.append({"id": f"{number:03}-digest", "body": body, "story": f"digest {number}", "kind": "digest"})
    for kind, form in FORMS.items():
        for number in range(forms):
            rows.append({"id": f"{kind}-{number}", "body": form(dice), "story": f"{kind} {number}", "kind": kind})
    dice.shuffle(rows)
    return rows
