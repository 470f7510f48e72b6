"""WARC files: write raw pages, read them back, repair files after a crash, ship finished files."""
