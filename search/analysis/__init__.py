"""Text analysis: fold first, stem after; the same tables serve Python and Elasticsearch."""

from .tokens import LANGUAGES, OTHER, Token, tokens
from .words import Word, analyse_words

__all__ = ["LANGUAGES", "OTHER", "Token", "Word", "analyse_words", "tokens"]
