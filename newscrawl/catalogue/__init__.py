"""The catalogue of portals: find and load declared portals, and probe sites before they are declared."""

from __future__ import annotations

PLUG_INS = "newscrawl.portals"  # the group of entry points; each names a module or a package of portals
