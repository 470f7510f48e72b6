"""Times as Chinese pages print them, read into Beijing time at the precision printed.

All patterns are matched on plain text (`plain`): half-width, simplified, lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from newscrawl.extract.language.plain import plain
from newscrawl.text import tidy

BEIJING = timezone(timedelta(hours=8))
_DIGITS = {"〇": 0, "零": 0, "○": 0, "o": 0, **{digit: number for number, digit in enumerate("一二三四五六七八九", 1)}}
_NUMERAL = re.compile(r"[〇零○o一二三四五六七八九十廿卅]{1,4}(?=\s?[年月日号点时分秒])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_BAR = r"\s?[-/._·\u2010-\u2015]{1,3}\s?"
_YEAR, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<day>3[01]|[12]\d|0?[1-9])"
_DATE = (
    rf"(?<!\d){_YEAR}(?:{_BAR}|\s?年\s?|\s(?=\d\d?[-/]\d))(?P<month>1[0-2]|0?[1-9])(?:{_BAR}|\s?月\s?)"
    rf"{_DAY}(?:(?!\d)|(?=\d\d:\d\d))(?:\s?[日号]|\.(?=\s))?"
)
# Between date and time: white space, t, a dash or bar, a week day, a zone that a theme has put in the wrong place.
_WEEKDAY = r"(?:星期|周)[一二三四五六日天]|(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
_GAP = rf"(?:[+-]\d\d(?:\d\d)?(?=\d\d:)|(?:(?:at(?![a-z])|hkt|{_WEEKDAY}|[\s,t|/([-])[\s),\]]*){{0,6}})"
_HALF = r"(?P<half>[ap]m|凌晨|清晨|早[上晨间]?|上午|中午|下午|午后|傍晚|晚[上间]?|深夜|夜[间里]?)"
_ZONE = r"(?P<zone>z(?![a-z])|(?:utc|gmt)(?:[+-]\d\d?(?::?\d\d)?)?|[+-]\d\d:?\d\d"
_ZONE += r"|(?:[ep][sd]t|jst|kst)(?![a-z]))?"
_TIME = (
    rf"(?:{_HALF}\s*)?(?P<hour>2[0-3]|[01]?\d)\s?[:时点]\s?(?P<minute>[0-5]?\d)(?!\d)"
    rf"(?:\s?[:分]\s?(?P<second>[0-5]\d)(?!\d))?\s?[分秒]?(?:\.\d+)?(?:\s?(?P<behind>[ap]m)(?![a-z]))?\s?{_ZONE}(?!\d)"
)
_CLOCK = rf"(?:{_GAP}{_TIME})?"
_MOMENT = re.compile(_DATE + _CLOCK)
_TIME_FIRST = re.compile(rf"{_TIME}\s+{_DATE}(?!\s*\d?\d:)")
_COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:[t\s]?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?"
)
# By their names; CST may be China's.
_NAMED_ZONES = {"est": -5, "edt": -4, "pst": -8, "pdt": -7, "jst": 9, "kst": 9}
_ENGLISH = (
    re.compile(rf"(?<![a-z]){_MONTH},?\s*{_DAY}(?:st|nd|rd|th)?,?\s*{_YEAR}(?!\d){_CLOCK}"),
    re.compile(rf"(?<!\d){_DAY}(?:st|nd|rd|th)?[\s-]*{_MONTH},?[\s-]*{_YEAR}(?!\d){_CLOCK}"),
    re.compile(rf"(?<!\d){_YEAR}[\s-]+{_MONTH}[\s,-]+{_DAY}(?!\d){_CLOCK}"),
    re.compile(rf"(?<![a-z]){_MONTH}\s+{_DAY}\s+{_TIME}[a-z\s]*{_YEAR}(?!\d)"),  # as ctime prints it
)
# 20/05/2024, 05/20/2024: where neither can be a month, nothing tells which is the day.
_YEAR_LAST = (
    re.compile(rf"{_TIME}\s+(?P<day>3[01]|2\d|1[3-9])/(?P<month>1[0-2]|0?[1-9])/{_YEAR}(?!\d)"),
    re.compile(rf"{_TIME}\s+(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|2\d|1[3-9])/{_YEAR}(?!\d)"),
    re.compile(rf"(?<![\d/])(?P<day>3[01]|2\d|1[3-9])/(?P<month>1[0-2]|0?[1-9])/{_YEAR}(?!\d){_CLOCK}"),
    re.compile(rf"(?<![\d/])(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|2\d|1[3-9])/{_YEAR}(?!\d){_CLOCK}"),
)
# The day large, year and month beside it, as a calendar's leaf: `20` `2024-05`, `05/20` `2024`.
_LEAF = (
    re.compile(
        rf"(?<![\d:/.-]){_DAY}日?(?:\s+|\s?/\s?){_YEAR}(?:{_BAR}|年)(?P<month>1[0-2]|0?[1-9])月?(?!{_BAR}\d|\d|\s?日)"
    ),
    re.compile(rf"(?<![\d:/.-])(?P<month>1[0-2]|0?[1-9])[-/.月]{_DAY}日?\s+{_YEAR}(?!\d|[-/.]\d|年){_CLOCK}"),
)
_LEAF_OF_REPUBLIC = r"(?=[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])(?![\d/-]))"
# Its first year is 1912: 民国113年, and in Taiwan's offices 113-05-20.
_REPUBLIC = re.compile(rf"民国\s?(\d{{2,3}})(?=\s?年)|(?<![\d/.-])(1[01]\d){_LEAF_OF_REPUBLIC}")
_YEARLESS = re.compile(
    r"(?<![\d/.年-])(?P<month>1[0-2]|0?[1-9])(?:[-/]|\s?月\s?)(?P<day>3[01]|[12]\d|0?[1-9])"
    rf"(?:(?![\d-])|(?=\d\d:\d\d))\s?[日号]?{_CLOCK}"
)
# 18-03-08 23:16: Chinese order is always year, month, day.
_SHORT_YEAR = re.compile(r"(?<![\d-])(?=\d\d-\d\d-\d\d\s+\d\d:\d\d)")
_UNIX = re.compile(r"\d{10}(?:\d{3})?")
_UNIT = "秒|分|小时|钟头|天|日|周|星期|月|年|second|min|hour|day|week"
_SPAN = rf"(\d+|[一二两三四五六七八九十]{{1,2}}|半|an?)\s?个?(半?)\s?({_UNIT})"
_SPANS = re.compile(_SPAN)
_AGO = re.compile(rf"(?<![\d几])(?:{_SPAN}(?:utes?|s|钟)?\s?)+(?:[之以]?前(?![\u4e00-\u9fff])|ago)")
_NAMED_DAY = re.compile(rf"(?P<named>大前|(?<!\w)[今昨前])(?P<part>[天日晨早晚])(?:\s*{_TIME}|(?![\u4e00-\u9fff]))")
_DAYS_BACK = {"今": 0, "昨": 1, "前": 2, "大前": 3}
_JUST_NOW = re.compile("刚刚|刚才")
_SECONDS = {"秒": 1, "分": 60, "小时": 3600, "钟头": 3600, "天": 86400, "日": 86400, "周": 604800, "星期": 604800}
_SECONDS |= {"second": 1, "min": 60, "hour": 3600, "day": 86400, "week": 604800}
_OF_A_DAY = {unit for unit, seconds in _SECONDS.items() if seconds < 86400}
_IN_MONTHS = {"月": 1, "年": 12}
# Any printed date, with the clock behind it or before it.
_WRITTEN_OUT = r"[〇零○o一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
DATED = re.compile(
    # What any begins with: spares most characters the rest.
    r"(?=[\dadfjmnops〇零○一二两三四五六七八九十半民大今昨前刚凌清早上中下午傍晚深夜])(?:"
    + "|".join(
        re.sub(r"\(\?P<\w+>", "(?:", form)
        for form in (
            *(_TIME_FIRST.pattern, _MOMENT.pattern, *(form.pattern for form in _ENGLISH), _WRITTEN_OUT + _CLOCK),
            *(
                *(form.pattern for form in _YEAR_LAST),
                *(form.pattern for form in _LEAF),
                rf"民国\s?\d{{2,3}}\s?年\s?\d\d?\s?月\s?\d\d?\s?日{_CLOCK}",
                rf"(?<![\d/.-])1[01]\d{_LEAF_OF_REPUBLIC}[\d/-]{{6}}{_CLOCK}",
            ),
            *(rf"(?<![\d-])\d\d-\d\d-\d\d\s+{_TIME}", _AGO.pattern, _NAMED_DAY.pattern, rf"(?:{_JUST_NOW.pattern})$"),
            r"(?<![\d/.年:-])(?:1[0-2]|0?[1-9])(?:[-/]|\s?月\s?)(?:3[01]|[12]\d|0?[1-9])日?\s*(?=\d\d?:)" + _TIME,
        )
    )
    + ")"
)
_NOON = 4  # 中午1时 is 13, 中午9时 no hour of noon and 9
_EARLIEST = 1990  # no page is older than the web


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time and how exactly it is known.

    Attributes:
        when: aware, in Beijing time; midnight where only the day is known.
        precision: day, minute or second.
        raw: what was read, as printed.
        local: the time as printed, where it names another zone than Beijing's; else None.
    """

    when: datetime
    precision: str
    raw: str
    local: datetime | None = None

    def isoformat(self) -> str:
        """ISO 8601 at the precision known: `2024-05-20`, `2024-05-20T16:25+08:00`, `2024-05-20T16:25:01+08:00`."""
        if self.precision == "day":
            return self.when.date().isoformat()
        return self.when.isoformat(timespec="minutes" if self.precision == "minute" else "seconds")


