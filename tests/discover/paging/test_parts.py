"""The parts of a story, whichever part was reached first, told from next articles and next lists."""

from __future__ import annotations

import pytest

from newscrawl.discover import next_list_page, parts_of
from newscrawl.discover.paging import parts as module
from newscrawl.discover.paging.pager import LAST, NEXT, PREVIOUS, Numbered
from newscrawl.extract.page.document import Document

STORY = (
    "<h1>青川百里茶山行记</h1><div>2024-05-11 09:20　来源：青川日报</div><div id='text'>"
    "<p>五月的东山，新茶刚刚下树，山路两旁的茶厂昼夜不停，空气里都是炒青的香味，引得游人驻足。</p>"
    "<p>从县城出发，沿清溪河上行二十里，便到了第一座茶场，场长是个四十来岁的返乡青年，姓何。</p></div>"
)
NEIGHBOURS = (
    "<p>上一篇：<a href='{previous}'>老城区供水管网改造工程进入收尾阶段</a></p>"
    "<p>下一篇：<a href='{following}'>县图书馆夜间延时开放受到读者欢迎</a></p>"
)


def story(url: str, pager: str, extra: str = "") -> Document:
    title = "<title>青川百里茶山行记_青川新闻网</title>"
    return Document(f"<html><head>{title}</head><body>{STORY}{pager}{extra}</body></html>", url)


def links(*pairs: tuple[str, str]) -> str:
    return (
        "<div>"
        + " ".join(f"<a href='{href}'>{text}</a>" if href else f"<b>{text}</b>" for text, href in pairs)
        + "</div>"
    )


# The pagers of CMS families: name, address of each part, the pager as part k prints it.
FAMILIES = {
    "numbers": (
        [f"http://a.test/xw/2024-05/11/content_88{s}.htm" for s in ("", "_2", "_3")],
        lambda k, u: links(*[(str(n), "" if n == k else u[n - 1]) for n in (1, 2, 3)]),
    ),
    "trs": (
        [f"http://a.test/xw/202405/t20240511_4821{s}.html" for s in ("", "_1", "_2")],
        lambda k, u: links(*[(str(n), "" if n == k else u[n - 1]) for n in (1, 2, 3)], ("下一页", u[min(k, 2)])),
    ),
    "padded": (
        [f"http://a.test/system/2024/05/11/030012345{s}.shtml" for s in ("", "_01", "_02")],
        lambda k, u: links(*[(f"[{n}]", "" if n == k else u[n - 1]) for n in (1, 2, 3)]),
    ),
    "query": (
        [f"http://a.test/show.php?id=4821{s}" for s in ("", "&page=2", "&page=3")],
        lambda k, u: links(*[(f"第{n}页", "" if n == k else u[n - 1]) for n in (1, 2, 3)]),
    ),
    "hyphen": (
        [f"http://a.test/article/4821377{s}.html" for s in ("", "-2", "-3")],
        lambda k, u: links(*[(str(n), "" if n == k else u[n - 1]) for n in (1, 2, 3)]),
    ),
    "trs script": (
        [f"http://a.test/xw/202405/t20240511_4821{s}.html" for s in ("", "_1", "_2")],
        lambda k, u: f"<script>var currentPage = {k - 1};//所在页从0开始\nvar countPage = 3//共多少页\n</script>",
    ),
    "createPageHTML": (
        [f"http://a.test/xw/202405/t20240511_4821{s}.html" for s in ("", "_1", "_2")],
        lambda k, u: f"<script>createPageHTML(3, {k - 1}, 't20240511_4821', 'html');</script>",
    ),
}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_part_tells_the_whole_story(family, number):
    urls, pager = FAMILIES[family]
    document = story(
        urls[number - 1],
        pager(number, urls),
        NEIGHBOURS.format(previous="t20240511_4820.html", following="t20240511_4822.html"),
    )
    parts = parts_of(document)
    assert parts is not None
    assert (parts.first, parts.number, parts.total, list(parts.urls)) == (urls[0], number, 3, urls)
    assert next_list_page(document) == []


