"""The errors that schoolday raises; each says in plain words what to do."""

from __future__ import annotations

from datetime import date


class SchooldayError(Exception):
    """The base of all of schoolday's own errors: shown to people without a traceback."""


class RulebookError(SchooldayError):
    """A rulebook cannot be loaded.

    Parameters
    ----------
    file
        The file's name as it was given.
    line
        The line, counted from 1, or 0 where the whole file is meant.
    clause
        The rule or clause, or an empty string where none was reached.
    said
        What is wrong and what to do.
    """

    def __init__(self, file: str, line: int, clause: str, said: str) -> None:
        self.file, self.line, self.clause, self.said = file, line, clause, said
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {clause}: {said}" if clause else f"{place}: {said}")


class NotInForce(SchooldayError):
    """A rule was asked for on a date on which no clause of it stands."""

    def __init__(self, rule: str, day: date, said: str) -> None:
        self.rule, self.day = rule, day
        super().__init__(f"{rule} is not in force on {day.isoformat()}: {said}")


class NoProgram(SchooldayError):
    """The standing rules leave no plan of minutes; `clauses` names those in conflict."""

    def __init__(self, said: str, clauses: tuple[str, ...]) -> None:
        self.clauses = clauses
        super().__init__(said)


class RosterRefused(SchooldayError):
    """A roster was not taken in; what stood before stands. The findings say why."""
