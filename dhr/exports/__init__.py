"""Files that leave death reviews: each says who took it, and holds no name of the key."""
