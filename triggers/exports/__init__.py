"""Files of the case review pages."""
