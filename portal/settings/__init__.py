"""Settings of the portal: base, and what development, tests and production change in it."""
