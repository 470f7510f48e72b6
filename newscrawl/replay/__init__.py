"""Replay recorded pages into the archive, and load WARC files from other machines."""
