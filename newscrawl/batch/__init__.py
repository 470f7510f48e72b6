"""Years of WARC files read anew without an archive, by as many cores or machines as there are."""
