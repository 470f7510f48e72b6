"""`python -m newscrawl.sample`: the sample portal in the foreground, until interrupted."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from newscrawl.sample.server import SampleServer


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option("--edition", type=click.IntRange(1, 2), default=1, show_default=True, help="Which edition to serve.")
@click.option(
    "--log", type=click.Path(dir_okay=False, path_type=Path), help="Append a JSON line a request to this file."
)
@click.option("--delay", type=click.FloatRange(0), default=0.0, help="Seconds to wait before each answer.")
def main(port: int, edition: int, log: Path | None, delay: float) -> None:
    """Serve the sample portal on loopback, as origin server and as HTTP proxy for its own addresses."""
    try:
        server = SampleServer(edition, port=port, log=log, delay=delay)
    except OSError as error:
        raise click.ClickException(f"cannot serve on port {port}: {error}; name another one, or none") from error
    # A shell that starts this in the background has the signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    click.echo(f"serving the sample portal on {server.proxy}")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()


if __name__ == "__main__":
    main()
