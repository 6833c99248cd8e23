"""The record of two weeks: taken, given, followed up, signed, sealed, examined, measured, in that order."""

from __future__ import annotations

from collections.abc import Iterator

from schoolday.roster import Roster
from schooldesk import scope
from schooldesk.demo import care, learning, ledger
from schooldesk.demo.ledger import Stage
from schooldesk.demo.people import a_family, a_teacher
from schooldesk.roster import reads


def lay(roster: Roster) -> Iterator[str]:
    """Lay all of it; yield what was done, in lines."""
    with scope.district(roster.district):
        stage = stage_of(roster)
        entries = ledger.lay(stage)
        served = care.lay_services(stage)
        care.sign(stage)
        followed = care.lay_absences(stage)
        where = roster.schools[stage.school].name
        yield f"{entries:,} made-up entries of classes and {served:,} of services, most at {where}"
        yield f"{followed:,} made-up absences, notices and calls at all schools"
        yield f"{ledger.seal(stage)} teachers' weeks of {ledger.SEALED} are certified and sealed"
        rows = learning.lay(stage)
        learning.group(stage)
        yield f"{rows:,} made-up marks, exams, results and recordings, and one teacher's small groups"
        learning.measure(stage)


def stage_of(roster: Roster) -> Stage:
    """Return where to lay: the teacher's school whole, and the family's own classes at other schools."""
    home = reads.district(roster.district)
    assert home is not None
    family = a_family(roster)
    teacher = a_teacher(roster, family)
    school = roster.staff[teacher].schools[0]
    elsewhere: dict[str, set[str]] = {}
    for pupil in roster.households[family].pupils:
        for row in roster.enrollments_of.get(pupil, ()):
            elsewhere.setdefault(roster.sections[row.section].school, set()).add(row.section)
    elsewhere.pop(school, None)
    return Stage(home, roster, school, teacher, elsewhere)
