"""WARC files: raw pages written, read back, and mended after a crash."""
