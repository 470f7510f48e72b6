"""The database of the frontier: SQLite's file or PostgreSQL, its tables, and moving between them."""
