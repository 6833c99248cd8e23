"""Re-engagement at the desk: the work list, deeds, and the notice home."""
