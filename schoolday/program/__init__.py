"""Minutes by kind and subject for a grade and a date, built from the standing rules."""
