"""Enter facts from outside, correct them and undo it: always by rows that are added, with the event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import yaml
from django.db import IntegrityError, transaction

from schoolday.files.rulebooks import parse
from schoolday.ground.errors import SchooldayError
from schoolday.rules import Rule
from schooldesk import clock, scope
from schooldesk.conditions.facts import Draft, draft_of
from schooldesk.conditions.models import Entry, Fact, How, Otherwise, Year
from schooldesk.people.writes import record
from schooldesk.roster.models import District
from schooldesk.roster.writes import in_turn
from schooldesk.rules.reads import rulebook

MEANWHILE = "somebody changed one of these rows meanwhile; look at the list again, and then do it anew"
TWICE = "another row says this of the same place and days already; correct or undo that one"
MOST_YEARS = 60
"""Years kept of a district; the oldest goes when another comes."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an entry did: its number, how many facts are new, correct one, or stood already."""

    number: int | None
    new: int
    corrected: int
    there: int


def enter(home: District, drafts: Iterable[Draft], who: str, how: str = How.ENTERED) -> Done:
    """Keep facts; one that stands already is left out, and one with the same key corrects the standing one.

    Raises
    ------
    SchooldayError
        If somebody else corrected one of the same rows meanwhile.
    """
    with _whole(home):
        # A withdrawn row is gone on from only where no other row with its key stands.
        standing = {draft_of(row).key: row for row in sorted(heads(), key=lambda row: not row.withdrawn)}
        fresh, there = [], 0
        for one in drafts:
            row = standing.get(one.key)
            if row is not None and not row.withdrawn and draft_of(row) == one:
                there += 1
            else:
                fresh.append((one, row))
        number = _keep(home, who, how, fresh) if fresh else None
    corrected = sum(row is not None and not row.withdrawn for _, row in fresh)
    return Done(number, len(fresh) - corrected, corrected, there)


def correct(home: District, number: int, draft: Draft, who: str) -> Done:
    """Keep a fact in the place of another, which stays visible; the same again changes nothing.

    Raises
    ------
    SchooldayError
        If the row does not stand any more, or its new key is another row's.
    """
    with _whole(home):
        standing = list(heads())
        row = next((one for one in standing if one.pk == number and not one.withdrawn), None)
        if row is None:
            raise SchooldayError(MEANWHILE)
        if draft_of(row) == draft:
            return Done(None, 0, 0, 1)
        if any(draft_of(one).key == draft.key for one in standing if one.pk != number and not one.withdrawn):
            raise SchooldayError(TWICE)
        return Done(_keep(home, who, How.CORRECTED, [(draft, row)]), 0, 1, 0)


def undo(home: District, number: int, who: str) -> Entry:
    """Undo an entry whole by rows that say what stood before; an undo can be undone too.

    Raises
    ------
    SchooldayError
        If a later entry has replaced one of its rows: that one has to be undone first.
    """
    with _whole(home):
        entry = Entry.objects.filter(pk=number).first()
        if entry is None:
            raise LookupError(number)
        rows = list(entry.facts.select_related("replaces"))
        if Fact.objects.filter(replaces__in=[row.pk for row in rows]).exists():
            raise SchooldayError("a later entry changed one of these rows; undo that one first")
        made = _entry(home, who, How.UNDONE, entry)
        for row in rows:
            _back(made, row)
        keys = [draft_of(row).key for row in heads() if not row.withdrawn]
        if len(keys) > len(set(keys)):
            raise SchooldayError(TWICE)
        record(home.pk, who, "conditions.undone", entry=made.pk, undoes=entry.pk, rows=len(rows))
    return made


def _back(entry: Entry, row: Fact) -> None:
    """Add the row that puts back what stood before a row; nothing stood before a first one."""
    before: Fact | None = row.replaces
    values = draft_of(before or row).values
    withdrawn = True if before is None else before.withdrawn
    Fact(district_id=entry.district_id, entry=entry, replaces=row, withdrawn=withdrawn, **values).save()


def heads() -> Iterable[Fact]:
    """Return the rows of the district in scope that nothing replaces, withdrawn ones among them."""
    found: Iterable[Fact] = Fact.objects.filter(replaced__isnull=True).order_by("pk")
    return found


def _keep(home: District, who: str, how: str, fresh: list[tuple[Draft, Fact | None]]) -> int:
    entry = _entry(home, who, how)
    Fact.objects.bulk_create(
        [Fact(district_id=home.pk, entry=entry, replaces=row, **one.values) for one, row in fresh],
        batch_size=500,
    )
    record(home.pk, who, f"conditions.{How(how).value}", entry=entry.pk, rows=len(fresh))
    return int(entry.pk)


def _entry(home: District, who: str, how: str, undoes: Entry | None = None) -> Entry:
    entry = Entry(district_id=home.pk, how=how, who=who, at=clock.now(), undoes=undoes)
    entry.save()
    return entry


@contextmanager
def _whole(home: District) -> Iterator[None]:
    """Do all of it or nothing, one writer of a district at a time; say in words what came between."""
    try:
        with scope.district(home.pk), transaction.atomic():
            in_turn(home.pk)
            yield
    except IntegrityError:
        raise SchooldayError(MEANWHILE) from None


def lay_over(home: District, text: str, name: str, who: str) -> Otherwise:
    """Keep a book of rules that a year can be run by beside the rules that stand.

    Raises
    ------
    SchooldayError
        If it is no book of rules, with the line.
    """
    rules = parse(text, name)
    _alike(rules)
    title = str(yaml.safe_load(text).get("title", name))
    with scope.district(home.pk), transaction.atomic():
        row = Otherwise(district_id=home.pk, title=title[:200], text=text, who=who, at=clock.now())
        row.save()
        record(home.pk, who, "conditions.rules_laid_over", book=row.pk, rules=len(rules))
    return row


def _alike(rules: Iterable[Rule]) -> None:
    """Refuse a rule of another kind than the one that it would stand in for: the ladder could not ask it."""
    standing = {rule.id: rule for rule in rulebook().rules}
    for rule in rules:
        there = standing.get(rule.id)
        if there is not None and (there.kind, there.measure) != (rule.kind, rule.measure):
            raise SchooldayError(
                f"{rule.id} is a {there.kind.value} of {there.measure or 'no one measure'} among the rules; "
                "a book laid over them keeps its kind and its measure"
            )


def take_away(home: District, number: int, who: str, *, back: bool = False) -> None:
    """Take a book out of the choice of a year's rules, or put it back."""
    with scope.district(home.pk), transaction.atomic():
        if not Otherwise.objects.filter(pk=number).update(removed=None if back else clock.now()):
            raise LookupError(number)
        record(
            home.pk, who, "conditions.rules_put_back" if back else "conditions.rules_taken_away", book=number
        )


def keep_year(home: District, mark: str, body: bytes) -> None:
    """Keep a year that was worked out, and let the oldest go where there are too many."""
    with scope.district(home.pk), transaction.atomic():
        Year.objects.update_or_create(
            district_id=home.pk, mark=mark, defaults={"at": clock.now(), "body": body}
        )
        old = Year.objects.order_by("-at", "-pk").values_list("pk", flat=True)[MOST_YEARS:]
        Year.objects.filter(pk__in=list(old)).delete()
