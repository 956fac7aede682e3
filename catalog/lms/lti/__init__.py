"""LTI 1.3 with the portal as the platform: it launches tools, takes grades back, lists members."""

from .connector import LTIConnector

CONNECTOR = LTIConnector
