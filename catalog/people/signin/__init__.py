"""Signing in with e-mail and password, the second factor, and the pages of one's account."""
