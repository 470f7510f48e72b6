"""Between Scrapy's engine and the frontier: scheduler, requests, pace."""
