"""Addresses entering the frontier, leased and left out."""
