"""Enrolment: a person wants a place, the portal decides, the worker arranges it in the LMS."""
