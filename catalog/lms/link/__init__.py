"""An LMS that is reached by a plain link."""

from .connector import LinkConnector

__all__ = ["LinkConnector"]
