"""Real crawls against attacks and faults of a server: `make hostile` runs all, the test suite a few."""
