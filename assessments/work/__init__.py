"""What this room asks of a person, by topic."""
