"""Pages of enrolment; all work without JavaScript, none is cached."""
