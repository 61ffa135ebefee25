"""Who caused a hit: the first guess at once, and what the whole timeline makes of it later."""
