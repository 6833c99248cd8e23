"""Small groups that were asked for, whether they helped, and the watch over them by student group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.learning.groups import needs_of
from schoolday.learning.helped import Followed, followed
from schoolday.learning.watch import Line, seen, watched
from schoolday.roster import Pupil
from schooldesk.learning import reads
from schooldesk.learning.groups.result import Result, unpack
from schooldesk.learning.models import Grouping
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


def groupings(*, schools: Sequence[str] | None = None, taught: str = "") -> list[Grouping]:
    """Return what was asked for at some schools or by one teacher, the newest first."""
    found = Grouping.objects.defer("body").order_by("-pk")
    if taught:
        return list(found.filter(taught=taught))
    return list(found if schools is None else found.filter(school__in=list(schools)))


def one(number: int) -> Grouping | None:
    """Return one of them, or None."""
    found: Grouping | None = Grouping.objects.select_related("district").filter(pk=number).first()
    return found


def waiting() -> list[Grouping]:
    """Return what is still to be made, the first asked first; in the scope of every district."""
    rows = Grouping.objects.filter(finished=None, failed="").select_related("district")
    return list(rows.order_by("pk"))


def is_open(row: Grouping) -> bool:
    """Whether it waits for, or is in, the hands of a worker."""
    return row.finished is None and not row.failed


def result(row: Grouping) -> Result:
    """Return what came of it; only where it is finished."""
    return unpack(row.body)


def helped(home: District, row: Grouping, result: Result, day: date) -> tuple[Followed, ...]:
    """Return what changed in each group from before its first meeting to after its last, by a date."""
    pupils = reads.pupils(home, {one for group in result.groups for one in group.pupils})
    known = reads.known(home, pupils, day)
    return followed(result.groups, known.evidence, known.bars_by_pupil(pupils), row.first, row.last)


@dataclass(frozen=True)
class Watch:
    """A school's watch: its lines, the fewest people of a number that is told, and by which clause."""

    lines: tuple[Line, ...]
    least: int
    clauses: tuple[str, ...]


def watch(home: District, school: str, day: date) -> Watch | None:
    """Return by student group who needs help, is helped and rose; None if no rule says what is small."""
    limit = reads.standing(home, day).limit("told_people", way=reads.way(home, day))
    if limit.low is None:
        return None
    pupils = list(roster.pupils(home, [school]).values())
    known = reads.known(home, pupils, day)
    inside, changes = _inside(home, school, day)
    needing = {one.pupil for one in needs_of(known.all)}
    there = _there(pupils, inside)
    lines = watched(pupils, seen({*needing, *there}, there, changes), int(limit.low))
    return Watch(lines, int(limit.low), limit.clauses)


def _there(pupils: Sequence[Pupil], inside: set[str]) -> set[str]:
    return inside & {one.id for one in pupils}


def _inside(home: District, school: str, day: date) -> tuple[set[str], list[Followed]]:
    """Return who is in groups that meet or met at a school, and what changed for them."""
    inside: set[str] = set()
    changes: list[Followed] = []
    for row in Grouping.objects.filter(school=school).exclude(used=None).exclude(finished=None):
        found = result(row)
        inside |= {one for group in found.groups for one in group.pupils}
        changes += helped(home, row, found, day)
    return inside, changes
