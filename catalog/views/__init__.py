"""Public pages of the catalogue, served below the index pages that editors place."""
