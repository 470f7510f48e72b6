"""Lines that a page's own styles hide are no part of its story."""

from __future__ import annotations

import pytest

from newscrawl.extract.page.document import Document
from newscrawl.extract.zones.story import body_text

STORY = [
    "入夏以来，林场的瞭望塔二十四小时有人值守，护林员每隔十五分钟环视一圈。",
    "塔高二十八米，没有电梯，护林员每天要上下四个来回。",
]
PAGE = (
    "<html><head><title>守塔人的清晨</title><style>{style}</style></head><body><h1>守塔人的清晨</h1>"
    "<div><p>{0}</p><p class='k3'>转自松岭网，谢谢阅读，请勿外传。</p><p>{1}</p></div>"
    "<script>{script}</script></body></html>"
)
NOISE = "转自松岭网，谢谢阅读，请勿外传。"


def told(style, script=""):
    return (body_text(Document(PAGE.format(*STORY, style=style, script=script), "http://a.test/1.html")) or "").split(
        "\n"
    )


@pytest.mark.parametrize(
    "style", [".k3{display:none}", "p { color: red } .a, p.k3 { display : none; }", "/* noise */ .k3{display:none}"]
)
def test_what_a_simple_rule_hides_is_left_out(style):
    assert told(style) == STORY


@pytest.mark.parametrize(
    ("style", "script"),
    [
        (".k3{color:red}", ""),
        (".k3 .inner{display:none}", ""),
        (".k3{display:none}.k3.on{display:block}", ""),
        ("@media print{.k3{display:none}}", ""),
        (".k3{display:none}", "show('.k3')"),
    ],
)
def test_what_is_shown_under_a_condition_stays(style, script):
    assert NOISE in told(style, script)


def test_the_noise_of_a_forums_software_is_left_out():
    decoy, spoken = "<font class='jammer'>k9 P2; v3</font>", "<font class='big'>护林员</font>"
    html = PAGE.format(f"{STORY[0]}{decoy}", f"{spoken}说：{STORY[1]}", style="", script="")
    lines = (body_text(Document(html, "http://a.test/1.html")) or "").split("\n")
    assert lines[0] == STORY[0]
    assert lines[-1] == f"护林员说：{STORY[1]}"
