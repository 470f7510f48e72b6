"""Compare texts: folding to one spelling, and diffs between versions."""
