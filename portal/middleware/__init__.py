"""Middleware of the portal: headers and the cache of whole pages."""
