"""The demo: realistic content that a newcomer can walk through, put in and taken out whole."""
