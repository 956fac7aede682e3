"""Enrolments for those who run the portal: lists, history, another try, invitation keys."""
