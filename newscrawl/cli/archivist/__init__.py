"""Commands of whoever runs the crawls and keeps the data folder."""
