"""How good search is: judged queries asked through the public API, and scored."""

from .judged import Judged, UnreadableFile, read
from .running import Outcome, ask
from .scores import Report, Scores, report

__all__ = ["Judged", "Outcome", "Report", "Scores", "UnreadableFile", "ask", "read", "report"]
