"""Text analysis: fold first, stem after; the same tables serve Python and Elasticsearch."""

from .tokens import LANGUAGES, Token, Word, analyse_words, tokens

__all__ = ["LANGUAGES", "Token", "Word", "analyse_words", "tokens"]
