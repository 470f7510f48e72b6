from newscrawl.portal import Portal


class GuangdongSouthcn(Portal):
    """南方网, the provincial news portal of Guangdong.

    Caveats
      Stories of 南方+ are `static.nfapp.southcn.com/content/YYYYMM/DD/cID.html`.
    """

    name, title, region, level = "guangdong_southcn", "南方网", "广东", "province"
    start_urls = ["https://www.southcn.com/"]
    family = "founder"
