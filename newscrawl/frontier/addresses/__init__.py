"""Enqueue, lease and exclude addresses."""
