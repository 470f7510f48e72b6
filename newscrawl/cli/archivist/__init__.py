"""Commands for archivists, who run the crawls and maintain the data folder."""
