"""Papers, the record of sharing, and what is published."""
