"""What keeps derived facts true when the catalogue changes."""
