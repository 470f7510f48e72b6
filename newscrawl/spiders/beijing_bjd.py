from newscrawl.portal import Portal


class BeijingBjd(Portal):
    """北京日报, the site of the Beijing Daily group.

    Caveats
      The newspaper's facsimile is a portal of its own: beijing_bjrb.
    """

    name, title, region, level = "beijing_bjd", "北京日报", "北京", "province"
    start_urls = ["https://www.bjd.com.cn/"]
    excluded_hosts = ["bjrb.bjd.com.cn"]
    article_url = r"/a/20\d{4}/\d\d/WS[0-9a-z]+\.html"
