"""A district's record of attendance and re-engagement in small CSV files, and the notices home."""
