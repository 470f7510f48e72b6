"""`newscrawl serve`: serve the archive to a browser."""

from __future__ import annotations

import ipaddress
import socket
import webbrowser
from contextlib import suppress

import click

from newscrawl.cli.folder import data_folder, others, read_also
from newscrawl.errors import NewscrawlError
from newscrawl.extras import how_to_install

_SHORTEST_TOKEN = 16


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 for any free one."
)
@click.option("--public", is_flag=True, help="Listen on all addresses of this machine; needs a token.")
@click.option(
    "--token", envvar="NEWSCRAWL_TOKEN", help="The access token for readers; it is safer to set NEWSCRAWL_TOKEN."
)
@click.option("--unsafe-no-login", is_flag=True, help="Let anybody who reaches this machine read the archive.")
@click.option("--name", "names", multiple=True, help="Another host name under which readers may reach it.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    envvar="NEWSCRAWL_LANG",
    help="The pages' language; by default as each reader's browser asks, else Chinese.",
)
@read_also
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
def serve(
    host: str,
    port: int,
    token: str | None,
    public: bool,
    unsafe_no_login: bool,
    names: tuple[str, ...],
    language: str | None,
    open_browser: bool,
) -> None:
    """Show the archive in a browser: search, articles, dashboards, tables; it only reads, so a crawl may run."""
    host = "0.0.0.0" if public and _is_loopback(host) else host  # noqa: S104  # asked for
    loopback = _is_loopback(host)
    _require_login(loopback=loopback, token=token, unsafe=unsafe_no_login)
    try:
        import uvicorn  # noqa: PLC0415  # an extra

        from newscrawl.explore.application import application  # noqa: PLC0415  # an extra
    except ModuleNotFoundError as error:
        advice = how_to_install("analysis")
        raise NewscrawlError(f"serve needs {error.name}; install it with: {advice}") from error
    own = {"127.0.0.1", "localhost", "::1", host, *(name.lower() for name in names)}
    if not loopback:
        own |= {"0.0.0.0", socket.gethostname().lower(), socket.getfqdn().lower()}  # noqa: S104  only compared
    # a token already stops pages of other sites: browsers do not send it to an unknown host name
    hosts = frozenset(own) if loopback or token is None else None
    app = application(data_folder().archive, token=token, hosts=hosts, language=language, also=others())
    with _listening(host, port) as listener:
        bound = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{'127.0.0.1' if host == '0.0.0.0' else shown}:{bound}/"  # noqa: S104  # only compared
        click.echo(f"{url} (end with Ctrl-C)")
        if open_browser:
            webbrowser.open(url)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none", server_header=False))
        with suppress(KeyboardInterrupt):  # Ctrl-C is the usual way to end it
            server.run(sockets=[listener])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _require_login(*, loopback: bool, token: str | None, unsafe: bool) -> None:
    """Refuse to serve the archive to a network unless the user has decided who may read it."""
    if token is not None and len(token) < _SHORTEST_TOKEN:
        raise NewscrawlError(f"the token is shorter than {_SHORTEST_TOKEN} characters: take a longer one")
    if not loopback and token is None and not unsafe:
        raise NewscrawlError("others could read the archive: set NEWSCRAWL_TOKEN, or say --unsafe-no-login")


def _listening(host: str, port: int) -> socket.socket:
    """Open the socket to listen on, before a message says that the server listens."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise NewscrawlError(f"cannot listen on {host} port {port}: {error.strerror}; try another --port") from error
