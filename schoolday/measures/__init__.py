"""Hold what was measured against the rules: one case at a time, and a district's year by columns."""
