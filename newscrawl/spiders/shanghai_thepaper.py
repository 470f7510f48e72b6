from newscrawl.portal import Portal


class ShanghaiThepaper(Portal):
    """澎湃, a news site of Shanghai with readers in the whole country.

    Caveats
      Channel pages are drawn by script; the body's class contains `index_centent`.
    """

    name, title, region, level = "shanghai_thepaper", "澎湃", "上海", "province"
    start_urls = ["https://www.thepaper.cn/"]
    article_url = r"/newsDetail_forward_\d+"
