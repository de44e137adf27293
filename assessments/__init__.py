"""Strategic Assessment, strategy, themes, powers, horizon and tensions."""
