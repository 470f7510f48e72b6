"""The link blocks around a story."""
