"""Results on the record: who has one was assessed on its day, in the words that the record's form writes.

What stands on the record of one exam, pupil and day is made to say what stands of it under Learning; so
entering, correcting, undoing and putting back come to the same, and doing any of it twice enters nothing
twice. What somebody said on the record by hand, without a result, is left as they said it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.apps import apps

from schoolday.ground.ids import stable_id
from schoolday.learning.exams import Exam, Score
from schoolday.learning.points import is_points, says_not, taken
from schoolday.ledger.assessed import Assessed, of_detail, plain
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.standing import chains
from schooldesk import clock
from schooldesk.learning import models, reads
from schooldesk.learning.exams.days import falls
from schooldesk.people.models import Staff
from schooldesk.roster.models import District

if TYPE_CHECKING:
    from schooldesk.ledger.writes import By

ORIGIN = "learning"
"""The origin of entries that were made of results."""
LEDGER = "schooldesk.ledger"
UNDO = "undo-"
"""What the name of a step of the record begins with that takes another back."""
_OURS = UUID("0b9a3f52-9d0c-5c58-8a52-3f6d1f1f7c21")
Chain = tuple[Entry, ...]
Key = tuple[str, str, date]
"""An exam, a pupil and a day."""


@dataclass(frozen=True)
class Given:
    """An exam on a day in its class, at its school; `titles` are all that it was ever called by."""

    exam: Exam
    day: date
    school: str
    titles: frozenset[str]


def settle(staff: Staff, entry: models.Entry) -> None:
    """Have the record say of each result of an entry what stands of it now."""
    keys = _touched(entry)
    if not keys or not apps.is_installed(LEDGER):
        return
    from schooldesk.ledger import writes as ledger  # noqa: PLC0415 - the desk may be without a record

    by, classes = ledger.by(staff), _by_class(staff.district, keys)
    stands = _standing({exam for exam, _pupil, _day in keys})
    for given, pupils in classes:
        made = _entries(by, given, {one: stands.get((given.exam.id, one, given.day), []) for one in pupils})
        if made:
            ledger.enter(by, made, _step(entry, made, alone=len(classes) == 1))


def _touched(entry: models.Entry) -> set[Key]:
    """Return what an entry's results are of, what stands or stood in their place, and all of its exams."""
    rows = [reads.score(row) for row in models.Score.objects.filter(entry=entry)]
    pairs = {(one.exam, one.pupil) for one in rows}
    # An exam may have been given another name, or other points: then its entries have it, too.
    whole = set(models.Exam.objects.filter(entry=entry).values_list("code", flat=True))
    codes = {exam for exam, _pupil in pairs} | whole
    others = (*reads.scores(of=codes, but=entry.pk), *reads.scores(of=codes)) if codes else ()
    some = (one for one in others if (one.exam, one.pupil) in pairs or one.exam in whole)
    return {(one.exam, one.pupil, one.day) for one in (*rows, *some)}


def _standing(codes: set[str]) -> Mapping[Key, list[Score]]:
    found: dict[Key, list[Score]] = defaultdict(list)
    for one in reads.scores(of=codes):
        found[one.exam, one.pupil, one.day].append(one)
    return found


def _by_class(home: District, keys: Iterable[Key]) -> list[tuple[Given, list[str]]]:
    """Return the exams with their pupils by class and day, but for days on which none can have been taken."""
    some: dict[tuple[str, date], list[str]] = defaultdict(list)
    for code, pupil, day in sorted(keys):
        some[code, day].append(pupil)
    found = []
    for (code, day), pupils in some.items():
        given = _given(home, code, day)
        if given is not None and not falls(home, day):
            found.append((given, pupils))
    return found


def _given(home: District, code: str, day: date) -> Given | None:
    """Return the exam of a code that stands, else the last that did: its results are undone with it."""
    rows = models.Exam.objects.filter(code=code).select_related("entry")
    row = max(rows, key=lambda row: (row.entry.withdrawn is None, row.pk), default=None)
    section = reads.section(home, row.section) if row else None
    if row is None or section is None:
        return None
    return Given(reads.exam(row), day, section.school, frozenset(plain(one.title) for one in rows))


