"""Commands for developers, who add portals and examine the extraction of pages."""
