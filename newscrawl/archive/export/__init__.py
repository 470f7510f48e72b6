"""What leaves the archive: tables for other programs, WACZ files, smaller archives."""
