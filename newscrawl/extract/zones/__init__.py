"""The role of each line of a page: story, byline, boilerplate, links."""
