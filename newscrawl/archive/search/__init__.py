"""Full-text search for Chinese: index, query language and filters."""
