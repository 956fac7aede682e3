"""What the portal knows about languages: folding, addresses, alphabetical order, names."""
