"""One small file a portal."""
