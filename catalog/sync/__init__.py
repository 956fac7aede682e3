"""The catalogues of LMSs, read into ours: listed at night, or pushed by the LMS."""
