"""The owner of a lease: a process, identified by its machine, the machine's boot, and the process's start."""

from __future__ import annotations

import os
import re
import socket
import uuid
from pathlib import Path


def new_owner() -> str:
    """Return a name for a holder of leases in this process: `pid:start:token@host@boot`."""
    return f"{os.getpid()}:{_started(os.getpid())}:{uuid.uuid4().hex[:8]}@{_host()}@{_boot()}"


def is_alive(owner: str) -> bool:
    """Return whether the process of a lease may still be running.

    A process on another host or in another container cannot be examined: it counts as alive until its leases expire.
    If start times are unknown, only the process id is compared.
    """
    process, *place = owner.split("@")
    if place and place[0] != _host():
        return True
    if place and place[1] != _boot():
        return False
    pid, _, rest = process.partition(":")
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it runs, as another user
    return _started(int(pid)) == rest.partition(":")[0]


def _host() -> str:
    """Return a name for the machine and the container within it, as each container numbers its processes anew."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:
        space = ""
    return f"{re.sub('[:@]', '_', socket.gethostname())}/{space}"


def _boot() -> str:
    """Return the kernel's id of the current boot; "" without /proc."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def _started(pid: int) -> str:
    """Return the start time of a process in clock ticks since boot; "" without /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]  # proc(5): field 22, counted behind the command's name