@pytest.mark.parametrize("url", ["http://a.test/a/4821377.html", "http://a.test/a/4821377_2.html"])
def test_numbers_left_out_of_the_pager_are_filled_in(url):
    base = "http://a.test/a/4821377"
    document = story(url, links(("1", f"{base}.html"), ("2", f"{base}_2.html"), ("...", ""), ("5", f"{base}_5.html")))
    parts = parts_of(document)
    assert parts is not None
    assert parts.urls == tuple([f"{base}.html"] + [f"{base}_{n}.html" for n in range(2, 6)])


@pytest.mark.parametrize(
    ("url", "number", "first"),
    [
        ("http://a.test/a/4821377.html", 1, "http://a.test/a/4821377.html"),
        ("http://a.test/a/4821377_1.html", 1, "http://a.test/a/4821377.html"),
        ("http://a.test/a/4821377_2.html", 2, "http://a.test/a/4821377.html"),
        ("http://a.test/a/4821377.html?spm=zm1.0.0", 1, "http://a.test/a/4821377.html"),
    ],
)
def test_page_one_has_one_name_even_if_its_own_link_carries_a_number(url, number, first):
    parts = parts_of(story(url, links(("1", "4821377_1.html"), ("2", "4821377_2.html"), ("3", "4821377_3.html"))))
    assert parts is not None
    assert (parts.first, parts.number, parts.total) == (first, number, 3)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_pages_that_begin_at_zero(number):
    base = "http://a.test/2024-05/11/content_4821377"
    pager = links(*[(str(n), "" if n == number else f"{base}_{n - 1}.htm") for n in (1, 2, 3)])
    parts = parts_of(story(f"{base}_{number - 1}.htm", pager))
    assert parts is not None
    assert (parts.first, parts.number, parts.total) == (f"{base}_0.htm", number, 3)


def test_parameters_of_page_one():
    pager = links(*[(str(n), f"show.php?id=4821&page={n}") for n in (1, 2, 3)])
    found = [parts_of(story(f"http://a.test/show.php?id=4821{tail}", pager)) for tail in ("", "&page=1", "&page=3")]
    assert [parts and (parts.first, parts.number) for parts in found] == [
        ("http://a.test/show.php?id=4821", 1),
        ("http://a.test/show.php?id=4821", 1),
        ("http://a.test/show.php?id=4821", 3),
    ]


def test_ten_parts_are_not_filled_up_with_zeros():
    pager = links(("尾页", "4821377_10.html"), ("下一页", "4821377_2.html"))
    parts = parts_of(story("http://a.test/a/4821377.html", pager))
    assert parts is not None
    assert (parts.total, parts.urls[4]) == (10, "http://a.test/a/4821377_5.html")


def test_a_short_id_is_no_page_number():
    pager = links(("上一页", "t20240511_481.html"), ("下一页", "t20240511_483.html"))
    assert parts_of(story("http://a.test/xw/t20240511_482.html", pager)) is None


def test_a_lone_next_link_tells_one_part_more():
    parts = parts_of(story("http://a.test/a/4821377.html", links(("下一页", "4821377_2.html"))))
    assert parts is not None
    assert (parts.number, parts.total, parts.urls[1]) == (1, 2, "http://a.test/a/4821377_2.html")


def test_the_second_part_with_a_lone_way_back():
    parts = parts_of(
        story("http://a.test/a/4821377_1.html", links(("上一页", "4821377.html"), ("下一页", "4821377_2.html")))
    )
    assert parts is not None
    assert (parts.first, parts.number, parts.total) == ("http://a.test/a/4821377.html", 2, 3)


