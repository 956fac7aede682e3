"""Real servers for tests: found or fetched, started on free ports, stopped by their own pid."""
