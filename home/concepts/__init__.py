"""The glossary's concepts, ready for search and translation."""

from .selectors import ConceptFact, Term, concepts, version

__all__ = ["ConceptFact", "Term", "concepts", "version"]
