"""Connect Scrapy's engine to the frontier: scheduler, requests, crawl delay across workers."""
