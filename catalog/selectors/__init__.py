"""Questions that pages ask of the catalogue; each says how many queries its answer costs."""
