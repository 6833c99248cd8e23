"""Small groups: asked for, made in the background, followed, and watched by student group."""
