"""Everything the catalogue keeps."""

from .centre import Centre, CentreEvent, Room
from .connection import LMSConnection
from .course import Course, CourseLanguage
from .programme import Programme, ProgrammeCourse
from .provider import Provider
from .review import ReviewTask
from .run import CourseRun, RunSession
from .text import CourseText
from .vocabulary import Competency, Subject

__all__ = [
    "Centre",
    "CentreEvent",
    "Competency",
    "Course",
    "CourseLanguage",
    "CourseRun",
    "CourseText",
    "LMSConnection",
    "Programme",
    "ProgrammeCourse",
    "Provider",
    "ReviewTask",
    "Room",
    "RunSession",
    "Subject",
]
