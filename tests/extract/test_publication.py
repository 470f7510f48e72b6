"""The time of publication, chosen among the times that the page shows and those in its metadata."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extract.fields.published import precision_of, published_at, published_text
from newscrawl.extract.page.document import Document
from tests.extract.pages import TITLE, page

DATED_URL = "http://news.example.cn/2024/05/20/1.html"


@pytest.mark.parametrize(
    "byline",
    [
        "<p>2024-05-20 16:25 来源：示例日报</p>",
        "<p>来源：示例日报　时间：2024年05月20日 16时25分　浏览量：123次　字体：【大 中 小】</p>",
        "<div><span>2024-05-20</span><span>16:25</span></div>",
        "<p>更新时间：2024-05-21 09:00 发布时间：2024-05-20 16:25</p>",
        "<p>发布时间：2024-05-20 16:25</p><p>最后更新: 2024-05-21 09:00:11</p>",
        "<p>http://www.example.cn 2024-05-20 16:25</p>",
        "<div>2024</div><div>05/20</div><div>16:25</div>",
        "<p>2012 发布会回顾专题</p><p>2024/5/20 16:25</p>",
        "<p>编辑于 2024-05-21 09:00</p><p>2024-05-20 16:25</p>",
        "<p>2024-05-21 09:00 更新</p><p>2024-05-20 16:25 发布</p>",
        "<p>Updated : 2024-05-21 09:00 | Published : 2024-05-20 16:25</p>",
        "<p>Published: 2024-05-20 16:25 (Beijing Time)</p>",
        "<p>成文日期：2024-05-10 发布日期：2024-05-20 16:25</p>",
        "<p><a href='/u'>张小山</a> <a href='/u'>上传时间：2024-05-20 16:25</a></p>",
        "<p><a href='/2024/05/20/' rel='bookmark'><time>2024-05-20 16:25</time></a></p><p>浏览(120)</p>",
    ],
)
def test_reads_the_byline(byline):
    document = page(byline=byline)
    assert published_at(document) == "2024-05-20T16:25+08:00"
    assert precision_of(document) == "minute"


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='og:time' content='2024年05月20日 16:25:38'>",
        "<meta name='Maketime' content='2024-05-20 16:25:38'>",
        '<script>var allData = {"newsTime": "2024-05-20 16:25:38", "updateTime": "2024-05-21 09:00:11"}</script>',
    ],
)
def test_the_seconds_may_stand_elsewhere(head):
    assert published_at(page(head=head, byline="<p>2024-05-20 16:25</p>")) == "2024-05-20T16:25:38+08:00"


@pytest.mark.parametrize(
    "mark_up",
    [
        "<!--[939,4] published at 2024-05-20 16:25:38 from #10-->",
        "<p data-t='1716193538000'></p>",
        "<script>show('2024/05/20 16:25:38')</script>",
    ],
)
def test_seconds_of_the_same_minute_may_stand_anywhere(mark_up):
    assert published_at(page(byline=f"<p>2024-05-20 16:25</p>{mark_up}")) == "2024-05-20T16:25:38+08:00"
    other = mark_up.replace("16:25", "18:25").replace("17161935", "17162007")
    assert published_at(page(byline=f"<p>2024-05-20 16:25</p>{other}")) == "2024-05-20T16:25+08:00"


def test_an_attribute_or_script_between_headline_and_story_completes_the_day():
    shown = "<p>2024-05-20</p>"
    assert published_at(page(byline="<p data-val='1716193538000'>2024-05-20</p>")) == "2024-05-20T16:25:38+08:00"
    assert published_at(page(byline=f"{shown}<script>show('2024-05-20 16:25:38')</script>")).endswith("T16:25:38+08:00")
    assert published_at(page(byline=shown, after="<p data-val='1716193538000'>各村修路</p>")) == "2024-05-20"


def test_a_clock_of_twelve_hours_is_told_by_the_other():
    above = "<p>2024-05-20 16:25</p>"
    assert published_at(page(above=above, byline="<p>2024-05-20 04:25:38</p>")) == "2024-05-20T16:25:38+08:00"
    afternoon = "<p>各村修路 2024-05-20 16:25:38</p>"
    assert published_at(page(byline="<p>2024-05-20 04:25:38</p>", after=afternoon)) == "2024-05-20T16:25:38+08:00"
    assert published_at(page(byline="<p>2024-05-20 04:25:38</p>")) == "2024-05-20T04:25:38+08:00"


def test_a_clock_shown_in_another_zone_is_that_of_the_stated_time():
    head = '<meta property="article:published_time" content="2024-05-20T17:25:38+09:00">'
    assert published_at(page(head=head, byline="<p>2024-05-20 17:25</p>")) == "2024-05-20T16:25:38+08:00"
    assert published_at(page(head=head, byline="<p>2024-05-20 18:25</p>")) == "2024-05-20T18:25+08:00"


def test_a_clock_that_a_cms_calls_greenwichs_is_beijings_where_it_is_the_one_shown():
    head = '<meta property="article:published_time" content="2024-05-20T16:25:38Z">'
    assert published_at(page(head=head, byline="<p>2024-05-20 16:25</p>")) == "2024-05-20T16:25:38+08:00"
    assert published_at(page(head=head, byline="<p>2024-05-21 00:25</p>")) == "2024-05-21T00:25:38+08:00"


def test_the_time_a_page_was_generated_is_not_the_publication():
    head = '<meta name="PubDate" content="2024-05-22 08:00:00">'
    generated = '<meta name="others" content="页面生成时间 2024-05-22 08:00:00">'
    assert published_at(page(head=head + generated)) is None
    assert published_at(page(head=head)) == "2024-05-22T08:00:00+08:00"


def test_a_date_without_a_year_is_completed_by_another_that_is_shown():
    byline = "<p>05-20 16:25</p><p>2024年05月20日 06:31 央视</p>"
    assert published_at(page(byline=byline)) == "2024-05-20T16:25+08:00"


def test_a_table_over_the_headline_dates_a_document():
    rows = "<tr><td>{}：</td><td>{}</td></tr>"
    table = (
        rows.format("成文日期", "2024-05-10") + rows.format("发布日期", "2024-05-20") + rows.format("文号", "云政5号")
    )
    assert published_at(page(above=f"<table>{table}</table>" + "<p>正文</p>" * 8)) == "2024-05-20"
    assert (
        published_at(page(above=f"<table>{rows.format('有效日期', '2024-05-10')}</table>" + "<p>正文</p>" * 8)) is None
    )


def test_gives_the_time_as_printed():
    assert published_text(page(byline="<p>时间：2024年5月20日16时25分</p>")) == "2024年5月20日16时25分"


def test_reads_a_byline_over_the_headline_and_under_the_story():
    assert published_at(page(above="<p>2024-05-20 来源：示例日报</p>")) == "2024-05-20"
    closing = "<p>作者：张小山　来源：示例日报　编辑：李四光　2024-05-20 16:25</p>"
    assert published_at(page(closing=closing)) == "2024-05-20T16:25+08:00"
    assert published_at(page(after="<p>发布日期：2024-05-20 16:25:01</p>")) == "2024-05-20T16:25:01+08:00"


def test_a_date_in_the_story_or_beside_other_articles_is_not_the_publication():
    assert published_at(page(byline="<p><a href='/1'>2024-05-20</a> <a href='/2'>2024-05-21</a></p>")) is None
    assert published_at(page(byline="<p><a href='/1'>2024-05-20 修路工程进展顺利</a></p>")) is None
    assert published_at(page(opening="<p>2024年5月19日，镇里召开大会，部署今年的重点工作，并表彰了先进。</p>")) is None
    listed = "".join(
        f"<li><a href='/{day}'>各村修路工程进展顺利第{day}期</a> 2024-05-{day}</li>" for day in (10, 11, 12)
    )
    assert published_at(page(after=f"<div>相关阅读</div><ul>{listed}</ul>")) is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="PubDate" content="2024-05-20 16:25:01">',
        '<meta property="article:published_time" content="2024-05-20T08:25:01Z">',
        '<meta name="apub:time" content="5/20/2024, 4:25:01 PM">',
        '<script type="application/ld+json">{"datePublished": "2024-05-20T16:25:01+08:00"}</script>',
        "<script>var __$pubtime='2024-05-20 16:25:01';</script>",
        '<script>window.DATA = {"pubtime": "2024-05-20 16:25:01"}</script>',
        "<script>var publishTime = 1716193501000;</script>",
        '<script>var ct = "1716193501";</script>',
        "<!--enpproperty <articleid>1</articleid><date>2024-05-20 16:25:01.0</date><author></author>/enpproperty-->",
    ],
)
@pytest.mark.parametrize("byline", ["", "<p>2024-05-20 来源：示例日报</p>", "<p>05-20 16:25</p>"])
def test_what_metas_and_scripts_state_completes_what_is_shown(head, byline):
    assert published_at(page(head=head, byline=byline)) == "2024-05-20T16:25:01+08:00"


@pytest.mark.parametrize(
    "mark_up",
    [
        "<div data-ptime='2024-05-20 16:25:01'>2024-05-20</div>",
        "<input type='hidden' id='newstime' value='2024-05-20 16:25:01'>",
        "<time datetime='2024-05-20T16:25:01+08:00'>2024-05-20</time>",
    ],
)
def test_reads_attributes(mark_up):
    assert published_at(page(byline=mark_up)) == "2024-05-20T16:25:01+08:00"


def test_what_is_shown_outweighs_what_contradicts_it():
    stated = '<meta name="publishdate" content="2024-05-22 08:00:00">'
    assert published_at(page(head=stated, byline="<p>2024-05-20 16:25</p>")) == "2024-05-20T16:25+08:00"


def test_an_update_never_is_the_publication_but_may_complete_it():
    updated = '<meta name="lastmod" content="2024-05-20 16:25:33">'
    assert published_at(page(head=updated)) is None
    for words in (
        "更新于 {}",
        "最后修改于 {}",
        "编辑于 {}",
        "Updated: {}",
        "Last updated: {}",
        "{} 更新",
        "修改时间 {}",
    ):
        assert published_at(page(byline=f"<p>{words.format('2024-05-20 16:25')}</p>")) is None
    assert published_at(page(head=updated, byline="<p>2024-05-20</p>")) == "2024-05-20"
    assert published_at(page(head=updated, byline="<p>05-20 16:25</p>")) == "2024-05-20T16:25:33+08:00"


def test_a_missing_year_is_taken_from_the_address_or_left():
    assert published_at(page(byline="<p>05-20 16:25</p>", url=DATED_URL)) == "2024-05-20T16:25+08:00"
    assert published_at(page(byline="<p>05-21 16:25</p>", url=DATED_URL)) is None
    assert published_at(page(byline="<p>05-20 16:25</p>")) is None


def test_todays_date_over_the_page_is_not_the_publication():
    today = "<div>今天是2024年05月20日 星期一</div>"
    assert published_at(page(above=today)) is None
    assert published_at(page(above=today, url=DATED_URL)) == "2024-05-20"


def test_scripts_that_contradict_each_other_are_lists_of_other_articles():
    script = '<script>[{"publishTime": "2024-05-20 10:00:00"}, {"publishTime": "2024-05-18 09:00:00"}]</script>'
    assert published_at(page(head=script)) is None
    assert published_at(page(head=script, url=DATED_URL)) == "2024-05-20T10:00:00+08:00"


def test_relative_times_count_from_the_fetch():
    fetched = datetime(2024, 5, 21, 2, 0, tzinfo=UTC)
    assert published_at(page(byline="<p>昨天 16:25</p>", fetched_at=fetched)) == "2024-05-20T16:25+08:00"
    assert published_at(page(byline="<p>昨天 16:25</p>")) is None


def test_a_page_without_a_story_is_read_as_well():
    video = "<html><title>集市上的早晨_示例网</title><body><h1>集市上的早晨</h1><p>2024-05-20 16:25</p></body></html>"
    assert published_at(Document(video, "http://news.example.cn/v/1.html")) == "2024-05-20T16:25+08:00"


def test_an_empty_date_stays_empty():
    assert published_at(page(byline="<p>日期: 来源:上海松江收集编辑:上海松江</p>")) is None


@pytest.mark.parametrize(
    "byline",
    [
        "<p>2024-05-20<br>16:25</p>",
        "<div>16:25</div><div>2024-05-20</div>",
        "<time datetime='2024-05-20T16:25+08:00'>3天前</time>",
        "<span title='2024-05-20 16:25'>3天前</span>",
        "<p>20/05/2024 16:25</p>",
        "<p>民國113年5月20日 16:25</p>",
        "<p>發布日期：113-05-20 16:25</p>",
        "<dl><dt>来信时间</dt><dd>2024-05-18</dd><dt>答复时间</dt><dd>2024-05-20 16:25</dd></dl>",
        "<p>今天是2026年11月28日 星期六</p><p>2024-05-20 16:25</p>",
    ],
)
def test_a_minute_in_many_forms(byline):
    later = datetime(2026, 11, 28, tzinfo=UTC)
    assert published_at(page(byline=byline, fetched_at=later)) == "2024-05-20T16:25+08:00"


@pytest.mark.parametrize("byline", ["<p><b>20</b> <span>2024-05</span></p>", "<div>05/20</div><div>2024</div>"])
def test_a_calendars_leaf_gives_the_day(byline):
    assert published_at(page(byline=byline)) == "2024-05-20"


@pytest.mark.parametrize(
    "byline",
    [
        "<p>今天是2026年11月28日 星期六</p>",
        "<p>113年5月20日</p>",
        "<p>05/06/2024</p>",
        "<p>截止日期：2024-06-20</p>",
        "<p>活动时间：2024年6月20日 地点：文化馆</p><p>2024-05-21</p>",
        "<p>生效日期：2024-06-20 发布日期：2024-05-21</p>",
        "<p>第20期 2024-05-21 出版者</p>",
    ],
)
def test_what_may_be_another_day_gives_none_of_them(byline):
    later = datetime(2026, 11, 28, tzinfo=UTC)
    assert published_at(page(byline=byline, fetched_at=later)) in {None, "2024-05-21"}


def record(title, time):
    """A page's data as Next streams it, with another article's before."""
    other = '{\\"title\\":\\"别的文章的标题在此\\",\\"addtime\\":\\"2024-05-20 09:00:00\\"}'
    own = (
        f'{{\\"title\\":\\"{title}\\",\\"id\\":12,\\"addtime\\":\\"{time}\\",\\"updtime\\":\\"2024-05-20 18:00:00\\"}}'
    )
    return f'<script>self.__next_f.push([1,"[{other},{own}]"])</script>'


def test_the_time_of_the_articles_record_in_a_script_completes_the_day():
    byline = "<p>May 20, 2024</p>"
    shown = published_at(page(byline=byline, head=record(TITLE, "2024-05-20 16:25:01")))
    assert shown == "2024-05-20T16:25:01+08:00"
    assert published_at(page(byline=byline, head=record(TITLE, "2024-04-11 16:25:01"))) == "2024-05-20"
    assert published_at(page(byline=byline, head=record("又一篇文章的标题", "2024-05-20 16:25:01"))) == "2024-05-20"


def test_the_earliest_statement_of_a_day_is_the_publication():
    head = (
        '<meta property="article:published_time" content="2024-05-20T16:33:00+08:00">'
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"%sT16:25:00+08:00"}</script>'
    )
    assert published_at(page(head=head % "2024-05-20")) == "2024-05-20T16:25:00+08:00"
    assert published_at(page(head=head % "2024-05-11")) == "2024-05-20T16:33:00+08:00"


@pytest.mark.parametrize(
    ("above", "published"),
    [("<div id='__next'></div>", "2024-05-21T00:25:44+08:00"), ("", "2024-05-20T16:25:44+08:00")],
)
def test_a_program_on_a_server_shows_greenwichs_clock(above, published):
    head = '<meta property="article:published_time" content="2024-05-20T16:25:44.000+00:00">'
    assert published_at(page(above=above, head=head, byline="<p>2024.5.20 16:25</p>")) == published


def test_the_hours_of_an_event_are_no_time_of_publication():
    event = "<p>时间：9月8日（周日）19:00-21:00</p><p>地点：示例书店二楼</p>"
    assert published_at(page(byline="<p>2024-05-20 16:25</p>", opening=event)) == "2024-05-20T16:25+08:00"
    assert published_at(page(byline=event)) is None
    hours = "<p>时间：2024年5月28日 19:00-21:00</p>"
    assert published_at(page(byline=hours)) is None
    assert published_at(page(closing=hours)) is None
    assert published_at(page(byline="<p>时间：2024年5月20日 16:25-来源：示例日报</p>")) == "2024-05-20T16:25+08:00"


def test_when_something_takes_place_is_no_time_of_publication():
    byline, event = "<p>2024-05-20 16:25 来源：示例日报</p>", "<p>时间：2024年5月28日（周二）14:30</p>%s"
    place = "<p>地点：图书馆报告厅</p>"
    assert published_at(page(byline=byline, opening=event % place)) == "2024-05-20T16:25+08:00"
    assert (
        published_at(page(byline=byline, opening=f"<p>主讲人：张小山</p>{event % place}")) == "2024-05-20T16:25+08:00"
    )
    assert published_at(page(byline=event % "")) == "2024-05-28T14:30+08:00"
