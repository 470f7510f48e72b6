"""SQL helpers shared by the archive's packages: rows, columns, times, attached files and SQLite's errors."""
