"""How likely text is, character by character: the statistics by which charsets are told apart and mojibake is seen.

A generative model of text on Chinese news pages in a handful of classes, each with its share of running text spread
evenly over its members. The shares are round figures; what matters is their order of magnitude: the few hundred most
frequent characters make up two thirds of any Chinese text, while bytes read in a wrong charset scatter over the whole
repertoire and into characters nobody uses.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

# The most frequent characters of news text, simplified and traditional, from general knowledge of the written language.
FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
    "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
    "度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建"
    "务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路"
    "记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运网站乡村县省州镇委党府局城农民众企项目服务"
    "近习疫情创新联系版权所有责任编辑来源阅读关键日期首页登录注册热推荐文章更多返图视频新闻评论字号打印微博客户端举报电话京备案"
    "这個們來為國說時會對過後裡麼學當動還進樣實無與長機關點業將兩間問並戰頭體見產話內給門東聲員論處義認條氣題爾別變總電數報結"
    "場計資許統區隊決馬書則聽達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運網鄉縣鎮黨農眾項務習創聯繫責輯來源閱讀關鍵頁"
    "錄註冊熱薦圖視頻聞評論號微應發現經從開於這裏點擊標題歷史臺灣灣個億財經銀濟際環總統選舉縣議員環歲車輛醫療衛長護"
)
PUNCTUATION = frozenset("，。、：；！？“”‘’（）《》【】—…·「」『』－～％　０１２３４５６７８９｜→")


def _level_one(codec: str, leads: range, trails: list[int]) -> set[str]:
    """The characters a charset keeps in its first, frequent plane."""
    return set("".join(bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails))


# GB 2312 level 1 and Big5 level 1: the 3,755 and 5,401 characters in common use when the standards were made.
SIMPLIFIED = frozenset(_level_one("gb2312", range(0xB0, 0xD8), [*range(0xA1, 0xFF)]))
COMMON = SIMPLIFIED | frozenset(_level_one("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]))
# The first two bytes of frequent characters in UTF-8, read as GBK: 鈥, 锛, 鐨 and the like.
MISREAD = frozenset(
    character
    for frequent in FREQUENT | PUNCTUATION
    if len(frequent.encode()) == 3
    for character in frequent.encode()[:2].decode("gbk", "ignore")
    if not character.encode("gb2312", "ignore") and character not in COMMON
)

_LATIN = re.compile(r"(?<![À-ÿ])[À-ÿ](?![À-ÿ])")  # a letter of a Western language stands between others, alone
_LATIN_MISREAD = re.compile(r"[À-ÿ][\x80-\x9f\u00a1-ÿŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2,}")
# Accented letters, and behind them what tells of wrong decoding: one search for both.
_LAST_ACCENTED = "ÿ"
_SUSPECT = re.compile(f"[À-{_LAST_ACCENTED}{''.join(sorted(MISREAD))}\ufffd\ue000-\uf8ff]")
_PLACEHOLDERS = re.compile("锟斤拷|烫烫烫|屯屯屯")  # U+FFFD twice read as GBK; fillings of Microsoft's debugger

# log(share of running text / members), by class; ASCII counts evenly, so that a charset gains nothing by eating it.
_COST_ASCII = -3.0
_COST_PUNCTUATION = math.log(0.12 / len(PUNCTUATION))
_COST_FREQUENT = math.log(0.60 / len(FREQUENT))
_COST_COMMON = math.log(0.27 / len(COMMON))
_COST_OTHER = math.log(0.01 / 20_000)
_COST_FOREIGN = math.log(0.01 / 60)  # letters of one other alphabet, some sixty of them
_COST_LETTER = math.log(0.5 / 60)  # the same where the page is written in it
_COST_KANA = _COST_COMMON  # Big5 has them too: 青青 in GBK would be two of them, and is hardly meant as such
_COST_SYLLABLE = math.log(0.6 / 1_200)  # Hangul
_COST_SYMBOL = math.log(0.005 / 500)
_COST_BROKEN = -18.0
_CLASSES = (
    (frozenset("\t\n\r"), _COST_ASCII),
    (FREQUENT, _COST_FREQUENT),
    (PUNCTUATION, _COST_PUNCTUATION),
    (COMMON, _COST_COMMON),
    (frozenset("\ufffd"), _COST_BROKEN),
)
# For all other characters: from which code point on, the cost. Each bound is the last code point of the range before.
_RANGES = [
    (-1, _COST_BROKEN),  # controls
    (0x1F, _COST_ASCII),
    (0x7E, _COST_BROKEN),  # more controls
    (0x9F, _COST_SYMBOL),
    (0xBF, _COST_OTHER),  # accented letters where no alphabet of their own explains them
    (0x36F, _COST_FOREIGN),  # Greek, Cyrillic
    (0x5FF, _COST_OTHER),  # Arabic (Uyghur), Tibetan, Mongolian and other scripts
    (0x1FFF, _COST_SYMBOL),
    (0x303F, _COST_KANA),
    (0x30FF, _COST_SYMBOL),
    (0x33FF, _COST_OTHER),  # rare Han, Yi
    (0xABFF, _COST_SYLLABLE),  # Hangul
    (0xD7AF, _COST_BROKEN),  # surrogates, private use
    (0xF8FF, _COST_OTHER),  # compatibility ideographs and forms
    (0xFEFF, _COST_SYMBOL),
    (0x1FFFF, _COST_OTHER),  # Han extensions
    (0xDFFFF, _COST_BROKEN),  # private planes
]


def log_likelihood(text: str, *, latin: bool) -> float:
    """How likely a text is, as a sum of logarithms over its characters.

    Args:
        text: a sample read in the charset on trial, U+FFFD where that charset does not fit.
        latin: the charset is one of single bytes, in which runs of accented letters are as good as never written.
    """
    counts, total = Counter(text), 0.0
    if latin:
        lone = Counter(_LATIN.findall(text))
        counts, total = counts - lone, lone.total() * (_COST_LETTER + 3.0)
    return sum([times * _cost(character) for character, times in counts.items()], total)


@lru_cache(maxsize=16_384)
def _cost(character: str) -> float:
    """The logarithm of one character's probability."""
    for members, cost in _CLASSES:
        if character in members:
            return cost
    return _RANGES[bisect_right(_RANGES, (ord(character), 0.0)) - 1][1]


def mojibake(text: str, wide: str) -> float:
    """The share of characters outside ASCII that tell of wrong decoding, here or before the page was sent: 0 to 1.

    Args:
        text: the page.
        wide: its characters outside ASCII, or an even sample of them.
    """
    if not wide:
        return 0.0
    suspects = _SUSPECT.findall(wide)
    accented = sum(1 for character in suspects if character <= _LAST_ACCENTED)
    broken = len(suspects) - accented
    if "锟" in wide or "烫" in wide or "屯" in wide:
        broken += sum(map(len, _PLACEHOLDERS.findall(wide)))
    if accented > 2:
        broken += sum(map(len, _LATIN_MISREAD.findall(text)))
    return min(1.0, broken / len(wide))
