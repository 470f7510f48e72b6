from newscrawl.portal import Portal


class ShanghaiShobserver(Portal):
    """上观, the site of the Liberation Daily.

    Caveats
      jfdaily.com, its earlier domain, has the same articles.
    """

    name, title, region, level = "shanghai_shobserver", "上观", "上海", "province"
    start_urls = ["https://www.shobserver.com/"]
    domains = "shobserver.com,jfdaily.com"
    article_url = r"/news/detail\?id=\d+"
