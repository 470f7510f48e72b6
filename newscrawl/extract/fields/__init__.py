"""One module for each field of an article; each reads its zone of the page."""
