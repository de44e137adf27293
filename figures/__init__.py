"""Areas, street-crime counts and agencies' indicators: figures, each with its source."""
