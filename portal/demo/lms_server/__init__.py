"""A learning system for the demo and the tests that behaves as Moodle and Open edX were seen to.

It imports nothing of the portal, so that the portal cannot teach it to agree.
"""
