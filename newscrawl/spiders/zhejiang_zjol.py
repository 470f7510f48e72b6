"""浙江在线."""

from __future__ import annotations

from newscrawl.cms import TRS
from newscrawl.portal import Portal


class ZhejiangZjol(Portal):
    """浙江在线, the provincial news portal of Zhejiang, on TRS WCM.

    Caveats
      Lists are paged by `createPageHTML`, whose second page is `index_1`.
    """

    name, title, region, level = "zhejiang_zjol", "浙江在线", "浙江", "province"
    start_urls = ["https://www.zjol.com.cn/", "https://zjnews.zjol.com.cn/"]
    family = TRS
    verified = None
