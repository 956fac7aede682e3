"""What the front page and the frame of every page show of the catalogue."""
