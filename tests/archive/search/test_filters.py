"""One `Filters`: the same names choose the same articles in Python, on the command line and in the browser."""

from __future__ import annotations

import pytest

from newscrawl.archive import FILTERS, FLAGS, Archive
from newscrawl.errors import ArchiveError
from tests.cli import seed

H, S, Y, J = seed.HUNAN, seed.SHANGHAI, seed.YUEYANG, seed.JIANGXI
WELLS, TEA = seed.url(H, "wells"), seed.url(H, "tea")

# Filters, and articles that they let through, or how many.
CASES = [
    ({"author": "周文"}, {seed.url(S, "budget"), seed.url(H, "budget")}),
    ({"author": "周"}, set()),
    ({"editor": "陈静", "region": "湖南"}, 3),
    ({"channel": "公示"}, {seed.url(Y, "notice")}),
    ({"source": "新华社"}, 2),
    ({"revised": True}, 2),
    ({"revised": True, "gone": False}, {TEA}),
    ({"gone": True}, {WELLS}),
    ({"reprints": True, "portal": H.key}, 1),
    ({"complete": False}, set()),
    ({"level": "city"}, 3),
    ({"division": "岳阳"}, 3),
    ({"division": "湖南", "level": "province"}, 4),
    ({"place": "湖南"}, 1),
    ({"since": "2026-02-26", "until": "2026-02", "revised": False}, 2),
]


@pytest.mark.parametrize(("filters", "wanted"), CASES)
def test_a_filter_lets_through_what_it_says(archive, filters, wanted):
    found = {row["url"] for row in archive.articles(**filters)}
    assert found == wanted if isinstance(wanted, set) else len(found) == wanted
    assert archive.number(**filters) == len(found)


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_parts_the_archive_in_two(archive, flag):
    assert archive.number(**{flag: True}) + archive.number(**{flag: False}) == archive.number()


@pytest.mark.parametrize(("filters", "wanted"), CASES)
def test_a_search_and_an_export_take_the_same(archive, filters, wanted):
    del wanted
    words = "清溪 OR 市 OR 县 OR 名"
    found = {hit["url"] for hit in archive.search(words, limit=None, **filters)}
    assert found == {row["url"] for row in archive.articles(words=words, **filters)}
    assert found == {hit["url"] for hit in archive.search(words, limit=None, sort="date", **filters)}
    assert sum(row["articles"] for row in archive.tally("region", **filters)) == archive.number(**filters)


def test_the_newest_come_first_where_dates_sort(archive):
    days = [hit["published"] or "" for hit in archive.search("市 OR 县", limit=None, sort="date")]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) > 3
    page = [hit["url"] for hit in archive.search("市 OR 县", limit=2, offset=1, sort="date")]
    assert page == [hit["url"] for hit in archive.search("市 OR 县", limit=3, sort="date")][1:]


def test_authors_are_searched(archive):
    found = {hit["url"] for hit in archive.search("周文")}
    assert found == {row["url"] for row in archive.articles(author="周文")} != set()
    assert {hit["url"] for hit in archive.search("作者:周文 财政")} == found
    assert list(archive.search("标题:周文")) == []


def test_the_length_of_a_text_is_counted_in_characters_and_words(tmp_path):
    with Archive.open(tmp_path / "archive.db") as archive:
        page = seed.page(H, "count", 1, title="字数", body="今年GDP增长5.2%，达到1.3万亿元。\n完。")
        archive.store(page)
        # 今 年 GDP 增 长 5 2 达 到 1 3 万 亿 元 完
        assert archive.article(page.url)["word_count"] == 15
        archive.store(seed.page(H, "count", 2, title="字数", body="今年 GDP 增长"))
        assert archive.article(page.url)["word_count"] == 5


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("鼓楼区", {"settled", "open"}),  # the name itself, and each division that it may mean
        ("南京市鼓楼区", {"settled"}),
        ("南京", {"settled", "city"}),
        ("江苏", {"settled", "city"}),
        ("徐州市鼓楼区", set()),
        ("徐州", set()),
    ],
)
def test_a_place_is_named_by_what_lies_in_it_and_by_a_name_that_stayed_open(tmp_path, place, named):
    bodies = {"settled": "南京市鼓楼区今日举行茶会。", "city": "南京今日下雨。", "open": "鼓楼区今日停电。"}
    with Archive.open(tmp_path / "archive.db") as archive:
        for hour, (name, body) in enumerate(bodies.items()):
            archive.store(seed.page(H, name, hour, title="今日消息", body=body))
        found = {row["url"] for row in archive.articles(place=place)}
    assert found == {seed.url(H, name) for name in named}


def test_an_unknown_place_is_said_to_be_none(archive):
    with pytest.raises(ArchiveError, match="no division of China is called '桃花源'"):
        archive.number(place="桃花源")


def test_the_browser_takes_every_filter(path):
    searching = pytest.importorskip("newscrawl.explore.pages.search")
    with Archive.open(path, read_only=True) as archive:
        for filters, _ in CASES:
            asked = {name: str(int(value)) if name in FLAGS else value for name, value in filters.items()}
            wish = searching.Wish.of(asked)
            assert wish.filters == filters
            assert searching.find(archive, wish).total == archive.number(**filters)
    assert set(FILTERS) - {"words"} <= set(searching.Wish.__slots__)
    assert searching.Wish.of({"gone": "maybe"}).problem
    assert searching.Wish.of({"sort": "size"}).problem
