"""Who comes back when, as families and everybody may read it; and the small groups that come first."""
