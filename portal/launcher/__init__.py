"""What ``make`` does before Django is there: only Python's standard library is imported here."""
