"""`Attack`, the description of an attack, and the register of all attacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.hostile import neighbour
from tests.hostile.exchange import Exchange

Respond = Callable[[Exchange], None]
ATTACKS: dict[str, Attack] = {}


@dataclass(frozen=True)
class Attack:
    """A way of answering that a crawl must survive.

    Attributes:
        name: what it is called.
        respond: answers a request for the attacker's hosts; what is not part of the attack is `ordinary`'s.
        named: a regular expression of which the crawl's log, verdict or frontier must hold a match: the fault's name.
        bait: paths, or whole addresses, of the attacker that the neighbour's home page links.
        greet: what is done with a new connection before its request is read.
        settings: Scrapy settings on top of the suite's.
        stored: articles of the attacker that must be stored all the same.
    """

    name: str
    respond: Respond
    named: str
    bait: Sequence[str]
    greet: Callable[..., bool] | None = None
    settings: dict[str, str] = field(default_factory=dict)
    stored: int = 0
    secure: bool = False


def attack(
    name: str,
    named: str,
    *,
    bait: Sequence[str] = ("/news/202405/t20240501_1.html",),
    greet: Callable[..., bool] | None = None,
    stored: int = 0,
    secure: bool = False,
    **settings: object,
) -> Callable[[Respond], Respond]:
    """Register a function as an attack; it answers for the bait and what lies below, `robots.txt` is ordinary."""

    def register(respond: Respond) -> Respond:
        def guarded(exchange: Exchange) -> None:
            if exchange.path == "/robots.txt" and not name.startswith("robots-"):
                exchange.answer("", 404)
            else:
                respond(exchange)

        ATTACKS[name] = Attack(
            name, guarded, named, bait, greet, {key: str(value) for key, value in settings.items()}, stored, secure
        )
        return respond

    return register


def article(exchange: Exchange, number: int = 1) -> None:
    """An ordinary article of the attacker's."""
    exchange.answer(neighbour.story(100 + number, "恶溪"))
