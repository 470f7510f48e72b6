"""A PostgreSQL server of our own: on a free port, in a temporary folder, by another user where we are root."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

USER = "newscrawl"


def programs() -> Path | None:
    """Give the folder of the server's programs, which Debian keeps out of the PATH; None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    found = debian[-1] if debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def missing() -> str | None:
    """Say why there can be no server; None where there can."""
    if programs() is None:
        return "PostgreSQL's server is not installed (apt-get install postgresql)"
    try:
        import psycopg  # noqa: F401, PLC0415
    except ImportError:
        return "psycopg is not installed (the extra postgres)"
    if os.geteuid() == 0 and subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode:
        return "PostgreSQL does not run as root, and there is no user postgres"
    return None


class Postgres:
    """A running server; `place()` gives the address of an empty schema in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="newscrawl-postgres-"))
        self.user = "postgres" if os.geteuid() == 0 else getpass.getuser()
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").wait()
        options = ("-p", self.port, "-k", self.folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off")
        # it dies with the tests, however they end
        bound = ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
        self._server = self._run("postgres", "-D", data, *options, "-c", "max_connections=60", before=bound)
        while not self._answers():
            assert self._server.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)

    def _answers(self) -> bool:
        import psycopg  # noqa: PLC0415  an extra

        try:
            psycopg.connect(self.address).close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def address(self) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    def _run(self, program: str, *arguments: object, before: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        folder = programs()
        assert folder
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [*before, folder / program, *map(str, arguments)],
                user=self.user if os.geteuid() == 0 else None,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def stop(self) -> None:
        """End the server, with whoever is connected."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def place(self) -> str:
        """Make an empty schema; give the address of a frontier in it."""
        import psycopg  # noqa: PLC0415  an extra

        schema = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}")
        return f"{self.address}?options=-csearch_path%3D{schema}"


@pytest.fixture(scope="session")
def postgres():
    """A server for all tests of this process, started with the first that wants it."""
    if reason := missing():
        pytest.skip(reason)
    server = Postgres()
    yield server
    server.stop()
