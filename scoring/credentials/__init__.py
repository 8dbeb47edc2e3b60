"""What is taken as a password, and how often somebody may try."""
