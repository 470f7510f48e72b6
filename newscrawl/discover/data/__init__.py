"""Find links in scripts, data, feeds and hidden markup."""
