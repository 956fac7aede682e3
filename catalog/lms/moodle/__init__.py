"""Moodle, through its web services (REST), as version 4.5 speaks them."""

from .connector import MoodleConnector

CONNECTOR = MoodleConnector
