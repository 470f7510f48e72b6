"""Full-text search of Chinese, its query language and its filters."""
