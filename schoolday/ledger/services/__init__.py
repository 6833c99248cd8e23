"""Services of an IEP: owed by plan and date, scheduled, delivered or not and why, made up, unaccounted."""
