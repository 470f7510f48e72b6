"""Which links of a page lead on: article or section, list pagination, feeds, sitemaps, parts of a story."""
