"""The provinces, with the prefixes of portals' names and of divisions' codes (GB/T 2260)."""

from __future__ import annotations

# fmt: off
_PROVINCES = (
    ("北京", "beijing", "11"), ("天津", "tianjin", "12"), ("河北", "hebei", "13"), ("山西", "shanxi", "14"),
    ("内蒙古", "neimenggu", "15"), ("辽宁", "liaoning", "21"), ("吉林", "jilin", "22"),
    ("黑龙江", "heilongjiang", "23"), ("上海", "shanghai", "31"), ("江苏", "jiangsu", "32"),
    ("浙江", "zhejiang", "33"), ("安徽", "anhui", "34"),
    ("福建", "fujian", "35"), ("江西", "jiangxi", "36"), ("山东", "shandong", "37"), ("河南", "henan", "41"),
    ("湖北", "hubei", "42"), ("湖南", "hunan", "43"), ("广东", "guangdong", "44"), ("广西", "guangxi", "45"),
    ("海南", "hainan", "46"), ("重庆", "chongqing", "50"), ("四川", "sichuan", "51"), ("贵州", "guizhou", "52"),
    ("云南", "yunnan", "53"), ("西藏", "xizang", "54"), ("陕西", "shaanxi", "61"), ("甘肃", "gansu", "62"),
    ("青海", "qinghai", "63"), ("宁夏", "ningxia", "64"), ("新疆", "xinjiang", "65"), ("台湾", "taiwan", "71"),
    ("香港", "hongkong", "81"), ("澳门", "macau", "82"),
)
# fmt: on
BY_CODE = {code: name for name, _, code in _PROVINCES}
# Prefix of portals' names, by region; 样例 is for the bundled sample portal.
NAMES = {name: pinyin for name, pinyin, _ in _PROVINCES} | {"全国": "nation", "样例": "sample"}
REGIONS = frozenset(NAMES)