def _step(entry: models.Entry, made: Sequence[Entry], *, alone: bool) -> str:
    """Return the step's name: the form's own where it is of one class, so that both are undone together."""
    if entry.withdrawn is not None:
        return f"{UNDO}{stable_id(made[0].id, size=20)}"
    return entry.once if alone and entry.once else str(uuid5(_OURS, made[0].id))


def _entries(by: By, given: Given, of: Mapping[str, list[Score]]) -> list[Entry]:
    """Return the entries by which the record comes to say what stands of an exam's pupils on a day."""
    from schooldesk.ledger import reads as ledger  # noqa: PLC0415

    there = ledger.of_activities(by.zone, {given.exam.section}, given.day)
    some = chains(one for one in there if one.kind is EntryKind.ASSESSED)
    made = (_entry(by, given, _chain(by.district, given, pupil, some), pupil, of[pupil]) for pupil in of)
    return [one for one in made if one is not None]


def first_id(district: str, exam: str, pupil: str, day: date) -> str:
    """Return the id of the first entry that is made of an exam's result."""
    return str(uuid5(_OURS, f"{district}\x1f{exam}\x1f{pupil}\x1f{day}"))


def _chain(district: str, given: Given, pupil: str, some: Iterable[Chain]) -> Chain:
    """Return what the record has of a pupil's exam, corrections and all; nothing where it has none."""
    mine = [one for one in some if one[0].pupil == pupil]
    own = first_id(district, given.exam.id, pupil, given.day)
    found = [one for one in mine if one[0].id == own]
    found += [one for one in mine if one[0].origin != ORIGIN and title_of(one) in given.titles]
    return next((one for one in found if one[-1].code != WITHDRAWN), found[0] if found else ())


def title_of(chain: Chain) -> str:
    """Return which assessment a chain tells of; a withdrawal has no words of its own."""
    return _words(chain).title


def _words(chain: Chain) -> Assessed:
    return of_detail(next((one.detail for one in reversed(chain) if one.code != WITHDRAWN), ""))


def _entry(by: By, given: Given, chain: Chain, pupil: str, scores: Sequence[Score]) -> Entry | None:
    """Return the entry by which a chain comes to say what results say; None where it says so already."""
    wanted = _wanted(by, given, chain, pupil, scores)
    last = chain[-1] if chain else None
    if last is None or last.code == WITHDRAWN:
        return _named(by, wanted, last, given, pupil) if wanted else None
    if wanted is None:
        gone = replace(last, first=None, last=None, minutes=None, code=WITHDRAWN, detail="", origin=ORIGIN)
        return _named(by, gone, last, given, pupil)
    same = (wanted.code, wanted.detail) == (last.code, last.detail)
    return None if same else _named(by, wanted, last, given, pupil)


def _named(by: By, content: Entry, last: Entry | None, given: Given, pupil: str) -> Entry:
    name = str(uuid5(_OURS, f"{by.district}\x1f{last.id}")) if last else None
    own = first_id(by.district, given.exam.id, pupil, given.day)
    return replace(
        content, id=name or own, by=by.id, at=clock.now(), corrects=last.id if last else "",
        school=last.school if last else given.school,
    )  # fmt: skip


def _wanted(by: By, given: Given, chain: Chain, pupil: str, scores: Sequence[Score]) -> Entry | None:
    """Return what the record is to say, whatever its id; None where it is to say nothing."""
    took = taken(given.exam, scores)
    if took is None:
        return _by_hand(given.exam, chain, scores)
    words = [one for one in chain if one.code != WITHDRAWN]
    detail = Assessed(given.exam.title, took.result, _words(chain).giver).detail
    return Entry(
        "", EntryKind.ASSESSED, pupil, given.day, given.school, given.exam.section,
        words[-1].first if words else None, None, None, took.how, detail, by.id, clock.now(), "", ORIGIN,
    )  # fmt: skip


def _by_hand(exam: Exam, chain: Chain, scores: Sequence[Score]) -> Entry | None:
    """Return what somebody said on the record by hand and still holds without a result.

    An emptied result leaves that the pupil was assessed; one that was undone leaves what was said before it.
    """
    hand = next((one for one in reversed(chain) if one.origin != ORIGIN), None)
    if hand is None or hand.code == WITHDRAWN or says_not(scores):
        return None
    told = of_detail(hand.detail)
    if not is_points(told.result, exam):
        return hand
    return replace(hand, detail=replace(told, result="").detail) if scores else None
