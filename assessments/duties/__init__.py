"""What the law and the terms of reference ask for here, and how it stands, by topic."""
