"""The public API: the same searches as the page, as JSON."""
