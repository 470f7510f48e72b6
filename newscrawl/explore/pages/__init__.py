"""Our pages: the contents of each, and their routes."""
