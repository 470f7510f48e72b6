"""Replicas that show each article at two addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tests.replicas.portal import Replica

if TYPE_CHECKING:
    from tests.replicas.portal import Made


class Doubled(Replica):
    """Each article has a second address, linked from its page or from the list. A subclass says which."""

    claims: ClassVar[bool] = False  # whether the second page names the first as its own address
    listed: ClassVar[bool] = True  # whether lists link to both

    def second(self, made: Made) -> str:
        """Give the second address."""
        raise NotImplementedError

    def put_article(self, made: Made) -> None:
        if len(made.urls) == 1:
            made.urls.append(self.second(made))
        self.put(made.urls[0], lambda: self.article_html(made))
        self.put(made.urls[1], lambda: self.second_html(made))

    def second_html(self, made: Made) -> str:
        html = self.article_html(made)
        claim = f"<link rel='canonical' href='http://{self.host}{made.urls[0]}'></head>"
        return html.replace("</head>", claim) if self.claims else html

    def rows(self, shown: list[Made]) -> str:
        if not self.listed:
            return super().rows(shown)
        seconds = "".join(f"<li><a href='{made.urls[1]}'>{made.title}</a></li>" for made in shown)
        return super().rows(shown) + f"<ul>{seconds}</ul>"


class BareHost(Doubled):
    """The host without www, beside it."""

    host = "www.bare.test"
    also = ("bare.test",)

    def second(self, made: Made) -> str:
        return f"http://bare.test{made.urls[0]}"


class Phone(Doubled):
    """A phone's page at m., which does not say what it is."""

    host = "www.phone.test"
    also = ("m.phone.test",)

    def second(self, made: Made) -> str:
        return f"http://m.phone.test{made.urls[0]}"


class Wap(Phone):
    """A phone's page at wap., which names the full page."""

    host = "www.wap.test"
    also = ("wap.wap.test",)
    claims = True

    def second(self, made: Made) -> str:
        return f"http://wap.wap.test{made.urls[0]}"


class Printed(Doubled):
    """A page to print, linked from each article."""

    host = "printed.test"
    listed = False

    def second(self, made: Made) -> str:
        return made.urls[0].replace("/a/", "/dayin/")

    def article_html(self, made: Made) -> str:
        link = f"<div><a href='{made.urls[1]}'>打印版</a></div></body>"
        return super().article_html(made).replace("</body>", link)


class Zero(Doubled):
    """`content_N_0.htm` beside `content_N.htm`, without a pager."""

    host = "zero.test"

    def article_url(self, made: Made) -> str:
        return f"/{made.published:%Y-%m/%d}/content_{made.number}.htm"

    def second(self, made: Made) -> str:
        return made.urls[0].replace(".htm", "_0.htm")


class Switch(Zero):
    """`?div=-1` behind the address, as old e-papers have it."""

    host = "switch.test"

    def second(self, made: Made) -> str:
        return made.urls[0] + "?div=-1"


class TwoChannels(Doubled):
    """Each article in a second channel, under another number."""

    host = "channels.test"

    def article_url(self, made: Made) -> str:
        return f"/info/1001/{made.number}.htm"

    def second(self, made: Made) -> str:
        return f"/info/1002/{made.number + 500_000}.htm"


DOUBLES = (BareHost, Phone, Wap, Printed, Zero, Switch, TwoChannels)
