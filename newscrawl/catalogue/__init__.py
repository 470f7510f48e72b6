"""The portals there are: found, checked, and looked at before they are declared."""
