"""`newscrawl cron`: print crontab lines, or systemd units, for a nightly crawl with this installation."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.cli.folder import data_folder
from newscrawl.data_folder import LOCKED_BY_PARENT

_CRON = """\
# newscrawl: crawl every night, look at every portal's health each morning, check all files once a week.
# To install these lines: crontab -e. Cron mails what they print: only problems that somebody should look at.
# `health --notify` sends a notice where NEWSCRAWL_NOTIFY_MAIL, _WEBHOOK or _COMMAND say: docs/operating.md
{environment}{minute} {hour} * * * {program} crawl --all --jobs {jobs} --time-limit {limit} --quiet
{minute} {morning} * * * {program} health --notify > /dev/null
{minute} {evening} * * 0 {program} check > {log} || cat {log}
"""
_UNITS = {
    "newscrawl.service": """\
[Unit]
Description=newscrawl: crawl all portals
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
{environment}ExecStart={program} crawl --all --jobs {jobs} --time-limit {limit} --quiet
ExecStartPost=-{program} health --notify
# 5: a site did not answer; 6: a limit ended a crawl. Both are no failure of this unit.
SuccessExitStatus=5 6
TimeoutStopSec=40
Nice=10
""",
    "newscrawl.timer": """\
[Unit]
Description=newscrawl: crawl every night

[Timer]
OnCalendar=*-*-* {hour:02d}:{minute:02d}:00
Persistent=true

[Install]
WantedBy=timers.target
""",
}


_JOBS = 4
_MINUTES = 20 * 60  # limit for all portals together, so that a crawl ends before the next night's begins
# Environment variables of a crawl, besides the data folder; cron and systemd start with an empty environment.
_TAKEN = ("MAIL_HOST", "MAIL_PORT", "MAIL_FROM", "http_proxy", "https_proxy", "no_proxy")


@click.command()
@click.option("--systemd", is_flag=True, help="Print a systemd service and timer instead.")
@click.option("--at", "time", default="02:17", show_default=True, metavar="HH:MM", help="When the crawl begins.")
def cron(time: str, *, systemd: bool) -> None:
    """Print the crontab lines, or the systemd units, that run this installation on this data folder."""
    hour, minute = _moment(time)
    python = Path(sys.executable)
    script = python.with_name("newscrawl")
    words = [str(script)] if script.exists() else [str(python), "-m", "newscrawl"]
    folder = data_folder().root.absolute()
    words += ["--data", str(folder)]
    portals = len(portal_loader().portals()) - 1  # the sample is not crawled with --all
    limit = max(min(_MINUTES * _JOBS // max(portals, 1), 60), 1)
    facts = {
        "hour": hour,
        "minute": minute,
        "morning": (hour + 6) % 24,
        "evening": (hour - 3) % 24,
        "jobs": _JOBS,
        "limit": limit,
    }
    taken = {name: value for name, value in sorted(os.environ.items()) if _is_taken(name, value)}
    if not systemd:
        # a % in a crontab ends the line
        program, log = (
            text.replace("%", "\\%") for text in (shlex.join(words), shlex.quote(f"{folder}/log/check.log"))
        )
        environment = "".join(f"{name}={value}\n" for name, value in taken.items())
        click.echo(_CRON.format(program=program, log=log, environment=environment, **facts), nl=False)
        return
    program = " ".join(f'"{word}"' if " " in word else word for word in words).replace("%", "%%")
    environment = "".join(f'Environment="{name}={_quoted(value)}"\n' for name, value in taken.items())
    for name, unit in _UNITS.items():
        click.echo(f"# /etc/systemd/system/{name}, or for one user ~/.config/systemd/user/{name}")
        click.echo(unit.format(program=program, environment=environment, **facts))
    click.echo("# then: systemctl daemon-reload; systemctl enable --now newscrawl.timer")


def _is_taken(name: str, value: str) -> bool:
    is_ours = name.startswith("NEWSCRAWL_") and name not in {"NEWSCRAWL_DATA", LOCKED_BY_PARENT}
    return (is_ours or name in _TAKEN) and value.isprintable()


def _quoted(value: str) -> str:
    """Quote a value for systemd, in double quotes."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")


def _moment(time: str) -> tuple[int, int]:
    hour, _, minute = time.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise click.BadParameter(f"{time!r} is no time of day: give it as 02:17", param_hint="--at")
    return int(hour), int(minute)
