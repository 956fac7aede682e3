"""What the portal knows about languages: names, folding, transliteration, alphabetical order."""
