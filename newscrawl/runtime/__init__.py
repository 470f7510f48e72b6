"""What is hung into Scrapy while it runs: extensions, the browser, the log, the end of a crawl."""
