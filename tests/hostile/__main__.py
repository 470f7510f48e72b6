"""`python -m tests.hostile [NAME…]`: one line an attack; exit status 1 where one did harm. `make hostile`."""

from __future__ import annotations

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.hostile import content, wire  # noqa: F401  they register their attacks
from tests.hostile.attack import ATTACKS
from tests.hostile.run import against


def main() -> int:
    """Run the attacks named, or all, two at a time."""
    wanted = [ATTACKS[name] for name in sys.argv[1:]] or list(ATTACKS.values())
    failed = 0
    # HOSTILE_DATA: an empty folder in which the data folders stay, to be looked at
    with tempfile.TemporaryDirectory() as made, ThreadPoolExecutor(2) as pool:
        folder = os.environ.get("HOSTILE_DATA") or made
        for report in pool.map(lambda attack: against(attack, Path(folder)), wanted):
            print(report.line(), flush=True)
            failed += bool(report.faults)
    print(f"{len(wanted)} attacks and faults, {failed} did harm")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
