"""What families choose: asked under their links, or written down at the telephone."""
