"""Read the frontier's rules from Scrapy's settings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from newscrawl.frontier.policy import HOUR, Rules

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.settings import BaseSettings


def rules_of(settings: BaseSettings, spider: Spider) -> Rules:
    """Read the rules for a spider's crawl.

    Settings: REVISIT_AFTER (hours; the spider's `revisit` goes first), FRONTIER_LIST_LONGEST_WAIT (hours),
    FRONTIER_HOST_DAILY_LIMIT, FRONTIER_HOST_ERROR_LIMIT, FRONTIER_BARREN_LIMIT, FRONTIER_LIST_CEILING,
    FRONTIER_DOMAIN_RUN_LIMIT, FRONTIER_DOMAIN_NEW_HOSTS, FRONTIER_REVISIT_NOW; see `Rules`.
    """
    rules = Rules()
    revisit = getattr(spider, "revisit", None) or settings.getlist("REVISIT_AFTER")
    hours = [age.total_seconds() / HOUR if isinstance(age, timedelta) else float(age) for age in revisit]
    return Rules(
        tuple(age * HOUR for age in hours) or rules.revisit_after,
        settings.getfloat("FRONTIER_LIST_LONGEST_WAIT", rules.list_longest_wait / HOUR) * HOUR,
        settings.getint("FRONTIER_HOST_DAILY_LIMIT", rules.host_daily_limit),
        settings.getint("FRONTIER_HOST_ERROR_LIMIT", rules.host_error_limit),
        settings.getint("FRONTIER_BARREN_LIMIT", rules.barren_limit),
        settings.getint("FRONTIER_LIST_CEILING", rules.list_ceiling),
        settings.getint("FRONTIER_DOMAIN_RUN_LIMIT", rules.domain_run_limit),
        settings.getint("FRONTIER_DOMAIN_NEW_HOSTS", rules.domain_new_hosts),
        settings.getbool("FRONTIER_REVISIT_NOW", rules.revisit_now),
    )
