"""Scrapy commands of this project."""

from __future__ import annotations

from importlib import import_module

from newscrawl.runtime.frames import without_frames

with without_frames():  # Scrapy imports this package first of ours
    import_module("newscrawl.archive")
