"""One page: its bytes decoded and parsed, its lines, scripts, hidden text and pictures."""
