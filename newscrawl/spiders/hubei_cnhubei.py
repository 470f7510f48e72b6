from newscrawl.portal import Portal


class HubeiCnhubei(Portal):
    """荆楚网, the provincial news portal of Hubei.

    Caveats
      Until 2019 articles were `/YYYYMM/tID.shtml`.
    """

    name, title, region, level = "hubei_cnhubei", "荆楚网", "湖北", "province"
    start_urls = ["https://www.cnhubei.com/"]
    article_url = r"/content/20\d\d-\d\d/\d\d/content_\d+\.html|/20\d{4}/t\d+\.shtml"
