"""CMS families shared by three or more portals: recognising, list pagination, parts."""
