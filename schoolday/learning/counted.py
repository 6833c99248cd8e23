"""What watching a recording counts as: only what a rule in force allows, and never live minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolday.ground.finding import Status
from schoolday.rules import Clause, Kind, Rule, Standing, Way


@dataclass(frozen=True, slots=True)
class Viewing:
    """A pupil watched a recording on a date.

    `certified` are the minutes of work that a member of staff gave it the time value of, named in
    `certified_by`; None where nobody has.
    """

    pupil: str
    recording: str
    day: date
    minutes: int | None = None
    certified: int | None = None
    certified_by: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a viewing counts as.

    Parameters
    ----------
    participation
        Met where a rule takes activity online as participation and somebody certified it; unverified
        otherwise. Watching is never taken as a child's absence or presence by itself.
    minutes
        Minutes of independent work, as certified; None where there are none.
    clauses, said
        The clauses that it follows from, and why in one sentence.
    """

    participation: Status
    minutes: int | None
    clauses: tuple[str, ...]
    said: str


def counted(viewing: Viewing, standing: Standing, way: Way = Way.DISTANCE) -> Counted:
    """Return what a viewing counts as under the rules in force on its date."""
    takes = [clause.id for rule, clause in standing.pairs if _takes_activity(rule, clause, way)]
    values = standing.limit("certified_share", way=way).clauses
    signed = viewing.certified is not None and bool(viewing.certified_by)
    minutes = viewing.certified if signed and values else None
    clauses = (*takes, *(values if minutes is not None else ()))
    if not takes and not values:
        return Counted(
            Status.UNVERIFIED, None, (), "no rule in force says what watching a recording counts as"
        )
    if not signed:
        said = "it counts as nothing until a member of staff certifies it; live minutes it never is"
        return Counted(Status.UNVERIFIED, None, clauses, said)
    if not takes:
        said = "the certified time of the work counts as independent minutes; live teaching it never is"
        return Counted(Status.UNVERIFIED, minutes, clauses, said)
    said = (
        "activity online may be evidence of participation, and its certified time is independent work; the "
        "law does not name recordings, so this is a reading; live minutes it never is"
    )
    return Counted(Status.MET, minutes, clauses, said)


def _takes_activity(rule: Rule, clause: Clause, way: Way) -> bool:
    """Whether a rule asks for evidence of participation on each day, which may be activity online."""
    limbs = {limb.measure for limb in clause.limbs}
    return rule.kind is Kind.TRIGGER and way in rule.ways and "unevidenced_days" in limbs
