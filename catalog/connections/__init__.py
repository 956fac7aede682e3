"""Connectors with a database: shared pace, errors, checks, and the portal as LTI platform."""
