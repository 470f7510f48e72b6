"""Portal overrides are tried first and cleaned like other values; a finder that raises loses only its field."""

from __future__ import annotations

import logging

import pytest
from scrapy.utils.test import get_crawler

from newscrawl.extract.finders import css, jsonld, labelled, meta, of, script, xpath
from newscrawl.extract.loader import FIELDS, NoArticle, candidates, finders_of, read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article
from newscrawl.pipelines import Extract
from newscrawl.spiders.sample import Sample

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>古井边开起共享书屋_竹溪新闻</title>
<meta name="desk" content="竹溪日报　2024-02-03"><script type="application/ld+json">
{"@type": "NewsArticle", "publisher": {"name": "竹溪传媒集团"}, "keywords": ["书屋"]}</script>
<script>var pageInfo = {outlet: "竹溪融媒", "wordCount": 310};</script></head><body>
<h1>古井边开起共享书屋</h1>
<div class="by">2024-02-03 15:20　来源：竹溪新闻　编辑：骆一苇</div>
<div class="desk"><b>供稿</b>　<i>古井社区 2024-02-03</i></div>
<div class="content"><p>竹溪老街的古井边，三间空屋改成了共享书屋，两千册旧书都是街坊捐的，看完放回原处就行。</p>
<p>书屋由退休教师轮流值守，周末有孩子来听故事，夏天的井水镇西瓜，冬天的炭火煮红薯，谁来都有一份。</p>
<p>发起人宁守拙说，书屋开了半年，书没有少，反倒多出三百多本，有的扉页上还写着读后感。</p></div>
<div class="end">供稿单位：古井社区　审核：冉一舟</div>
<table><tr><td>刊发媒体</td><td>竹溪晚报</td></tr></table></body></html>"""
URL = "http://www.zhuxi.test/news/30211.html"


def document() -> Document:
    return Document(PAGE.encode(), URL)


def article(**overrides) -> Article:
    found = read(document(), overrides)
    assert isinstance(found, Article)
    return found


def broken(_):
    raise ZeroDivisionError("the rule is wrong")


@pytest.mark.parametrize(
    ("override", "source"),
    [
        (css(".desk i ::text"), "古井社区"),
        (xpath("//div[@class='desk']/i/text()"), "古井社区"),
        (meta("desk"), "竹溪日报"),
        (jsonld("publisher.name"), "竹溪传媒集团"),
        (script("outlet"), "竹溪融媒"),
        (labelled("供稿单位"), "古井社区"),
        (labelled("刊发媒体"), "竹溪晚报"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_an_override_is_tried_first_and_cleaned_as_the_generic_rules_are(override, source):
    assert article().source == "竹溪新闻"
    assert article(source=override).source == source


def test_an_override_changes_its_field_alone():
    assert article(source=meta("desk")) == article(source=meta("desk"), authors=css(".none::text"))
    changed, plain = article(source=meta("desk")), article()
    assert {name for name in FIELDS if getattr(changed, name) != getattr(plain, name)} == {"source"}


@pytest.mark.parametrize("override", [css(".none::text"), meta("none"), of(lambda _: None), of(lambda _: ["", "网络"])])
def test_where_an_override_finds_nothing_that_survives_the_generic_rules_do(override):
    assert article(source=override).source == "竹溪新闻"


def test_a_list_field_keeps_all_values_of_its_override():
    assert article(authors=css(".content p::text")).authors == css(".content p::text")(document())
    assert article(channel=jsonld("keywords")).channel == ["书屋"]


def test_a_list_field_without_values_is_an_empty_list():
    assert article().authors == []


def test_the_finders_of_a_field_begin_with_the_override():
    override = meta("desk")
    assert finders_of("source", {"source": override}) == (override, *FIELDS["source"].metadata["finders"])
    assert next(candidates(document(), "source", {"source": override})) == ("meta desk", ["竹溪日报"])


@pytest.mark.parametrize(
    ("names", "values"),
    [
        (("来源",), ["竹溪新闻"]),
        (("编辑",), ["骆一苇"]),
        (("审核", "编辑"), ["冉一舟", "骆一苇"]),
        (("编辑", "审核"), ["骆一苇", "冉一舟"]),
        (("稿",), []),  # the end of a word is no label
        (("刊发媒体",), ["竹溪晚报"]),
        (("总编室",), []),
    ],
)
def test_labelled(names, values):
    assert labelled(*names)(document()) == values


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("日期: 来源:上海松江收集编辑:上海松江", "上海松江"),
        ("【来源：竹溪日报】【作者：宁一】", "竹溪日报"),
        ("来源：竹溪日报 | 责任编辑：宁一", "竹溪日报"),
        ("（来源：竹溪日报）", "竹溪日报"),
    ],
)
def test_a_labelled_value_ends_where_the_next_begins(line, value):
    assert labelled("来源")(Document(f"<p>{line}</p>", URL)) == [value]


def test_a_finder_that_raises_raises_under_test():
    with pytest.raises(ZeroDivisionError):
        read(document(), {"source": of(broken)})


def test_in_a_crawl_a_finder_that_raises_costs_no_other_field(caplog):
    failed = []
    with caplog.at_level(logging.ERROR):
        found = read(document(), {"authors": of(broken, "zhuxi.authors")}, failed.append)
    assert found == article()
    assert failed == ["authors"]
    (record,) = caplog.records
    assert all(word in record.getMessage() for word in (URL, "authors", "zhuxi.authors"))
    assert record.exc_info


def test_a_cleaner_that_raises_is_the_finders_fault_too():
    failed = []
    found = read(document(), {"source": of(lambda _: [5])}, failed.append)
    assert isinstance(found, Article)
    assert (found.source, failed) == ("竹溪新闻", ["source"])


def test_an_analysis_that_always_raises_costs_only_the_fields_that_need_it(monkeypatch):
    failed = []
    page = document()
    monkeypatch.setattr(type(page), "metas", property(broken))
    found = read(page, on_error=failed.append)
    assert isinstance(found, Article | NoArticle)
    assert failed


def test_a_crawl_counts_what_raised():
    pipeline = Extract.from_crawler(get_crawler(Sample))
    pipeline.count("authors")
    pipeline.count("authors")
    assert pipeline.stats.get_value("field/authors/error") == 2
