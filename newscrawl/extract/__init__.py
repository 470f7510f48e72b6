"""From bytes to an `Article`; knows nothing of Scrapy's engine or of SQLite."""
