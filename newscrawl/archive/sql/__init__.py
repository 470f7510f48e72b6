"""Rows, columns and times: what every room of the archive that writes SQL takes."""
