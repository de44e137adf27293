"""What is done with assessments, strategies, powers, themes and tensions, by topic."""
