"""Engines that hold sealed weeks and day packs: the only door to DuckDB and Spark."""
