"""A school year's records: CSV files of numbers and events, read and written."""
