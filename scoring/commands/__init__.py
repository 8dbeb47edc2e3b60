"""What is done from the terminal, one module for each kind of work."""
