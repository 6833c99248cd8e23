"""A rulebook's YAML: its tree with lines, its schema, and the clauses built from it."""
