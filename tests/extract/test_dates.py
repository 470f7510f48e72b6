"""Times as pages print them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.extract.language.dates import Yearless, parse, parse_yearless

FETCHED = datetime(2024, 5, 20, 10, 0, tzinfo=UTC)  # 18:00 in Beijing


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2024-05-20 16:25:01", "2024-05-20T16:25:01+08:00"),
        ("2024年5月20日16时25分", "2024-05-20T16:25+08:00"),
        ("2024年5月20日 星期一 下午3:20", "2024-05-20T15:20+08:00"),
        ("2024年5月20日 下午 15:20", "2024-05-20T15:20+08:00"),
        ("2024/5/20", "2024-05-20"),
        ("2024.05.20", "2024-05-20"),
        ("2024 05/20 22:27:02", "2024-05-20T22:27:02+08:00"),
        ("２０２４年５月２０日", "2024-05-20"),
        ("二〇二四年五月二十日", "2024-05-20"),
        ("二零一八年十二月三日", "2018-12-03"),
        ("2017——04——12", "2017-04-12"),
        ("2023-09-28-21:50:00", "2023-09-28T21:50:00+08:00"),
        ("2024-05-2016:25", "2024-05-20T16:25+08:00"),
        ("18-03-08 23:16", "2018-03-08T23:16+08:00"),
        ("18:07 2012-01-16", "2012-01-16T18:07+08:00"),
        ("20240520162501", "2024-05-20T16:25:01+08:00"),
        ("20240520", "2024-05-20"),
        ("发布时间：2020年07月04日 12:10 来源", "2020-07-04T12:10+08:00"),
        ("2024-05-19T16:25:01Z", "2024-05-20T00:25:01+08:00"),
        ("2024-05-20T08:25:01.123+0000", "2024-05-20T16:25:01+08:00"),
        ("2024-05-20T16:25:01+08:00", "2024-05-20T16:25:01+08:00"),
        ("1716193501", "2024-05-20T16:25:01+08:00"),
        ("1716193501000", "2024-05-20T16:25:01+08:00"),
        ("Mon, 20 May 2024 08:25:01 GMT", "2024-05-20T16:25:01+08:00"),
        ("May 20, 2024", "2024-05-20"),
        ("2024-05-20 04:25 PM", "2024-05-20T16:25+08:00"),
        ("2024/5/20 12:25 AM", "2024-05-20T00:25+08:00"),
        ("PM 4:25 2024-05-20", "2024-05-20T16:25+08:00"),
        ("2024-05-20 凌晨12:25", "2024-05-20T00:25+08:00"),
        ("2024年5月20日 晚上12:05", "2024-05-20T00:05+08:00"),
        ("2024年5月20日 晚上8:05", "2024-05-20T20:05+08:00"),
        ("2024-05-20 中午12:30", "2024-05-20T12:30+08:00"),
        ("2024-05-20 上午11:30", "2024-05-20T11:30+08:00"),
        ("2024-05-20 16:25:01 GMT+0800", "2024-05-20T16:25:01+08:00"),
        ("2024-05-20 08:25:01 GMT+0", "2024-05-20T16:25:01+08:00"),
        ("Mon May 20 16:25:01 +0800 2024", "2024-05-20T16:25:01+08:00"),
        ("Mon May 20 16:25:01 CST 2024", "2024-05-20T16:25:01+08:00"),
        ("20-May-2024 16:25", "2024-05-20T16:25+08:00"),
        ("2024 May 20, 16:25", "2024-05-20T16:25+08:00"),
        ("2024-05-20+0816:25:01", "2024-05-20T16:25:01+08:00"),
    ],
)
def test_reads_the_forms_pages_use(printed, expected):
    moment = parse(printed)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize("filler", ["2012-06-24 00:00:00", "2012-06-24-23:59:59", "2012-06-24T00:00:00+08:00"])
def test_a_clock_the_cms_filled_in_leaves_the_day(filler):
    moment = parse(filler)
    assert moment is not None
    assert (moment.isoformat(), moment.precision) == ("2012-06-24", "day")


@pytest.mark.parametrize(
    "text",
    ["", "05-20 16:25", "2024-13-45", "2024年5月", "1970-01-01 08:00", "第2024号", "12:30", "今日头条", "前日本首相"],
)
def test_nothing_is_made_up(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("昨天", "2024-05-19"),
        ("昨天 16:00", "2024-05-19T16:00+08:00"),
        ("今天 10:20", "2024-05-20T10:20+08:00"),
        ("3小时前", "2024-05-20T15:00+08:00"),
        ("2天前", "2024-05-18"),
        ("刚刚", "2024-05-20T18:00+08:00"),
        ("2分鐘前", "2024-05-20T17:58+08:00"),
        ("1小时30分钟前", "2024-05-20T16:30+08:00"),
        ("半小时前", "2024-05-20T17:30+08:00"),
        ("一个半小时前", "2024-05-20T16:30+08:00"),
        ("昨日 16:25", "2024-05-19T16:25+08:00"),
        ("昨晚8:15", "2024-05-19T20:15+08:00"),
        ("大前天", "2024-05-17"),
        ("2个月前", "2024-03-20"),
        ("an hour ago", "2024-05-20T17:00+08:00"),
    ],
)
def test_relative_times_need_the_time_of_the_fetch(printed, expected):
    moment = parse(printed, FETCHED)
    assert moment is not None
    assert moment.isoformat() == expected
    assert parse(printed) is None


@pytest.mark.parametrize("text", ["今日头条", "几分钟前", "提前3天前往", "前日本首相", "昨日之歌"])
def test_words_that_only_sound_like_a_time_are_none(text):
    assert parse(text, FETCHED) is None


def test_a_time_after_the_fetch_is_refused():
    assert parse("2024-05-23 10:00", FETCHED) is None
    assert parse("2024-05-20 18:30", FETCHED) is not None


def test_the_raw_text_is_kept_as_printed():
    numerals, digits = parse("时间：二〇二四年五月二十日"), parse("发表于 2024/5/20 16:25 阅读 12")
    assert numerals is not None
    assert "二〇二四年五月二十日" in numerals.raw
    assert digits is not None
    assert digits.raw == "2024/5/20 16:25"


def test_a_date_without_a_year_is_told_apart():
    assert parse_yearless("10-08 12:00") == Yearless(10, 8, 12, 0, "10-08 12:00")
    assert parse_yearless("5月9日") == Yearless(5, 9, None, None, "5月9日")
    assert parse_yearless("2024-10-08") is None


def test_a_date_without_a_year_takes_it_from_a_moment_that_fits():
    shown = parse_yearless("10-08 12:00")
    stated, other = parse("2019-10-08"), parse("2019-10-09")
    assert shown is not None
    assert stated is not None
    assert other is not None
    assert shown.fits(stated)
    assert not shown.fits(other)
    assert shown.in_year_of(stated).isoformat() == "2019-10-08T12:00+08:00"
