"""Retry transactions after a deadlock: PostgreSQL rolls back one of two transactions that wait for each other."""

from __future__ import annotations

import random
import time
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from newscrawl.frontier.db.database import CollisionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from newscrawl.frontier.addresses.enqueue import Queue


class _Frontier(Protocol):
    queue: Queue


F = TypeVar("F", bound=_Frontier)
P = ParamSpec("P")
T = TypeVar("T")
_TRIES = 8


def tried_again(verb: Callable[Concatenate[F, P], T]) -> Callable[Concatenate[F, P], T]:
    """Run a frontier method again if its transaction was rolled back by a deadlock, and so has written nothing."""

    @wraps(verb)
    def tried(frontier: F, /, *args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(_TRIES):
            try:
                return verb(frontier, *args, **kwargs)
            except CollisionError:
                frontier.queue.forget_hosts()
                time.sleep(random.uniform(0, 0.05))  # noqa: S311  so that the two do not meet again
        return verb(frontier, *args, **kwargs)

    return tried
