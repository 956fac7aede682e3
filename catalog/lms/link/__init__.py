"""An LMS that is reached by a plain link."""

from .connector import LinkConnector

CONNECTOR = LinkConnector
