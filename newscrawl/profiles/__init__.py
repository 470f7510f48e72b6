"""Profiles: what many pages of a host say that one cannot, learnt, kept, and held against the rules alone."""
