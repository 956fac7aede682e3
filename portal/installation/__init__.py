"""What makes an empty portal, and what puts the demo in and takes it out."""
