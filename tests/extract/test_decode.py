"""Bytes to text: whatever header and meta say, the text that was encoded comes back."""

from __future__ import annotations

import codecs
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newscrawl.extract.page.decode import decode

SIMPLIFIED = (
    "本报讯 昨日上午,山那边县在青石镇召开春季植树动员会,全县三百余名干部群众参加。县林业局负责人介绍,"
    "今年计划栽种杨树、油松共二十万株,重点绿化河道两岸和通村公路,预计四月底前完成,成活率达到九成以上。"
)
TRADITIONAL = (
    "本報訊 昨日上午,山那邊縣在青石鎮召開春季植樹動員會,全縣三百餘名幹部群眾參加。縣林業局負責人介紹,"
    "今年計劃栽種楊樹、油松共二十萬株,重點綠化河道兩岸和通村公路,預計四月底前完成,成活率達到九成以上。"
)
RARE = "演出者㑇先生与𠮷田村民䶮同台,𬭚与𬬭两字也在节目单上。"  # needs the four-byte part of GB18030
STORIES = {
    "utf-8": SIMPLIFIED,
    "gbk": SIMPLIFIED,
    "gb18030": SIMPLIFIED + RARE,
    "big5": TRADITIONAL,
}
RIGHT = {"utf-8": "utf-8", "gbk": "gb2312", "gb18030": "gbk", "big5": "big5"}  # as servers name them
BIG5 = "".join(map(chr, range(0x4E00, 0x9FA6))).encode("big5", "ignore").decode("big5")  # its Chinese characters
WRONG = {
    "utf-8": ["gb2312", "big5", "iso-8859-1"],
    "gbk": ["utf-8", "big5", "iso-8859-1"],
    "gb18030": ["utf-8", "big5", "iso-8859-1"],
    "big5": ["utf-8", "gb2312", "iso-8859-1"],
}


def page(story: str, declaration: str = "") -> str:
    return f"<html><head>{declaration}<title>{story[4:20]}</title></head><body><p>{story}</p></body></html>"


def declared(charset: str | None) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""


def cases():
    for charset, story in STORIES.items():
        said = [RIGHT[charset], None, *WRONG[charset]]
        for header, meta, times in product(said, said, (1, 60)):
            length = "long" if times > 1 else "short"
            yield pytest.param(charset, story * times, header, meta, id=f"{charset}-{header}-{meta}-{length}")


@pytest.mark.parametrize(("charset", "story", "header", "meta"), list(cases()))
def test_text_comes_back_whatever_is_declared(charset, story, header, meta):
    text = page(story, declared(meta))
    decoded = decode(text.encode(charset), f"text/html; charset={header}" if header else "text/html")
    assert decoded.text == text
    assert decoded.mojibake == 0


@pytest.mark.parametrize("declaration", ['<meta charset="shift_jis">', '<?xml version="1.0" encoding="Shift_JIS"?>'])
def test_a_declared_charset_of_another_language_counts_if_the_bytes_agree(declaration):
    text = page("きょうの天気は晴れ、ところにより雨になるでしょう。", declaration)
    assert decode(text.encode("cp932")).text == text
    korean = page("오늘의 날씨는 맑고 곳에 따라 비가 오겠습니다.")
    assert decode(korean.encode("euc-kr"), "text/html; charset=EUC-KR").text == korean
    western = page("L’été dernier, les élèves ont planté près de mille chênes à l’école.")
    assert decode(western.encode("cp1252"), "text/html; charset=ISO-8859-1").text == western


