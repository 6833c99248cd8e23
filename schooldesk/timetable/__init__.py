"""Each school's week and plans of minutes in tables, and the pages of teachers and schools."""
