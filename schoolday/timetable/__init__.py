"""The timetable: draft, frozen problem, solve, and a check that shares no code with the solver."""