@pytest.mark.parametrize(
    ("url", "pager"),
    [
        (
            "http://a.test/xw/202405/t20240511_4821.html",
            NEIGHBOURS.format(previous="t20240511_4820.html", following="t20240511_4822.html"),
        ),
        ("http://a.test/a/4821_1.html", NEIGHBOURS.format(previous="4820_1.html", following="4822_1.html")),
        ("http://a.test/a/4821377.html", links(("上一页", "4821376.html"), ("下一页", "4821378.html"))),
        (
            "http://a.test/a/4821377.html",
            links(("1", "/list_1.html"), ("2", "/list_2.html"), ("下一页", "/list_2.html")),
        ),
        ("http://a.test/a/4821377.html", links(("2", "http://b.test/a/4821377_2.html"))),
        ("http://a.test/a/4821377.html", links(("评论(3)", "4821377_3.html"), ("打印", "4821377_2.html"))),
        ("http://a.test/a/4821377.html", links(("1", "4821377.html"))),
        ("http://a.test/a/4821377.html", "<script>createPageHTML(9, 0, 'index', 'html');</script>"),
        ("http://a.test/a/4821377.html", ""),
    ],
)
def test_no_parts(url, pager):
    assert parts_of(story(url, pager)) is None


def test_a_list_has_no_parts():
    rows = "".join(f"<li><a href='t20240511_48{n}.html'>青川新闻网本地要闻标题第{n}条消息</a></li>" for n in range(30))
    document = Document(
        f"<ul>{rows}</ul>" + links(("1", "index.html"), ("2", "index_2.html")), "http://a.test/xw/index.html"
    )
    assert parts_of(document) is None
    assert next_list_page(document) == ["http://a.test/xw/index_2.html"]


BASE = "http://a.test/xw/202405/4821377"


@pytest.mark.parametrize("text", ["余下全文", "余下全文 >>", "【剩余全文】", "点击阅读余下全文(1/3)", "阅读全文"])
def test_a_link_to_the_rest_is_the_next_part(text):
    parts = parts_of(story(f"{BASE}.html", links((text, f"{BASE}_2.html"))))
    assert parts is not None
    assert (parts.number, parts.total, parts.urls[1]) == (1, 2, f"{BASE}_2.html")


@pytest.mark.parametrize(
    ("own", "whole"),
    [
        (f"{BASE}.html", f"{BASE}_all.html"),
        (f"{BASE}.shtml", f"{BASE}-all.shtml"),
        (f"{BASE}.html", f"{BASE}.html?all=1"),
        ("http://a.test/show.php?id=4821", "http://a.test/show.php?id=4821&page=all"),
    ],
)
@pytest.mark.parametrize("text", ["阅读全文", "显示全文", "在本页阅读全文", "全文"])
def test_a_page_with_the_whole_story(own, whole, text):
    parts = parts_of(story(own, links((text, whole))))
    assert parts is not None
    assert (parts.number, parts.urls[-1]) == (1, whole)
    all_of_it = parts_of(story(whole, ""))
    assert all_of_it is not None
    assert (all_of_it.first, all_of_it.number) == (parts.first, 0)


def test_a_pager_and_a_page_with_the_whole_story():
    urls = [f"{BASE}{tail}.html" for tail in ("", "_2", "_3", "_all")]
    parts = parts_of(story(urls[0], links(("2", urls[1]), ("3", urls[2]), ("阅读全文", urls[3]))))
    assert parts is not None
    assert (parts.total, list(parts.urls)) == (3, urls)


def test_a_later_part_names_the_page_with_the_whole_story_too():
    parts = parts_of(story(f"{BASE}_2.html", links(("1", f"{BASE}.html"), ("阅读全文", f"{BASE}_all.html"))))
    assert parts is not None
    assert parts.urls == (f"{BASE}.html", f"{BASE}_2.html", f"{BASE}_all.html")


