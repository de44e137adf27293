"""What people are reminded of, by topic."""
