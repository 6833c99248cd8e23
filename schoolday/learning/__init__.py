"""What each child has learned: standards, assessments and the help that follows."""