def test_where_pages_count_from_zero_the_rest_is_the_first():
    parts = parts_of(story(f"{BASE}.html", links(("余下全文", f"{BASE}_1.html"))))
    assert parts is not None
    assert (parts.number, parts.urls) == (1, (f"{BASE}.html", f"{BASE}_1.html"))


@pytest.mark.parametrize("first", [f"{BASE}/1.html", f"{BASE}.html", f"{BASE}/"])
def test_parts_in_a_folder_of_their_story(first):
    urls = [first, f"{BASE}/2.html", f"{BASE}/3.html"]
    for number, url in enumerate(urls, 1):
        parts = parts_of(story(url, links(*[(str(n), "" if n == number else u) for n, u in enumerate(urls, 1)])))
        assert parts is not None
        assert (parts.first, parts.number, list(parts.urls)) == (first, number, urls)


@pytest.mark.parametrize(
    ("url", "text", "target"),
    [
        ("http://a.test/20240511/2.html", "3", "http://a.test/20240511/3.html"),  # articles of a day
        (f"{BASE}.html", "阅读全文", "http://a.test/xw/202405/4821378.html"),
        (f"{BASE}.html", "全文", "http://a.test/xw/202405/4821378_all.html"),
        (f"{BASE}.html", "余下全文", "http://a.test/xw/202405/4821378_2.html"),
    ],
)
def test_neighbours_are_no_parts(url, text, target):
    assert parts_of(story(url, links((text, target)))) is None


@pytest.mark.parametrize(
    ("first", "links_to", "third"),
    [
        (f"{BASE}.html", f"{BASE}_{{}}.html", f"{BASE}_3.html"),
        (f"{BASE}.html", f"{BASE}-{{}}.html", f"{BASE}-3.html"),
        (f"{BASE}.html", f"{BASE}_0{{}}.html", f"{BASE}_03.html"),
        ("http://a.test/x_y/4821377.html", "http://a.test/x_y/4821377-{}.html", "http://a.test/x_y/4821377-3.html"),
        ("http://a.test/x-y/4821377.html", "http://a.test/x-y/4821377_{}.html", "http://a.test/x-y/4821377_3.html"),
        (
            "http://a.test/a/t-1_4821377.html",
            "http://a.test/a/t-1_4821377_{}.html",
            "http://a.test/a/t-1_4821377_3.html",
        ),
        (
            "http://a.test/show.php?id=4821",
            "http://a.test/show.php?id=4821&page={}",
            "http://a.test/show.php?id=4821&page=3",
        ),
        ("http://a.test/show.php?id=2", "http://a.test/show.php?page={}&id=2", "http://a.test/show.php?page=3&id=2"),
        (f"{BASE}/1.html", f"{BASE}/{{}}.shtml", f"{BASE}/3.shtml"),
    ],
)
def test_a_part_that_no_link_names_is_written_as_the_others_are(first, links_to, third):
    parts = parts_of(story(first, links(("2", links_to.format(2)), ("4", links_to.format(4)))))
    assert parts is not None
    assert parts.urls == (first, links_to.format(2), third, links_to.format(4))


@pytest.mark.parametrize(
    ("url", "pager", "expected"),
    [
        ("_3", {"2": "_2", "4": "_4"}, ["", "_2", "_3", "_4"]),
        ("_02", {"1": "", "4": "_04"}, ["", "_02", "_03", "_04"]),
        ("", {"2": "_1", "4": "_3"}, ["", "_1", "_2", "_3"]),
    ],
)
def test_parts_between_are_counted_as_those_that_are_named(url, pager, expected):
    parts = parts_of(story(f"{BASE}{url}.html", links(*[(text, f"{BASE}{tail}.html") for text, tail in pager.items()])))
    assert parts is not None
    assert list(parts.urls) == [f"{BASE}{tail}.html" for tail in expected]


