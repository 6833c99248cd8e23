"""The cohorts that were asked for in the district in scope, how far they are, what families were told."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import QuerySet

from schoolday.cohorts.assign import Assigned
from schooldesk.cohorts.making import codec
from schooldesk.cohorts.making.result import Result
from schooldesk.cohorts.models import Making, Publication, Round
from schooldesk.roster.models import Pupil


def makings(of: Round) -> list[Making]:
    """Return what was asked for of a round, the newest first."""
    return list(_rows().filter(round=of).order_by("-pk"))


def one(number: int) -> Making | None:
    """Return one of them, or None."""
    found: Making | None = _rows().filter(pk=number).first()
    return found


def waiting() -> list[Making]:
    """Return what is still to be made, the first asked first; in the scope of every district."""
    return list(_rows().filter(finished=None, failed="").order_by("pk"))


def is_open(row: Making) -> bool:
    """Whether it is waiting for, or in, the hands of a worker."""
    return row.finished is None and not row.failed


def stands(row: Making) -> bool:
    """Whether it is of the roster that stands."""
    return bool(row.roster == row.district.roster_id)


def made(row: Making) -> Assigned | None:
    """Return the cohorts that an earlier run has made already, or None."""
    body = Making.objects.values_list("made", flat=True).get(pk=row.pk)
    return codec.unpack(Assigned, body) if body else None


def result(row: Making) -> Result:
    """Return what came of it; only where it is finished."""
    return _result(row.pk)


@lru_cache(maxsize=2)
def _result(number: int) -> Result:
    """Unpack a result; kept, since a district's takes a while and what is finished never changes."""
    return codec.unpack(Result, Making.objects.values_list("body", flat=True).get(pk=number))


def forget() -> None:
    """Drop what is kept in memory; only tests, which roll their rows back, need it."""
    _result.cache_clear()


def standing() -> Publication | None:
    """Return what families are told now, or None."""
    found = Publication.objects.filter(withdrawn=None).defer("making__made", "making__body")
    found = found.select_related("making__district", "making__round", "phases")
    row: Publication | None = found.order_by("-pk").first()
    return row


def before(row: Publication) -> Publication | None:
    """Return what families would be told again if a publication were taken back, or None."""
    found = Publication.objects.filter(withdrawn=None, pk__lt=row.pk)
    earlier: Publication | None = found.order_by("-pk").first()
    return earlier


def names(district_roster: int | None, pupils: set[str]) -> dict[str, tuple[str, str]]:
    """Return the name and the school of some pupils, as far as the roster has them."""
    wanted, found = sorted(pupils), dict[str, tuple[str, str]]()
    # In portions that every database takes as arguments.
    for start in range(0, len(wanted), 500):
        rows = Pupil.objects.filter(version=district_roster, sourced__in=wanted[start : start + 500])
        for pupil, given, family, school in rows.values_list("sourced", "given", "family", "school"):
            found[pupil] = (f"{given} {family}", school)
    return found


def _rows() -> QuerySet[Making]:
    rows: QuerySet[Making] = Making.objects.select_related("district", "round", "seats")
    return rows.defer("made", "body", "seats__text")
