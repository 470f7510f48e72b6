"""Commands of whoever reads the archive."""
