"""Commands for analysts, who query the archive."""
