"""Extract years of WARC files without an archive, on all cores of one machine or on a cluster."""
