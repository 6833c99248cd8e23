"""The record of what each child was given: entries, weeks, seals and services."""
