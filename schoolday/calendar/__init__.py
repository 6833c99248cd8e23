"""Day kinds, school weeks, and the row of minutes that a plan and a record share."""
