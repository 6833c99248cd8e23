"""After an emergency: the clocks of contact and instruction, short agreements, and the way back."""
