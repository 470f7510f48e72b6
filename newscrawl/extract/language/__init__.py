"""What is known of the Chinese of news pages: labels, names, dates, furniture."""
