"""Find reprints (copies of an article on other portals) and the outlet that a credit line names."""
