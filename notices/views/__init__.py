"""What I have been told, and what officers see of the ledger."""
