"""How a timetable is found: the only door to the solvers."""
