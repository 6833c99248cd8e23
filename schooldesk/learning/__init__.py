"""What is to be learned, what is known of each child, small groups that help, and lessons' recordings."""
