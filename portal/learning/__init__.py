"""My learning: what a person asked for, how it stands, and what the portal knows of them."""
