"""Place names in texts: official divisions, short names, and what settles a name that several places have."""

from __future__ import annotations

import time

import pytest

from newscrawl.places import DIVISIONS, codes_of, division_of, find, lies_in
from tests.cli import seed

NANJING, XUZHOU, FUZHOU = "320106", "320302", "350102"  # each has a 鼓楼区; Kaifeng has one too


def found(text: str, home: str | None = None) -> dict[str, str | None]:
    return {place.name: place.code for place in find(text, home)}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("湖南省长沙市岳麓区今天发布通知", {"湖南省": "430000", "长沙市": "430100", "岳麓区": "430104"}),
        ("湖南长沙开往贵州遵义的列车", {"湖南": "430000", "长沙": "430100", "贵州": "520000", "遵义": "520300"}),
        ("湘西土家族苗族自治州和湘西州都是一地", {"湘西土家族苗族自治州": "433100", "湘西州": "433100"}),
        ("內蒙古與長沙縣", {"内蒙古": "150000", "长沙县": "430121"}),
        ("吉林省吉林市", {"吉林省": "220000", "吉林市": "220200"}),
        ("云南山区和西南山区下了雪", {"云南": "530000"}),
        ("山东城区停电", {"山东": "370000"}),
        ("从南京路走到北京东路", {}),
        ("合作社与富裕户谈合作，大方又和平", {}),
        ("东方日照，安康", {}),
        ("海南省东方市", {"海南省": "460000", "东方市": "469007"}),
        ("海南东方", {"海南": "460000", "东方": "469007"}),
        ("甘南合作", {"甘南": "623000", "合作": "623001"}),
        ("", {}),
    ],
)
def test_names_are_found_longest_first(text, places):
    assert found(text) == places


@pytest.mark.parametrize(
    ("text", "home", "code"),
    [
        ("徐州市鼓楼区举行茶会", "350100", XUZHOU),  # what stands before it
        ("南京消息：鼓楼区举行茶会", "350100", NANJING),  # a city the text names
        ("鼓楼区举行茶会", "350100", FUZHOU),  # the portal's city
        ("鼓楼区举行茶会", "350000", FUZHOU),  # the only one of the portal's province
        ("鼓楼区举行茶会", "320000", None),  # two of the portal's province
        ("鼓楼区举行茶会", "430000", None),
        ("鼓楼区举行茶会", None, None),
        ("南京和徐州：鼓楼区举行茶会", "430000", None),
        ("江苏徐州：鼓楼区举行茶会", "320100", XUZHOU),
    ],
)
def test_a_name_of_several_places_is_settled_by_text_or_portal_or_stays_open(text, home, code):
    assert found(text, home)["鼓楼区"] == code


def test_a_county_is_known_by_its_short_name_near_home_alone():
    assert found("万载百合上市", "360922") == {"万载": "360922"}
    assert found("万载百合上市", "360000") == {}
    assert found("宜春万载百合上市") == {"宜春": "360900", "万载": "360922"}
    assert found("万载县消息，万载百合上市") == {"万载县": "360922", "万载": "360922"}


def test_mentions_are_counted():
    assert [tuple(place) for place in find("长沙、长沙市、长沙")] == [("长沙", "430100", 2), ("长沙市", "430100", 1)]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("长沙", ("430100",)),
        ("鼓楼区", (NANJING, XUZHOU, FUZHOU, "410204")),
        ("南京市鼓楼区", (NANJING,)),
        ("江苏徐州鼓楼区", (XUZHOU,)),
        ("吉林", ("220000",)),
        ("吉林市", ("220200",)),
        ("430100", ("430100",)),
        ("桃花源", ()),
        ("", ()),
    ],
)
def test_what_a_name_means_by_itself(name, codes):
    assert codes_of(name) == codes


@pytest.mark.parametrize(
    ("title", "region", "level", "code"),
    [
        ("红网", "湖南", "province", "430000"),
        ("红网吉首", "湖南", "county", "433101"),
        ("武汉市武昌区人民政府", "湖北", "county", "420106"),
        ("中国宁波网", "浙江", "city", "330200"),
        ("长江网", "湖北", "city", "420000"),  # the title does not say: the province, unless the portal declares it
        ("岚台新闻网", "样例", "county", None),
        ("某网", None, None, None),
    ],
)
def test_the_division_of_a_portal(title, region, level, code):
    assert division_of(title, region, level) == code


def test_the_table_is_whole():
    levels = [division.level for division in DIVISIONS.values()]
    assert (levels.count("province"), levels.count("city"), levels.count("county")) == (34, 333, 2847)
    for code, division in DIVISIONS.items():
        assert len(code) == 6
        assert lies_in(code, f"{code[:2]}0000")
        assert division.short
        assert division.short in division.name


def test_a_text_is_read_in_well_under_a_millisecond():
    text = (seed.BRIDGE + seed.BUDGET + seed.WELLS + "湖南省长沙市岳麓区与南京市鼓楼区。" * 4) * 2
    find(text)
    best = 1.0
    for _ in range(20):
        begin = time.process_time()
        for _ in range(10):
            find(text, "430000")
        best = min(best, (time.process_time() - begin) / 10)
    assert best < 0.001 * len(text) / 1000
