"""The table: proposals side by side, what they do to real days, and where both sides can meet."""
