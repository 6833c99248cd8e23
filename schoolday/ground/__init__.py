"""What everything stands on: grades, spans of minutes, ids, findings and errors."""
