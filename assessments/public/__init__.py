"""What this room puts on the public site, by topic."""
