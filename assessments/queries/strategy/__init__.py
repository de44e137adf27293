"""What pages, papers and verbs ask of strategies."""
