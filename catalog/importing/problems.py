"""What can be wrong with an import as a whole."""


class UnreadableFile(Exception):
    """The file cannot be used; the message says why, for people."""