@dataclass(frozen=True, slots=True)
class Yearless:
    """A date printed without its year, `10-08 12:00`; hour and minute are None where only the day is printed."""

    month: int
    day: int
    hour: int | None
    minute: int | None
    raw: str

    def fits(self, moment: Moment) -> bool:
        """A moment is this date, and this time where both know one."""
        when = moment.when
        if (when.month, when.day) != (self.month, self.day):
            return False
        return self.hour is None or moment.precision == "day" or (when.hour, when.minute) == (self.hour, self.minute)

    def in_year_of(self, moment: Moment) -> Moment:
        """This date with the year of a moment that fits, or the moment itself where it is more exact."""
        if self.hour is None or moment.precision != "day":
            return moment
        when = moment.when.replace(hour=self.hour, minute=self.minute or 0)
        return Moment(when, "minute", self.raw)


def parse(text: str, base: datetime | None = None) -> Moment | None:
    """Read the first time in a text.

    Args:
        text: a printed time, possibly with words around it; a Unix time in seconds or milliseconds alone.
        base: when the page was fetched (aware); without it relative times (昨天, 3小时前) are not read.

    Returns:
        The moment; None where there is none, where its year is missing, or where it lies after `base`.
    """
    printed = tidy(text)
    read = _with_digits(plain(printed))
    if _UNIX.fullmatch(read):
        return _checked(Moment(datetime.fromtimestamp(int(read[:10]), BEIJING), "second", read), base)
    if match := _absolute(read):
        as_printed = printed[match.start() : match.end()].strip() if len(match.string) == len(printed) else printed
        return _checked(_moment(match, as_printed), base)
    return _checked(_relative(read, printed, base), base) if base else None


