"""Compose what one person or household does on one date, in order."""
