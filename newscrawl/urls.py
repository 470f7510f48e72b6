"""Addresses: canonical form, host, registered domain, id, and the date an address may carry."""

from __future__ import annotations
