"""What the command line, exports and the browser ask of the archive."""
