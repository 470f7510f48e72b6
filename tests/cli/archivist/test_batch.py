"""`newscrawl batch` uses the cores that this process may use, and no more."""

from __future__ import annotations

import os

import pytest

from newscrawl.cli.archivist import batch


@pytest.mark.parametrize(
    ("limit", "cores"),
    [("300000 100000", 3), ("50000 100000", 1), ("900000 100000", 8), ("max 100000", 8), (None, 8)],
)
@pytest.mark.parametrize("system", ["Linux", "macOS"])
def test_a_containers_limit_counts_on_any_system(limit, cores, system, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "_CGROUP", tmp_path / "cpu.max")
    if limit:
        (tmp_path / "cpu.max").write_text(f"{limit}\n", "ascii")
    monkeypatch.setattr(os, "cpu_count", lambda: 8 if system == "macOS" else 64)
    if system == "macOS":
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    else:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert batch.cores() == cores
