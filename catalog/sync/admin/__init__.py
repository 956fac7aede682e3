"""Catalogue sync for those who run the portal: policies, secrets, reports."""
