"""Measures: a year's figures from sealed weeks, the public board, the walk from figures to entries."""
