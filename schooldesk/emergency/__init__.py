"""After an emergency: whom to reach, what was offered, agreements and the way back."""
