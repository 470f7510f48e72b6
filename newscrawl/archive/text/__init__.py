"""Texts compared: one spelling for all spellings, and what differs between two versions."""
