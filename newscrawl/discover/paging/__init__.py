"""Find the next pages of lists, and the parts of stories."""
