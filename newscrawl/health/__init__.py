"""The health of crawls: each crawl's row and verdict, monitors, notices; checks and backups of the data folder."""
