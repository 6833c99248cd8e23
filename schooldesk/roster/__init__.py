"""The district's roster in tables: each import is a version, and one of them stands."""
