"""Signing in by somebody else's word: OpenID Connect and what nations have instead of it."""
