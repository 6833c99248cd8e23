"""Exams, recordings, one teacher's small groups at the whole school; the measures of the sealed week."""

from __future__ import annotations

from datetime import date, timedelta

from schoolday.ground.errors import SchooldayError
from schoolday.sample.learned import learned
from schooldesk import clock
from schooldesk.demo.dates import DEMONSTRATION, SEED, TODAY, moment
from schooldesk.demo.ledger import Stage
from schooldesk.learning import reads as learning
from schooldesk.learning import writes
from schooldesk.learning.groups import reads as groups
from schooldesk.learning.groups import work
from schooldesk.learning.groups import writes as grouping
from schooldesk.measures import renewing
from schooldesk.measures.models import Measured
from schooldesk.roster import reads

EXAM, QUIZ = date(2020, 9, 18), timedelta(days=8)
"""The district's exam, and how long before it the quizzes were."""
MEET = date(2020, 10, 16)
"""Until when the small groups meet."""
LENGTH, LOAD = 20, 5
"""Minutes of a small group's meeting, and groups of a teacher."""


def lay(stage: Stage) -> int:
    """Keep made-up essentials, exams, results, recordings and consents as one entry; return how many rows."""
    there = reads.of_schools(stage.home, [stage.school])
    made = learned(there, learning.framework(), EXAM, SEED, quiz=QUIZ)
    rows = [*made.essentials, *made.exams.values(), *made.scores, *made.recordings, *made.consents]
    with clock.at(moment(EXAM, 17, stage.zone)):
        writes.keep(stage.home, DEMONSTRATION, rows, what="files", files=True)
    return len(rows)


def group(stage: Stage) -> None:
    """Ask for small groups of the teacher who signs in, have them made, and say that they meet."""
    with clock.at(moment(TODAY, 8, stage.zone)):
        asked = grouping.Asked(stage.school, stage.teacher, TODAY, MEET, LENGTH, LOAD, "")
        row = grouping.ask(stage.home, asked, DEMONSTRATION)
        work.make(row)
        made = groups.one(row.pk)
        if made is None or made.failed:
            raise SchooldayError(made.failed if made else "the small groups are not there")
        grouping.use(made, DEMONSTRATION)


def measure(stage: Stage) -> Measured | None:
    """Measure the sealed week as the nightly job does."""
    with clock.at(moment(TODAY, 2, stage.zone)):
        found = renewing.renew(stage.home.pk, DEMONSTRATION)
    return found.row if found else None
