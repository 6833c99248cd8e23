"""Learning: standards, assessment, and who needs what next."""
