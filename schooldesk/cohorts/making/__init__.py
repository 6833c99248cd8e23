"""Cohorts made in the background: asked for, worked out, looked at, and told or taken back."""
