"""What each side keeps to itself: its limits, its questions and their answers; and what the mediator sees."""
