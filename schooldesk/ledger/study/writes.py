"""Choose a work sample, replace it, take it back; say what the district's ratio is, and take that back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from schoolday.ledger import samples as core
from schoolday.ledger.entry import Entry
from schoolday.ledger.standing import standing
from schooldesk import clock
from schooldesk.ledger.study import models as tables
from schooldesk.ledger.study import reads, samples
from schooldesk.ledger.writes import By
from schooldesk.pages import Wrong
from schooldesk.people.writes import record
from schooldesk.roster.models import District
from schooldesk.roster.writes import in_turn


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


AGAIN = _("This was sent before with another content; open the page again.")


def choose(by: By, home: District, pupil: str, name: str, entry: str, subject: str) -> bool:
    """Choose recorded work as a sample; it stands in place of the one of its subject and period.

    Other work that represents the schedule stands beside what was chosen. Returns whether it was new: the
    same choice sent again is made once.

    Raises
    ------
    Wrong
        If the work is not there or is a sample already, or the name was used for something else.
    """
    with transaction.atomic():
        in_turn(by.district)
        if _again(name, pupil=pupil, entry=entry, subject=subject):
            return False
        made, entries = samples.rows_of(home, pupil), reads.entries_of(home, pupil)
        work = next((one for one in standing(entries) if one.id == entry and core.is_work(one)), None)
        kept = core.kept(entries, made)
        if work is None:
            raise Wrong("entry", _("That work is not on the record any more; choose another."))
        if any(one.entry.id == entry for one in kept):
            raise Wrong("entry", _("That work is a sample already."))
        before = _before(home, kept, work, subject)
        _add(by, pupil, name, entry, subject, before)
    return True


def _before(home: District, kept: tuple[core.Kept, ...], work: Entry, subject: str) -> str:
    """Return the choice that a new one takes the place of: that of its subject in its period."""
    part = samples.part_of(home, work.day)
    if part is None:
        raise Wrong("entry", _("That work lies outside the school year."))
    same = (
        one.sample.id
        for one in kept
        if one.sample and one.subject == subject != core.OTHER and part[0] <= one.entry.day <= part[1]
    )
    return next(same, "")


def take_back(by: By, home: District, pupil: str, name: str, sample: str) -> bool:
    """Take a choice back; whether it stood. Taking it back twice is once."""
    with transaction.atomic():
        in_turn(by.district)
        there = {one.id: one for one in core.chosen(samples.rows_of(home, pupil))}
        if sample not in there or tables.Sample.objects.filter(name=name).exists():
            return False
        _add(by, pupil, name, "", there[sample].subject, sample)
    return True


def _again(name: str, **same: str) -> bool:
    row = tables.Sample.objects.filter(name=name).first()
    if row is not None and any(getattr(row, key) != value for key, value in same.items()):
        raise Wrong("once", AGAIN)
    return row is not None


def _add(by: By, pupil: str, name: str, entry: str, subject: str, replaces: str) -> None:
    tables.Sample(
        district_id=by.district, name=name, pupil=pupil, entry=entry, subject=subject, replaces=replaces,
        by=by.id, who=by.who, made=clock.now(),
    ).save()  # fmt: skip
    what = "ledger.sample" if entry else "ledger.sample.back"
    record(by.district, by.who, what, pupil=pupil, entry=entry, subject=subject, replaces=replaces)


def state(by: By, name: str, body: Mapping[str, Any]) -> bool:
    """Keep what the district says of its ratio; whether it was new."""
    with transaction.atomic():
        in_turn(by.district)
        row = tables.Ratio.objects.filter(name=name).first()
        if row is not None:
            if row.body != body:
                raise Wrong("once", AGAIN)
            return False
        _state(by, name, body, back=False)
    return True


def state_back(by: By, name: str) -> bool:
    """Let what was said before count again; whether there was anything. Sent again it changes nothing."""
    with transaction.atomic():
        in_turn(by.district)
        last = list(tables.Ratio.objects.order_by("-pk")[:2])
        if not last or tables.Ratio.objects.filter(name=name).exists():
            return False
        _state(by, name, last[1].body if len(last) > 1 else {}, back=True)
    return True


def _state(by: By, name: str, body: Mapping[str, Any], *, back: bool) -> None:
    tables.Ratio(
        district_id=by.district, name=name, body=dict(body), who=by.who, made=clock.now(), back=back
    ).save()
    record(by.district, by.who, "ledger.ratio.back" if back else "ledger.ratio", **body)
