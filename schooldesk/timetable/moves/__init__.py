"""The move: from one plan to another that keeps most of it, told before it takes effect."""
