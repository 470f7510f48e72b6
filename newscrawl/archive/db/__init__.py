"""archive.db as a whole: opened, migrated, described, checked and thinned."""
