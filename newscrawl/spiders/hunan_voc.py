from newscrawl.portal import Portal


class HunanVoc(Portal):
    """华声在线, the site of the Hunan Daily group.

    Caveats
      The newspaper's facsimile is a portal of its own: hunan_hnrb.
    """

    name, title, region, level = "hunan_voc", "华声在线", "湖南", "province"
    start_urls = ["https://www.voc.com.cn/"]
    excluded_hosts = ["hnrb.voc.com.cn"]
    article_url = r"/article/20\d{4}/20\d{16}\.html"
