"""The generic portal: crawls a site nobody declared."""

from __future__ import annotations

from urllib.parse import urlsplit

from newscrawl.errors import PortalError
from newscrawl.portal import Portal


class AnyPortal(Portal):
    """`scrapy crawl portal -a url=https://… [-a domains=a.cn,b.cn | -a domains=*]`.

    Caveats
      Region and level are unknown; the archive calls the portal by its host. `www.a.cn` stands for all of a.cn,
      `county.a.cn` for itself alone: its site's other hosts need `-a domains=a.cn`.
    """

    name = "portal"
    title, level = "", "other"

    def __init__(self, name: str | None = None, url: str = "", domains: str = "", **arguments: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise PortalError(f"portal needs an address: -a url=https://www.example.cn/ (got {url!r})")
        self.host = parts.hostname
        self.start_urls = [url]
        self.domains = domains
        super().__init__(name, **arguments)

    @property
    def key(self) -> str:
        """The host stands for the portal."""
        return self.host

    @classmethod
    def is_declared(cls) -> bool:
        """Nothing is declared, so nothing can be misdeclared."""
        return False
