"""Export from the archive: tables for other programs, WACZ files, smaller archives."""
