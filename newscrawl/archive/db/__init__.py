"""Work on archive.db as a whole: open, migrate, describe, check and compact it."""
