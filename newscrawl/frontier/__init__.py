"""What to fetch next and what became of every address: Scrapy's scheduler on SQLite."""
