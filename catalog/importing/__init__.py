"""Courses from files: read, checked row by row, written in batches, safe to repeat."""
