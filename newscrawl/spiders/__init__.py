"""The portals of this package, one small file each."""
