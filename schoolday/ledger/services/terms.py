"""Terms: what an IEP promises of one service between two dates, and which terms stand in an emergency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from schoolday.roster import Roster, Service


class Per(StrEnum):
    """How often a service's times are counted."""

    WEEK = "week"
    MONTH = "school_month"


class Mode(StrEnum):
    """With whom the provider meets: the pupil alone, a group, or other adults on the pupil's behalf."""

    INDIVIDUAL = "individual"
    GROUP = "group"
    CONSULT = "consult"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is promised of one service from one date to another.

    Parameters
    ----------
    service, pupil, school, provider, kind
        The service's id; whose, at which school, by whom, and what it is called.
    minutes, times, per
        So many times a week or school month, so many minutes each.
    mode
        Alone, in a group, or a consult, which the pupil need not attend.
    first, last
        The first and last date, both included; None where open.
    emergency
        Whether they are the IEP's part on emergencies, which stands only while one lasts.
    group
        The name under which those served together meet; empty for one alone.
    """

    service: str
    pupil: str
    school: str
    provider: str
    kind: str
    minutes: int
    times: int
    per: Per = Per.WEEK
    mode: Mode = Mode.INDIVIDUAL
    first: date | None = None
    last: date | None = None
    emergency: bool = False
    group: str = ""

    def stands(self, day: date) -> bool:
        """Whether the minutes are owed on a date."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Stated:
    """One dated wording of a service as the IEP states it, where the roster's own row is too plain."""

    service: str
    minutes: int
    times: int
    per: Per
    mode: Mode
    first: date | None = None
    last: date | None = None
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """Dates on which a school's pupils are served by the emergency part, with the clause that says so."""

    school: str
    first: date
    last: date | None
    clause: str


def terms_of(roster: Roster, stated: Iterable[Stated] = ()) -> tuple[Terms, ...]:
    """Return the terms of every service: as stated where somebody stated them, as the roster says if not.

    Parameters
    ----------
    roster
        The services; those of a pupil who is not in it are left out.
    stated
        Dated wordings by service. A plain one takes the place of the roster's row; one for emergencies
        stands beside it.
    """
    given = list(stated)
    found: list[Terms] = []
    for service in roster.services.values():
        if service.pupil not in roster.pupils:
            continue
        plain = _plain(service, roster.pupils[service.pupil].school)
        mine = [one for one in given if one.service == service.id]
        found += [_worded(plain, one) for one in mine]
        if all(one.emergency for one in mine):
            found.append(plain)
    return tuple(found)


def _plain(service: Service, school: str) -> Terms:
    mode = Mode.GROUP if service.group else Mode.INDIVIDUAL
    return Terms(
        service.id, service.pupil, school, service.provider, service.kind, service.minutes, service.times,
        mode=mode, first=service.first, last=service.last, group=service.group,
    )  # fmt: skip


def _worded(plain: Terms, one: Stated) -> Terms:
    return replace(
        plain, minutes=one.minutes, times=one.times, per=one.per, mode=one.mode, first=one.first,
        last=one.last, emergency=one.emergency, group=plain.group if one.mode is Mode.GROUP else "",
    )  # fmt: skip


def in_force(terms: Iterable[Terms], ruled: Iterable[Ruled]) -> tuple[Terms, ...]:
    """Return the terms with their dates cut so that those for emergencies stand in emergencies alone.

    The plain terms of a service pause while its emergency part stands. A service whose IEP has no such
    part stays owed as it was.
    """
    everything, spans = list(terms), list(ruled)
    with_part = {one.service for one in everything if one.emergency}
    found: list[Terms] = []
    for one in everything:
        mine = list(_joined(span for span in spans if span.school == one.school))
        if one.emergency:
            found += [cut for span in mine if (cut := _within(one, span.first, span.last))]
        elif one.service in with_part:
            found += _outside(one, sorted(mine, key=lambda span: span.first))
        else:
            found.append(one)
    return tuple(found)


def _joined(spans: Iterable[Ruled]) -> Iterator[Ruled]:
    """Yield one school's dates without saying any twice: two emergencies at once owe one emergency part."""
    open_: Ruled | None = None
    for span in sorted(spans, key=lambda span: span.first):
        if open_ is not None and (open_.last is None or span.first <= open_.last):
            ends = (
                None
                if None in (open_.last, span.last)
                else max(open_.last or date.min, span.last or date.min)
            )
            open_ = replace(open_, last=ends)
            continue
        if open_ is not None:
            yield open_
        open_ = span
    if open_ is not None:
        yield open_


def _within(one: Terms, first: date, last: date | None) -> Terms | None:
    begins = max(first, one.first) if one.first else first
    ends = min((day for day in (last, one.last) if day), default=None)
    return None if ends is not None and ends < begins else replace(one, first=begins, last=ends)


def _outside(one: Terms, spans: Iterable[Ruled]) -> Iterator[Terms]:
    rest: Terms | None = one
    for span in spans:
        if rest is None:
            return
        before = _within(rest, rest.first or date.min, span.first - timedelta(days=1))
        if before is not None:
            yield replace(before, first=rest.first)
        rest = None if span.last is None else _within(rest, span.last + timedelta(days=1), rest.last)
    if rest is not None:
        yield rest
