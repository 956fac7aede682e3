"""What people look for: counted without knowing who, reported to editors."""
