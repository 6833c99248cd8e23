"""The household's day: composed once when published, read by one key in the morning."""
