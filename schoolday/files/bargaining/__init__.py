"""A bargaining table's YAML: its schema, its documents, and the names they refer to."""
