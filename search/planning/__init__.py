"""From what was typed to results: read it, try it ever less strictly, say what was done."""

from .parsing import ParsedQuery, parse
from .planner import Found, find

__all__ = ["Found", "ParsedQuery", "find", "parse"]
