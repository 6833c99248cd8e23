"""The front desk: people, pages and the database, over the thinking of schoolday."""
