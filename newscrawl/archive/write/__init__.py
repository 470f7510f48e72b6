"""Write a page to the tables: its capture, its article with links, versions and events."""
