from newscrawl.portal import Portal


class BeijingXicheng(Portal):
    """北京市西城区人民政府, the government of Xicheng district.

    Caveats
      Article addresses carry no date: `/pnidpv<digits>.html`.
    """

    name, title, region, level = "beijing_xicheng", "北京市西城区人民政府", "北京", "county"
    start_urls = ["https://www.bjxch.gov.cn/"]
    article_url = r"/pnidpv\d+\.html"
