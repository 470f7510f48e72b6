"""Where a list or a story goes on."""
