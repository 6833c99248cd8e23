"""Exams and their results: entered by hand, taken in from files, undone, and which are required."""