def test_curly_quotes_in_an_english_page_are_not_chinese():
    text = page("It’s the county’s first tree planting day, and everybody’s invited – so come.")
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("mark", "charset"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides_and_is_left_out(mark, charset):
    decoded = decode(mark + page(SIMPLIFIED).encode(charset), "text/html; charset=gb2312")
    assert (decoded.text, decoded.charset) == (page(SIMPLIFIED), charset)


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(charset):
    assert decode(page(SIMPLIFIED).encode(charset)).text == page(SIMPLIFIED)


def test_utf8_cut_inside_a_character_loses_that_character_alone():
    content = page(SIMPLIFIED).encode()
    whole = content.index("以上".encode())
    assert decode(content[: whole + 4], "text/html; charset=gbk").text == content[: whole + 3].decode()


def test_utf8_with_broken_bytes_keeps_the_rest():
    content = page(SIMPLIFIED).encode().replace("干部".encode(), b"\xe5\xb9\xff\xe9\x83\xa8")
    decoded = decode(content, "text/html; charset=gb2312")
    assert decoded.text.replace("\ufffd", "") == page(SIMPLIFIED.replace("干部", "部"))
    assert 0 < decoded.mojibake < 0.1


def test_a_gbk_comment_in_a_utf8_page_is_read_as_gbk():
    start, end = page(SIMPLIFIED).encode().split(b"<body>")
    content = start + b"<!-- " + "页面头部开始".encode("gbk") + b" --><body>" + end
    decoded = decode(content, "text/html; charset=gb2312")
    assert decoded.text == page(SIMPLIFIED).replace("<body>", "<!-- 页面头部开始 --><body>")
    assert decoded.charset == "utf-8"


@pytest.mark.parametrize("header", ["text/html; charset=utf-8", "text/html"])
def test_a_utf8_fragment_in_a_gbk_page_is_read_as_utf8(header):
    footer = "<div>主办单位:山那边县人民政府办公室</div>"
    content = page(SIMPLIFIED, declared("utf-8")).encode("gbk") + footer.encode()
    assert decode(content, header).text == page(SIMPLIFIED, declared("utf-8")) + footer


def test_private_characters_of_old_editors_become_what_they_stand_for():
    content = page(SIMPLIFIED).encode("gbk").replace("本报讯".encode("gbk"), b"\xa3\xa0\x80" + b"\xfe\x59")
    assert decode(content).text == page(SIMPLIFIED.replace("本报讯", "\u3000€\u9fb4"))


def test_every_byte_of_markup_survives():
    text = page(SIMPLIFIED, "<script>var a = \"<b>\" + '&nbsp;';\r\n\t</script>")
    assert decode(text.encode("gbk")).text == text


@pytest.mark.parametrize(
    "garbled",
    [
        SIMPLIFIED.encode().decode("gbk", "replace"),
        SIMPLIFIED.encode().decode("latin-1"),
        SIMPLIFIED.encode("gbk").decode("cp1252", "replace"),
        "锟斤拷" * 30,
        "\ue123\ufffd" * 30,
    ],
)
def test_what_was_garbled_before_it_was_sent_shows_in_the_measure(garbled):
    assert decode(page(garbled).encode()).mojibake > 0.25


@pytest.mark.parametrize("story", [SIMPLIFIED, TRADITIONAL, "Déjà vu à l’été, où ça ? Über Äpfel und Öl.", "plain", ""])
def test_sound_text_measures_nothing(story):
    assert decode(page(story).encode()).mojibake == 0


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"\xff", b"\x80" * 5000, b"\xef\xbb\xbf", b"\xe4\xb8", b"\0\0\xfe\xff"]
)
@pytest.mark.parametrize(
    "header", [None, "", "text/html; charset=nonsense", "text/html; charset=zlib", "charset=utf-7"]
)
def test_odd_bytes_and_odd_headers_do_no_harm(content, header):
    assert isinstance(decode(content, header).text, str)


words = st.lists(st.sampled_from(SIMPLIFIED.replace(" ", "")[10:]), min_size=1, max_size=200).map("".join)


@given(story=words, charset=st.sampled_from(["utf-8", "gbk", "gb18030"]))
@example(story="青" * 30, charset="gbk")  # in Big5 these bytes are kana
@example(story="参参参", charset="gbk")  # and these a more frequent character
@example(story="参" * 200, charset="gbk")
@settings(max_examples=60, deadline=None)
def test_chinese_text_comes_back_under_its_own_declaration(story, charset):
    text = page(story, declared(RIGHT[charset]))
    assert decode(text.encode(charset)).text == text


@given(story=st.text(st.sampled_from(BIG5), max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_characters_of_big5_comes_back_where_meta_says_so(story):
    text = page("縣市新聞中心報導" * 3 + story, declared("big5"))
    assert decode(text.encode("big5")).text == text


@given(st.binary(max_size=2000), st.sampled_from([None, "text/html; charset=gbk", "text/html; charset=utf-8"]))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_text_and_a_share(content, header):
    decoded = decode(content, header)
    assert 0 <= decoded.mojibake <= 1
    assert decoded.text.isascii() or not content.isascii() or b"\0" in content
