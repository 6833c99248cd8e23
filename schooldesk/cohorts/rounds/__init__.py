"""The rounds in which families choose, and the files that each is made of."""
