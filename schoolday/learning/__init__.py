"""Learning: standards, exams and what they show of each child, small groups that help, and recordings."""
