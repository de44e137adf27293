"""What pages and papers ask of this room, by topic."""
