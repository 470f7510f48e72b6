"""Which lines of a page are what: story, byline, furniture, links."""
