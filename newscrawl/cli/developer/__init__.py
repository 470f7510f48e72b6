"""Commands of whoever adds portals and looks at how pages are read."""