@pytest.mark.parametrize(("total", "known"), [(99, True), (100, False)])
def test_a_story_has_at_most_ninety_nine_parts(total, known):
    pager = links(("2", f"{BASE}_2.html"), ("尾页", f"{BASE}_{total}.html"))
    parts = parts_of(story(f"{BASE}.html", pager))
    assert (parts.total if parts else None) == (99 if known else None)
    drawn = f"<script>createPageHTML({total}, 0, '4821377', 'html');</script>"
    parts = parts_of(story(f"{BASE}.html", drawn))
    assert (parts.total if parts else None) == (99 if known else None)
    last = parts_of(story(f"{BASE}_{total}.html", links(("1", f"{BASE}.html"), ("上一页", f"{BASE}_{total - 1}.html"))))
    assert (last.number if last else None) == (99 if known else None)


@pytest.mark.parametrize(
    ("script", "url", "number", "total"),
    [
        ("createPageHTML(2, 0, '4821377', 'html');", f"{BASE}.html", 1, 2),
        ("createPageHTML(2, 1, '4821377', 'html');", f"{BASE}_1.html", 2, 2),
        ('createPageHTML(2, 0, "4821377", "html");', f"{BASE}.html", 1, 2),
        ("createPageHTML('box', 3, 3, '4821377', 'html');", f"{BASE}_3.html", 3, 3),
        ("createPageHTML(1, 0, '4821377', 'html');", f"{BASE}.html", None, None),
        ("createPageHTML(3, 2, '4821377', 'html');", f"{BASE}.html", None, None),  # this is not the page it says
        ("createPageHTML(3, 3, '4821377', 'html');", f"{BASE}_3.html", None, None),  # the last is `_2`
        ("createPageHTML(3, 0, '4821378', 'html');", f"{BASE}.html", None, None),
        ("createPageHTML(3, 0, 'index', 'html');", "http://a.test/xw/index.html", None, None),
        ("var countPage = 3, currentPage = 0;", f"{BASE}.html", 1, 3),
    ],
)
def test_a_script_that_draws_the_pager_of_this_very_story(script, url, number, total):
    parts = parts_of(story(url, f"<script>{script}</script>"))
    assert (parts and (parts.number, parts.total)) == (number and (number, total))


def link(number, says=None, step=0, width=1):
    return module._Link(f"{BASE}_{number}.html" if number is not None else f"{BASE}.html", says, step, number, width)


@pytest.mark.parametrize(
    ("own", "pager", "offset"),
    [
        (None, [link(2, says=2)], 0),
        (None, [link(1, says=2)], -1),
        (None, [link(7, says=2)], 0),
        (None, [link(3, says=2)], 0),
        (None, [link(None, says=1), link(1, says=2)], -1),
        (None, [link(1, step=NEXT)], -1),
        (None, [link(2, step=NEXT)], 0),
        (None, [link(3, step=NEXT)], 0),
        (None, [link(1, step=LAST)], 0),
        (5, [link(1, step=NEXT)], 0),
        (1, [link(None, step=PREVIOUS)], -1),
        (2, [link(None, step=PREVIOUS)], 0),
        (3, [link(None, step=PREVIOUS)], 0),
        (1, [link(0, step=PREVIOUS)], 0),
        (1, [link(None, step=NEXT)], 0),
    ],
)
def test_how_numbers_in_addresses_differ_from_those_of_pages(own, pager, offset):
    assert module._offset(Numbered(f"{BASE}.html", own), pager) == offset


