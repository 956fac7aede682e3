"""From what was typed to results: read it, try it ever less strictly, say what was done."""

from .parsing import ParsedQuery, parse
from .planner import find
from .steps import Found, Step

__all__ = ["Found", "ParsedQuery", "Step", "find", "parse"]
