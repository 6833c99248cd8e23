"""schoolday: agree on the school day, run it, and account for it.

The package thinks over frozen values. It has no clock, no network and no database:
dates and seeds are arguments.
"""
