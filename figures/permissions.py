"""Who may read figures, send them in, and ask for them."""
