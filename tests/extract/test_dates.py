"""Times as pages print them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.language.dates import BEIJING, Yearless, parse, parse_yearless

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
        ("2024 05-20 16:25", "2024-05-20T16:25+08:00"),
        ("05/20 2024 16:25", "2024-05-20T16:25+08:00"),
        ("20 / 2024.05", "2024-05-20"),
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
        ("2024-05-20 中午9:30", "2024-05-20T09:30+08:00"),
        ("周一, 05/20/2024 - 16:25", "2024-05-20T16:25+08:00"),
        ("2024. 5. 20. 16:25", "2024-05-20T16:25+08:00"),
        ("2024-05-20 上午11:30", "2024-05-20T11:30+08:00"),
        ("2024-05-20 16:25:01 GMT+0800", "2024-05-20T16:25:01+08:00"),
        ("2024-05-20 08:25:01 GMT+0", "2024-05-20T16:25:01+08:00"),
        ("Mon May 20 16:25:01 +0800 2024", "2024-05-20T16:25:01+08:00"),
        ("Mon May 20 16:25:01 CST 2024", "2024-05-20T16:25:01+08:00"),
        ("20-May-2024 16:25", "2024-05-20T16:25+08:00"),
        ("16:25 20/05/2024", "2024-05-20T16:25+08:00"),
        ("2024.05.20 16:25 EDT", "2024-05-21T04:25+08:00"),
        ("2024-05-20 16:25 JST", "2024-05-20T15:25+08:00"),
        ("2024-05-20 16:25 estate", "2024-05-20T16:25+08:00"),
        ("2024 May 20, 16:25", "2024-05-20T16:25+08:00"),
        ("2024-05-20+0816:25:01", "2024-05-20T16:25:01+08:00"),
        ("1999-12-31", "1999-12-31"),
        ("18-03-08 23:16 19-04-09 08:00", "2018-03-08T23:16+08:00"),
        ("二〇二四年五月廿一日", "2024-05-21"),
        ("二〇二四年五月卅日", "2024-05-30"),
        ("民国113年5月20日", "2024-05-20"),
        ("民国 99 年5月20日", "2010-05-20"),
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
    assert (moment.isoformat(), moment.precision, moment.raw) == ("2012-06-24", "day", filler)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "05-20 16:25",
        "2024 12-3456",
        "2024-13-45",
        "2024年5月",
        "1970-01-01 08:00",
        "第2024号",
        "12:30",
        "今日头条",
        "前日本首相",
    ],
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
        ("两天前", "2024-05-18"),
        ("1天2小时前", "2024-05-19"),
        ("昨天12:30", "2024-05-19T12:30+08:00"),
        ("昨日12:30", "2024-05-19T12:30+08:00"),
        ("今晨12:30", "2024-05-20T00:30+08:00"),
    ],
)
def test_relative_times_need_the_time_of_the_fetch(printed, expected):
    moment = parse(printed, FETCHED)
    assert moment is not None
    assert moment.isoformat() == expected
    assert parse(printed) is None


@pytest.mark.parametrize(
    ("printed", "fetched", "expected"),
    [
        ("1个月前", "2023-03-31", "2023-02-28"),
        ("2个月前", "2024-01-15", "2023-11-15"),
        ("1年前", "2024-12-31", "2023-12-28"),
        ("半年前", "2024-12-05", "2024-06-05"),
    ],
)
def test_months_and_years_go_by_the_calendar(printed, fetched, expected):
    moment = parse(printed, datetime.fromisoformat(fetched).replace(tzinfo=BEIJING))
    assert moment.isoformat() == expected


def test_a_relative_time_has_no_seconds_and_a_day_begins_at_midnight():
    fetched = FETCHED + timedelta(minutes=25, seconds=7, microseconds=8)
    assert parse("3小时前", fetched).when == FETCHED + timedelta(hours=-3, minutes=25)
    assert parse("2天前", fetched).when == datetime(2024, 5, 18, tzinfo=BEIJING)
    assert parse("发表于：3小时前 来源", fetched).raw == "3小时前"


@pytest.mark.parametrize("text", ["今日头条", "几分钟前", "提前3天前往", "前日本首相", "昨日之歌"])
def test_words_that_only_sound_like_a_time_are_none(text):
    assert parse(text, FETCHED) is None


@pytest.mark.parametrize("text", ["3000年前", "99999999999999天前", f"{'9' * 5000}天前", f"1{'0' * 9}小时前", "60年前"])
def test_a_time_before_the_web_is_none(text):
    assert parse(text, FETCHED) is None
    assert parse("1989-12-31") is None
    assert parse("1990-01-01") is not None


def test_a_time_more_than_a_day_after_the_fetch_is_refused():
    assert parse("2024-05-21 18:00", FETCHED) is not None
    assert parse("2024-05-21 18:01", FETCHED) is None
    assert parse("2024-05-21 18:01") is not None
    a_day_later = int(FETCHED.timestamp()) + 86400
    assert parse(str(a_day_later), FETCHED) is not None
    assert parse(str(a_day_later + 1), FETCHED) is None


HALVES = {
    "上午": {0: 0, 9: 9, 11: 11, 12: 0, 13: 13},
    "中午": {1: 13, 2: 14, 9: 9, 10: 10, 11: 11, 12: 12, 13: 13},
    "下午": {1: 13, 11: 23, 12: 12, 13: 13, 15: 15},
    "午后": {1: 13, 12: 12},
    "傍晚": {6: 18},
    "晚上": {4: 4, 5: 17, 11: 23, 12: 0, 13: 13, 20: 20},
    "深夜": {1: 1, 11: 23},
    "夜里": {1: 1, 11: 23, 12: 0},
    "凌晨": {0: 0, 4: 4, 12: 0},
}


@pytest.mark.parametrize(
    ("half", "printed", "hour"),
    [(half, printed, hour) for half, hours in HALVES.items() for printed, hour in hours.items()],
)
def test_the_part_of_the_day_says_which_twelve_hours_are_meant(half, printed, hour):
    moment = parse(f"2024-05-20 {half}{printed}:30")
    assert moment.when == datetime(2024, 5, 20, hour, 30, tzinfo=BEIJING)
    assert moment.precision == "minute"


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [
        ("Z", 0),
        (" GMT", 0),
        (" GMT+8", 480),
        (" GMT+08", 480),
        (" GMT+8:00", 480),
        (" GMT-5", -300),
        (" GMT+5:30", 330),
        ("-05:30", -330),
        ("+0530", 330),
        ("+0859", 539),
        ("+0860", 539),
        ("+1400", 840),
        ("+1500", 840),
    ],
)
def test_a_zone_is_read_and_the_time_kept_as_printed(zone, minutes):
    moment = parse(f"2024-05-20T09:25:01{zone}")
    offset = timedelta(minutes=minutes)
    assert moment.when == datetime(2024, 5, 20, 9, 25, 1, tzinfo=UTC) - offset
    assert moment.when.utcoffset() == timedelta(hours=8)
    if minutes == 480:
        assert moment.local is None
    else:
        assert (moment.local.hour, moment.local.utcoffset()) == (9, offset)


@given(st.integers(1_000_000_000, 4_102_000_000))
def test_every_time_comes_back_as_it_was_printed(seconds):
    when = datetime.fromtimestamp(seconds, BEIJING)
    filled_in = (when.hour, when.minute, when.second) in {(0, 0, 0), (23, 59, 59)}
    for form in ("%Y-%m-%d %H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%Y%m%d%H%M%S"):
        moment = parse(when.strftime(form))
        expected = when.replace(hour=0, minute=0, second=0) if filled_in else when
        assert (moment.when, moment.precision) == (expected, "day" if filled_in else "second")
    assert parse(when.strftime("%Y-%m-%d %H:%M")).when == when.replace(second=0)
    assert parse(when.strftime("%Y/%m/%d")).when == when.replace(hour=0, minute=0, second=0)
    stated = parse(str(seconds))
    assert (stated.when, stated.precision, stated.raw) == (when, "second", str(seconds))


def test_the_raw_text_is_kept_as_printed():
    assert parse("时间：二〇二四年五月二十一日").raw == "时间：二〇二四年五月二十一日"  # no place in it is known
    assert parse("发表于 2024/5/20 16:25 阅读 12").raw == "2024/5/20 16:25"


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


def test_a_time_without_a_year_fits_the_same_minute_alone():
    shown, day = parse_yearless("10-08 12:34"), parse_yearless("10-08")
    exact, other = parse("2019-10-08 12:34:56"), parse("2019-10-08 12:35")
    assert shown.fits(exact)
    assert not shown.fits(other)
    assert day.fits(other)
    assert shown.in_year_of(exact) is exact
    assert day.in_year_of(parse("2019-10-08")) == parse("2019-10-08")
    dated = shown.in_year_of(parse("2019-10-08"))
    assert (dated.isoformat(), dated.raw) == ("2019-10-08T12:34+08:00", "10-08 12:34")