@pytest.mark.parametrize(
    ("own", "pager", "first"),
    [
        (Numbered(f"{BASE}.html", None), [link(2)], f"{BASE}.html"),
        (Numbered(f"{BASE}.html", 1), [link(1), link(2)], f"{BASE}.html"),
        (Numbered(f"{BASE}.html", 2), [link(0)], f"{BASE}_0.html"),
        (Numbered(f"{BASE}.html", 0), [link(1)], f"{BASE}_0.html"),
        (Numbered(f"{BASE}.php", 0, form="query"), [link(1)], f"{BASE}.php"),
        (Numbered(BASE, 2, form="folder"), [link(3)], f"{BASE}.html"),
        (Numbered(BASE, 3, form="folder"), [link(2)], f"{BASE}.html"),
        (Numbered(BASE, 2, form="folder"), [link(1), link(3)], f"{BASE}_1.html"),
        (Numbered(BASE, 2, form="folder"), [link(1), link(None)], f"{BASE}.html"),
    ],
)
def test_page_one_has_the_same_address_whichever_part_tells_it(own, pager, first):
    assert module._page_one(own, pager) == first


@pytest.mark.parametrize(
    ("url", "story_url"),
    [
        (f"{BASE}_all.html", f"{BASE}.html"),
        (f"{BASE}-FULL.shtml", f"{BASE}.shtml"),
        (f"{BASE}_quanwen.html", f"{BASE}.html"),
        (f"{BASE}.html?all=1", f"{BASE}.html"),
        (f"{BASE}.html?all=1&x=2", f"{BASE}.html?x=2"),
        (f"{BASE}.html?all=1&x=2&y=3", f"{BASE}.html?x=2&y=3"),
        (f"{BASE}.html?x=2&page=all", f"{BASE}.html?x=2"),
        (f"{BASE}.html?x=2&page=all&y=3", f"{BASE}.html?x=2&y=3"),
        (f"{BASE}.html?all=10", None),
        (f"{BASE}.html?small=1", None),
        (f"{BASE}_allen.html", None),
        ("http://a.test/xw/the_all.html", None),
        (f"{BASE}.html", None),
    ],
)
def test_an_address_that_has_all_of_a_story(url, story_url):
    assert module._without_all(url) == story_url


def test_a_page_with_all_of_no_article_has_no_parts():
    assert parts_of(story("http://a.test/xw/index2024_all.html", "")) is None
    whole = parts_of(story(f"{BASE}_all.html?utm_source=x", ""))
    assert whole is None or whole.number == 0


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("阅读全文", True),
        ("阅读全文" + "." * 16, True),
        ("阅读全文" + "." * 17, False),
        ("余下全文" + "." * 16, True),
        ("余下全文" + "." * 17, False),
        ("全文检索", False),
    ],
)
def test_how_long_the_words_of_a_link_to_the_rest_may_be(text, counts):
    whole = parts_of(story(f"{BASE}.html", links((text, f"{BASE}_all.html"))))
    following = parts_of(story(f"{BASE}.html", links((text, f"{BASE}_2.html"))))
    assert (following is not None) is counts
    if "余下" not in text or not counts:
        assert (whole is not None) is counts


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        (f"{BASE}/2.html", Numbered(BASE, 2, form="folder")),
        (f"{BASE}/", Numbered(BASE, None, form="folder")),
        (f"{BASE}/index.html", Numbered(BASE, None, form="folder")),
        (f"{BASE}.html", Numbered(BASE, None, form="folder")),
        (f"{BASE}.shtml", Numbered(BASE, None, form="folder")),
        (f"{BASE}/123.html", None),
        ("http://a.test/20240511/2.html", None),
        ("http://a.test/2024-05/2.html", None),
        ("http://a.test/123/2.html", None),
        (f"{BASE}.php", None),
    ],
)
def test_an_id_may_be_a_folder_of_its_pages_and_a_day_is_none(url, folder):
    readings = list(module._readings(url))
    assert [reading for reading in readings if reading.form == "folder"] == ([folder] if folder else [])
    assert readings[-1] == Numbered(url, None)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"{BASE}_2.html", "4821377"),
        (f"{BASE}.html?x=a.b/c", "4821377"),
        ("http://a.test/xw/", "index"),
        ("http://a.test/xw/a.b.html", "a.b"),
    ],
)
def test_the_name_of_a_pages_own_file(url, name):
    assert module._own_name(url) == name
