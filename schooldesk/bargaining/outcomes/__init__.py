"""What positions would do, and where both sides can meet: asked for, worked out, kept and shown."""
