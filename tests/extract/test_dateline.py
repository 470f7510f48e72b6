"""The place a story was sent from."""

from __future__ import annotations

import pytest

from newscrawl.extract.fields.dateline import dateline
from tests.extract.pages import page

REST = "记者从县里获悉，今年的春茶比去年早采了五天，茶农们抢抓晴好天气，忙着采摘第一批新芽，茶园里一片繁忙的景象。"


@pytest.mark.parametrize(
    ("start", "place"),
    [
        ("新华社乌鲁木齐5月9日电（记者张小山）", "乌鲁木齐"),
        ("本报云溪5月6日讯 ", "云溪"),
        ("中新网北京5月6日电 (张小山)", "北京"),
        ("（中央社記者林可心雲溪20日電）", None),
        ("本报讯（记者 张小山）", None),
        ("新华社5月9日电 ", None),
        ("云溪日报5月20日讯（记者 张小山）", None),
        ("据新华社北京消息，5月9日电话开通，", None),
    ],
)
def test_the_place_between_outlet_and_day(start, place):
    assert dateline(page(opening=f"<p>{start}{REST}</p>", byline="<p>2024-05-20 来源：云溪日报</p>")) == place


def test_a_dateline_within_the_story_is_another_reports():
    assert dateline(page(closing=f"<p>{REST}</p><p>新华社北京5月6日电 {REST}</p>")) is None
