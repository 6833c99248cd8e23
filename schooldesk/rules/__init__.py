"""The public page of the rules in force."""
