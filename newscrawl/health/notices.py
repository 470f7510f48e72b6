"""Send notices that a portal broke or works again, by mail, webhook or command; all are off by default."""

from __future__ import annotations

import hashlib
import json
import shlex
import smtplib
import subprocess
import urllib.request
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

from newscrawl.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from scrapy.settings import BaseSettings

    from newscrawl.health.monitors import Alarm

SECONDS = 30.0  # time limit for a mail server, a webhook or a command


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice: a subject, lines for people, and the alarms by portal for programs."""

    subject: str
    text: str
    alarms: Mapping[str, Sequence[Mapping[str, str]]]

    @classmethod
    def of(cls, broken: Mapping[str, Sequence[Alarm]]) -> Notice:
        """Write the notice of what is broken; if nothing is, that everything works again."""
        lines = [
            f"{portal}: {alarm.what}: {alarm.detail} (since {alarm.since[:16].replace('T', ' ')} UTC)"
            for portal, alarms in broken.items()
            for alarm in alarms
        ]
        subject = (
            f"newscrawl: {len(lines)} alarms of {len(broken)} portals" if lines else "newscrawl: all is well again"
        )
        alarms = {portal: [asdict(alarm) for alarm in alarms] for portal, alarms in broken.items()}
        return cls(subject, harmless("\n".join(lines)) or "No portal has an alarm any more.", alarms)


def is_wanted(settings: BaseSettings) -> bool:
    """Return whether any way of sending notices is set."""
    return any(settings.get(name) for name in _WAYS)


def notify(settings: BaseSettings, broken: Mapping[str, Sequence[Alarm]], memory: Path) -> list[str]:
    """Send a notice of what is broken, unless the last one said the same; return a line for each way that failed.

    Args:
        settings: NEWSCRAWL_NOTIFY_COMMAND, NEWSCRAWL_NOTIFY_WEBHOOK, NEWSCRAWL_NOTIFY_MAIL, and Scrapy's MAIL_….
        broken: the alarms by portal; only portals that have some.
        memory: the file that remembers the last notice.
    """
    things = sorted(f"{portal} {alarm.what}" for portal, alarms in broken.items() for alarm in alarms)
    mark = hashlib.blake2b("\n".join(things).encode(), digest_size=8).hexdigest() if things else "well"
    told = memory.read_text("utf-8").strip() if memory.exists() else "well"
    if mark == told:
        return []
    notice, failures = Notice.of(broken), []
    for name, way in _WAYS.items():
        if not settings.get(name):
            continue
        try:
            way(settings, notice)
        except (OSError, ValueError, subprocess.SubprocessError, smtplib.SMTPException) as error:
            failures.append(f"{name} could not tell of it: {error}")
    if not failures:
        memory.write_text(mark, "utf-8")
    return failures


def _by_command(settings: BaseSettings, notice: Notice) -> None:
    """Run a command with the notice as JSON on its standard input."""
    words = shlex.split(settings["NEWSCRAWL_NOTIFY_COMMAND"])
    given = json.dumps(asdict(notice), ensure_ascii=False)
    ended = subprocess.run(words, input=given, text=True, timeout=SECONDS, capture_output=True, check=False)  # noqa: S603  the user's own
    if ended.returncode:
        raise ValueError(f"{words[0]} ended with status {ended.returncode}: {ended.stderr.strip()[-200:]}")


def _by_webhook(settings: BaseSettings, notice: Notice) -> None:
    """Send the notice as JSON by POST; `text` is the name that chat programs read."""
    url = settings["NEWSCRAWL_NOTIFY_WEBHOOK"]
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{url} is no http or https address")
    body = asdict(notice) | {"text": f"{notice.subject}\n{notice.text}"}
    request = urllib.request.Request(  # noqa: S310  its scheme is looked at above
        url, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        answer.read(1024)


def _by_mail(settings: BaseSettings, notice: Notice) -> None:
    """Send a mail, by the server of Scrapy's MAIL_ settings."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = notice.subject, settings.get("MAIL_FROM")
    mail["To"] = ", ".join(settings.getlist("NEWSCRAWL_NOTIFY_MAIL"))
    mail.set_content(notice.text)
    kind = smtplib.SMTP_SSL if settings.getbool("MAIL_SSL") else smtplib.SMTP
    with kind(settings.get("MAIL_HOST"), settings.getint("MAIL_PORT"), timeout=SECONDS) as server:
        if settings.getbool("MAIL_TLS"):
            server.starttls()
        if settings.get("MAIL_USER"):
            server.login(settings["MAIL_USER"], settings.get("MAIL_PASS") or "")
        server.send_message(mail)


_WAYS: dict[str, Callable[[BaseSettings, Notice], None]] = {
    "NEWSCRAWL_NOTIFY_COMMAND": _by_command,
    "NEWSCRAWL_NOTIFY_WEBHOOK": _by_webhook,
    "NEWSCRAWL_NOTIFY_MAIL": _by_mail,
}
