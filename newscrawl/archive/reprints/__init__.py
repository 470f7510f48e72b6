"""Which articles are copies of which, and which outlet a credit line means."""
