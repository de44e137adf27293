"""What people fill in, by topic."""
