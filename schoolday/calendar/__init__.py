"""Day kinds, counting from an event, weeks and months, and the row that a plan and a record share."""
