"""Open edX, through its course, enrolment and grade APIs.

Built from its source and tried against the demonstration LMS only: no Open edX was at hand.
"""

from .connector import OpenEdxConnector

CONNECTOR = OpenEdxConnector
