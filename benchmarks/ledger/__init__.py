"""A district's year of day packs, from the packs to every measure and finding, beside named peers."""
