"""Links in scripts, data, feeds and hidden markup."""
