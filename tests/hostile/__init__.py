"""Attacks and faults of a server, met by real crawls: `make hostile` runs all, the suite a few."""
