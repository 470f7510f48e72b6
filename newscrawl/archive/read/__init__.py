"""Queries of the archive, for the command line, exports and the pages in a browser."""
