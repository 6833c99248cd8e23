"""Take a recording down, and put it back."""

from __future__ import annotations

from django.db import transaction

from schooldesk import clock
from schooldesk.learning import models
from schooldesk.people.writes import record


def take_down(row: models.Recording, who: str, *, back: bool = False) -> None:
    """Take a recording down, so that nobody is shown it, or put it back; saying it twice is once."""
    there = models.Recording.objects.filter(pk=row.pk)
    with transaction.atomic():
        changed = (
            there.exclude(down=None).update(down=None)
            if back
            else there.filter(down=None).update(down=clock.now())
        )
        if changed:
            what = "learning.recording_back" if back else "learning.recording_down"
            record(row.district_id, who, what, recording=row.pk)
