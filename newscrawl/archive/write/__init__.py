"""A page and its article into the tables, with their history."""