def parse_yearless(text: str) -> Yearless | None:
    """Read the first date without a year in a text: `10-08 12:00`, `5月9日`."""
    match = _YEARLESS.search(_with_digits(plain(tidy(text))))
    if not match:
        return None
    minute = match["minute"]
    hour = None if minute is None else _hour(match)
    return Yearless(int(match["month"]), int(match["day"]), hour, None if minute is None else int(minute), match[0])


def _absolute(text: str) -> re.Match[str] | None:
    """Find the first date with its year."""
    if "20" in text or "19" in text:
        if match := _TIME_FIRST.search(text) or _MOMENT.search(text) or _COMPACT.fullmatch(text):
            return match
        for form in (*_ENGLISH, *_YEAR_LAST, *_LEAF):
            if match := form.search(text):
                return match
    return _MOMENT.search(_SHORT_YEAR.sub("20", text)) if _SHORT_YEAR.search(text) else None


def _relative(text: str, printed: str, base: datetime) -> Moment | None:
    """Read a time counted from another: 3小时前, 昨天 16:25, 刚刚."""
    now = base.astimezone(BEIJING)
    clock = True
    if match := _AGO.search(text):
        spans = _SPANS.findall(match[0])
        clock = all(unit in _OF_A_DAY for _, _, unit in spans)
        try:
            for count, half, unit in spans:
                number = 0.5 if count == "半" else 1 if count.startswith("a") else _number(count)
                now = _before(now, number + 0.5 * bool(half), unit)
        except (OverflowError, ValueError):  # 3000年前: no calendar goes back so far
            return None
    elif match := _NAMED_DAY.search(text):
        now -= timedelta(days=_DAYS_BACK[match["named"]])
        clock = match["hour"] is not None
        now = now.replace(hour=_hour(match), minute=int(match["minute"])) if clock else now
    elif not (match := _JUST_NOW.search(text)):
        return None
    now = now.replace(second=0, microsecond=0) if clock else _midnight(now)
    return Moment(now, "minute" if clock else "day", printed[match.start() : match.end()].strip())


