"""Measures: a year's figures from sealed weeks, the public board, and the walk from a figure to its entries."""
