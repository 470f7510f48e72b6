"""Who holds a lease: a process, told from a later one with the same number by its start time."""

from __future__ import annotations

import os
import uuid
from pathlib import Path


def new_owner() -> str:
    """Return a name for one holder of leases in this process: `pid:start:token`."""
    return f"{os.getpid()}:{_started(os.getpid())}:{uuid.uuid4().hex[:8]}"


def is_alive(owner: str) -> bool:
    """Tell whether the process of a lease still runs. Where start times are unknown, the number alone decides."""
    pid, _, rest = owner.partition(":")
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it runs, as another user
    return _started(int(pid)) == rest.partition(":")[0]


def _started(pid: int) -> str:
    """Return the kernel's start time of a process in clock ticks since boot; "" where there is no /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]  # proc(5): field 22, counted behind the command's name
