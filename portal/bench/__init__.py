"""Measurements: a seeded catalogue of any size and the figures that the budgets speak of."""
