"""Keep an edition of a table beside the older ones, with the event that says so."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from schoolday.bargaining.record import Table
from schooldesk import clock, scope
from schooldesk.bargaining.models import TableVersion
from schooldesk.bargaining.record import reads
from schooldesk.people.writes import record


def keep(district: str, table: Table, files: Mapping[str, str], who: str) -> TableVersion | None:
    """Keep a table's files as its newest edition; None where the edition that stands is the same."""
    with scope.district(district), transaction.atomic():
        stands = reads.edition(table.id)
        if stands is not None and reads.files(stands) == tuple(sorted(files.items())):
            return None
        made = TableVersion(
            district_id=district,
            table=table.id,
            title=table.title,
            made=clock.now(),
            who=who,
            files=dict(files),
        )
        made.save()
        record(district, who, "table.loaded", table=table.id, edition=made.pk)
    return made
