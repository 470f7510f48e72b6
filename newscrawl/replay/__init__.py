"""Recorded pages read again, and WARC files brought from other machines."""
