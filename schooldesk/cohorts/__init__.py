"""Families' choice of program, the cohorts made of it, and who comes back when."""
