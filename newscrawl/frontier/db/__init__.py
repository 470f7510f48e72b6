"""The frontier's database, on SQLite or PostgreSQL: schema, opening, and copying from one to the other."""
