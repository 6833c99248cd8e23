"""Findings of a year's measures: one for each pupil and kind, with the clauses that it follows from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from schoolday.ground.finding import Finding, Status
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import Limits
from schoolday.measures.portable import Cells

FOUND_IN = (
    "short_days", "engagement_weeks", "study_windows", "study_months", "chronic_absence", "service_minutes",
    "strays",
)  # fmt: skip
"""The measures that findings come from."""


class _Teller:
    def __init__(self, year: MeasuredYear, limits: Limits) -> None:
        self.year, self.limits = year, limits

    def one(
        self, code: str, said: str, status: Status, pupil: int, measure: str, value: int, unit: str, mend: str
    ) -> Finding:
        """Return one finding about a pupil."""
        where = (self.year.pupils[pupil].school, self.year.pupils[pupil].id)
        clauses = self.limits.clauses.get(measure, ())
        said = f"{self.year.pupils[pupil].id}: {said}"
        return Finding(f"measures.{code}", said, status, where, value, None, unit, clauses, mend=mend)

    def short_days(self, rows: Iterable[Cells]) -> Iterator[Finding]:
        for pupil, bound, _met, short, unsure, _absent, planned in rows:
            for code, number, status, said, mend in (
                ("short_day", short, Status.BROKEN, "fell short of the minimum", "see which minutes lack"),
                (
                    "unverified_day",
                    unsure,
                    Status.UNVERIFIED,
                    "are not recorded in full",
                    "record what was given",
                ),
                ("planned_short", planned, Status.BROKEN, "are planned too short", "plan more minutes"),
            ):
                if number:
                    told = f"{number} of {bound} days {said}"
                    yield self.one(code, told, status, pupil, "minutes_by_day", number, "days", mend)

    def engagement_weeks(self, rows: Iterable[Cells]) -> Iterator[Finding]:
        weeks = (row for row in rows if row[6] in (1, 2))
        yield from self._reached(
            "reengagement", "engagement_weeks", "weeks", ((row[0], row[6]) for row in weeks)
        )

    def study_windows(self, rows: Iterable[Cells]) -> Iterator[Finding]:
        some = ((row[0], row[5]) for row in rows if row[5])
        yield from self._reached("study_uncredited", "study_windows", "times four weeks", some)

    def study_months(self, rows: Iterable[Cells]) -> Iterator[Finding]:
        some = ((row[0], row[6]) for row in rows if row[6])
        yield from self._reached("study_missed", "study_months", "school months", some)

    def _reached(
        self, code: str, measure: str, unit: str, states: Iterable[tuple[int, int]]
    ) -> Iterator[Finding]:
        for (pupil, state), number in sorted(Counter(states).items()):
            told = (
                f"{number} {unit} ask for reaching out"
                if state == 1
                else f"{number} {unit} may, once all is known"
            )
            status = Status.ADVICE if state == 1 else Status.UNVERIFIED
            yield self.one(code, told, status, pupil, measure, number, unit, "take the next step that is due")

    def chronic_absence(self, rows: Iterable[Cells]) -> Iterator[Finding]:
        for pupil, days, absent, unknown, contrary, state in rows:
            if state in (1, 2):
                status = Status.ADVICE if state == 1 else Status.UNVERIFIED
                told = f"absent on {absent} of {days} days, {unknown} not known"
                yield self.one(
                    "chronic_absence", told, status, pupil, "chronic_absence", absent, "days", "find out why"
                )
            if contrary:
                told = (
                    f"on {contrary} days somebody certified absent what something else shows as taking part"
                )
                yield self.one(
                    "contrary", told, Status.UNVERIFIED, pupil, "", contrary, "days", "ask who certified it"
                )

    def service_minutes(self, rows: Iterable[Cells]) -> Iterator[Finding]:
        for promise, pupil, owed, provided, explained, _untimed, left, state in rows:
            if state in (1, 2):
                status = Status.BROKEN if state == 1 else Status.UNVERIFIED
                told = (
                    f"service {self.year.promises[promise].id}: of {owed} minutes {provided} were given, "
                    f"{explained} explained, {left} are unaccounted for"
                )
                mend = "record what was given, or why not"
                yield self.one("service", told, status, pupil, "service_minutes", left, "minutes", mend)

    def strays(self, rows: Iterable[Cells]) -> Iterator[Finding]:
        for pupil, days in rows:
            told = f"{days} days have rows of a pupil who was not enrolled then, or of a day without school"
            yield self.one(
                "stray", told, Status.BROKEN, pupil, "", days, "days", "correct the entries or the roster"
            )


def findings(
    year: MeasuredYear, limits: Limits, rows_of: Callable[[str], Iterable[Cells]]
) -> Iterator[Finding]:
    """Yield what the measures found, measure by measure.

    Parameters
    ----------
    year, limits
        The year, and what the rules say in it.
    rows_of
        Gives the rows of a measure.
    """
    teller = _Teller(year, limits)
    for name in FOUND_IN:
        yield from getattr(teller, name)(rows_of(name))


SAID: Mapping[str, str] = {
    "short_day": "Days of a pupil have fewer minutes than the minimum that stands.",
    "unverified_day": "Days of a pupil are not recorded in full: nobody can say whether they are too short.",
    "planned_short": "Days of a pupil are planned shorter than the minimum that stands.",
    "reengagement": "Weeks of a pupil ask for reaching out, or may once all days are known.",
    "study_uncredited": "Independent study: too much of four weeks' required time earned no attendance.",
    "study_missed": "Independent study: too many of a month's scheduled live times were missed.",
    "chronic_absence": "A pupil is absent on so many days of the year that a rule names it, or may be.",
    "contrary": "Somebody certified a pupil absent, and something else shows that the pupil took part.",
    "service": "Minutes of a promised service (IEP) are neither provided nor explained.",
    "stray": "Days have rows of a pupil who was not enrolled then, or there was no school.",
}
"""Each code of these findings with one sentence."""
