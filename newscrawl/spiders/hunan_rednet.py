"""红网."""

from __future__ import annotations

from newscrawl.portal import Portal


class HunanRednet(Portal):
    """红网, the provincial news portal of Hunan, with a channel host for each city and county.

    Caveats
      Article addresses carry no date since about 2022: `content/<6 digits>/<2 digits>/ID.html`.
    """

    name, title, region, level = "hunan_rednet", "红网", "湖南", "province"
    start_urls = ["https://www.rednet.cn/", "https://hn.rednet.cn/"]
    verified = None
