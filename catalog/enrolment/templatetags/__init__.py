"""Tags that the catalogue's pages use."""
