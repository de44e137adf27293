"""What is held, what it comes to, and what may honestly be said of it."""