def _before(when: datetime, count: float, unit: str) -> datetime:
    """The moment some units before another; months and years by the calendar."""
    if unit not in _IN_MONTHS:
        return when - timedelta(seconds=count * _SECONDS[unit])
    months = when.year * 12 + when.month - 1 - round(count * _IN_MONTHS[unit])
    return when.replace(year=months // 12, month=months % 12 + 1, day=min(when.day, 28))


def _midnight(when: datetime) -> datetime:
    return when.replace(hour=0, minute=0, second=0, microsecond=0)


def _with_digits(text: str) -> str:
    """Chinese numerals before 年月日 as digits, years of the Republic by the common era."""
    text = _NUMERAL.sub(lambda match: _numeral(match[0]), text)
    if "民" in text or "11" in text or "10" in text:  # which is quicker than to look for it in vain
        text = _REPUBLIC.sub(lambda match: str(int(match[1] or match[2]) + 1911), text)
    return text


def _numeral(numeral: str) -> str:
    """A Chinese numeral as digits: 二〇二四 digit by digit, 二十 by value."""
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    if "十" not in numeral:
        return "".join(str(_DIGITS[digit]) for digit in numeral)
    tens, _, ones = numeral.partition("十")
    return str(10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0))


def _number(count: str) -> int:
    return int(count) if count.isdigit() else int(_numeral(count.replace("两", "二")))


def _hour(match: re.Match[str]) -> int:
    """The hour of the day, of twelve or of twenty-four: 下午3时 is 15, 凌晨12时 and 晚上12时 are 0."""
    groups = match.groupdict()
    hour, half = int(groups["hour"]), groups["behind"] or groups["half"] or groups.get("part") or ""
    if hour > 12 or not half:
        return hour
    if half in {"pm", "下午", "午后", "傍晚", "中午"}:
        return hour + 12 if hour < (_NOON if half == "中午" else 12) else hour
    if half[0] in "晚深夜":
        return hour + 12 if 4 < hour < 12 else hour % 12
    return hour % 12 if half not in {"天", "日"} else hour


def _moment(match: re.Match[str], raw: str) -> Moment | None:
    """A moment from a match, printed as `raw`. 00:00 and 23:59:59 are default values of a CMS: only the day counts."""
    groups = match.groupdict()
    name = groups.get("name")
    month = _MONTHS.index(name) + 1 if name else int(groups["month"])
    try:
        when = datetime(int(groups["year"]), month, int(groups["day"]), tzinfo=BEIJING)
    except ValueError:
        return None
    if groups.get("hour") is None:
        return Moment(when, "day", raw)
    second, zone = groups["second"], _zone(groups.get("zone") or "")
    hour = _hour(match) if "half" in groups else int(groups["hour"])
    when = when.replace(hour=hour, minute=int(groups["minute"]), second=int(second or 0))
    if zone == BEIJING and (when.hour, when.minute, when.second) in {(0, 0, 0), (23, 59, 59)}:
        return Moment(_midnight(when), "day", raw)
    abroad = when.replace(tzinfo=zone) if zone != BEIJING else None
    when = abroad.astimezone(BEIJING) if abroad else when
    return Moment(when, "second" if second else "minute", raw, abroad)


def _zone(printed: str) -> timezone:
    """The zone a time names: `z`, `gmt`, `gmt+8`, `+0800`, `-05:00`, `edt`; Beijing's where it names none."""
    if not printed:
        return BEIJING
    if printed in _NAMED_ZONES:
        return timezone(timedelta(hours=_NAMED_ZONES[printed]))
    digits = re.sub(r"\D", "", printed)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits or 0), 0)
    offset = timedelta(hours=min(hours, 14), minutes=min(minutes, 59))
    return timezone(-offset if "-" in printed else offset)


def _checked(moment: Moment | None, base: datetime | None) -> Moment | None:
    """Reject a moment before the web existed, or more than a day after the page was fetched."""
    if moment is None or moment.when.year < _EARLIEST:
        return None
    latest = base + timedelta(days=1) if base else None
    return None if latest and moment.when > latest else moment
