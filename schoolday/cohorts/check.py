"""Check cohorts by counting them anew, without a line of the code that made them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from schoolday.cohorts.assign import Apart, Assigned
from schoolday.cohorts.choice import Choice, Program
from schoolday.cohorts.pattern import Cohorts
from schoolday.cohorts.problem import Seats
from schoolday.ground.finding import Finding, Status
from schoolday.roster import Roster

LARGEST = 200_000
"""The most states that a proof is worked out again for; a larger one is unverified here."""
UNEVEN = 0.25
"""The share by which the halves of a grade of a school may differ before it is worth saying."""
FEW = 12
"""Pupils of a grade at a school under which its halves are not compared."""


def check(
    roster: Roster, choices: Mapping[str, Choice], seats: Seats, assigned: Assigned, *, day: date
) -> list[Finding]:
    """Return what is wrong with the cohorts of a district, and what is worth knowing.

    Parameters
    ----------
    roster, seats
        The district, and how many pupils each class can hold at once.
    choices
        The choice that stands for each pupil; a pupil left out chose nothing.
    assigned
        What is checked.
    day
        The date whose enrollments count.

    Returns
    -------
    list of Finding
        Broken: a class fuller than its seats on some weekday, a pupil in no cohort, somebody at school who
        chose to stay at home, somebody at home who chose to come and was not refused, siblings or a service
        group parted without a proof that holds. Advice: grades whose halves differ much.
    """
    enrolled = roster.enrolled(day)
    return [
        *crowded(roster, seats, assigned.cohorts, enrolled),
        *_chosen(roster, choices, assigned, enrolled),
        *_parted(roster, seats, assigned, enrolled),
        *_uneven(roster, assigned),
    ]


def crowded(
    roster: Roster, seats: Seats, cohorts: Cohorts, enrolled: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """Yield each class that holds more pupils than seats on some weekday."""
    days, of = cohorts.pattern.days, cohorts.of
    for section, pupils in enrolled.items():
        there = Counter(weekday for pupil in pupils for weekday in days.get(of.get(pupil, ""), ()))
        most = max(there.values(), default=0)
        room = seats.of.get(section, 0)
        if most > room:
            title = roster.sections[section].title
            said = f"{title} ({section}) has {most} pupils at school on one day and {room} seats"
            yield Finding(
                "cohorts.seats", said, where=(roster.sections[section].school, section), value=most,
                limit=room, unit="pupils", mend="correct the seats, or who comes on which days",
            )  # fmt: skip


def _chosen(
    roster: Roster,
    choices: Mapping[str, Choice],
    assigned: Assigned,
    enrolled: Mapping[str, Sequence[str]],
) -> Iterator[Finding]:
    """Yield each pupil whose cohort is not what was chosen, unless it was refused."""
    refused = {one.pupil for one in assigned.refused}
    sitting = {pupil for pupils in enrolled.values() for pupil in pupils}
    for pupil in roster.pupils.values():
        cohort = assigned.cohorts.of.get(pupil.id)
        if pupil.id not in sitting:
            continue
        where = (pupil.school, pupil.id)
        if cohort is None:
            yield Finding("cohorts.none", f"pupil {pupil.id} is in no cohort", where=where)
            continue
        comes = bool(assigned.cohorts.pattern.days[cohort])
        chosen = choices.get(pupil.id)
        if chosen and comes and chosen.program is Program.DISTANCE:
            said = f"pupil {pupil.id} is to come to school, and the family chose to stay at home"
            yield Finding("cohorts.choice", said, where=where)
        if chosen and not comes and chosen.program is Program.ON_SITE and pupil.id not in refused:
            said = f"pupil {pupil.id} stays at home, chose to come, and nothing says why"
            yield Finding("cohorts.choice", said, where=where)


def _bonds(roster: Roster) -> Iterator[tuple[str, tuple[str, ...]]]:
    for house in roster.households.values():
        yield f"household:{house.id}", house.pupils
    groups: dict[str, set[str]] = defaultdict(set)
    for service in roster.services.values():
        if service.group and service.place != "home":
            groups[service.group].add(service.pupil)
    for name, pupils in groups.items():
        yield f"service:{name}", tuple(sorted(pupils))


def _parted(
    roster: Roster, seats: Seats, assigned: Assigned, enrolled: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """Yield whoever should share a half and does not, unless a proof is there and holds."""
    proofs = {one.bond: one for one in assigned.apart}
    for name, pupils in _bonds(roster):
        halves = {assigned.cohorts.of.get(pupil) for pupil in pupils} & {"A", "B"}
        if len(halves) < 2:
            continue
        where = (name, *pupils)
        if name not in proofs:
            said = f"{name} has children in both halves, and nothing proves that it must be so"
            yield Finding("cohorts.apart", said, where=where)
            continue
        holds = _proof_holds(roster, seats, assigned, enrolled, proofs[name])
        classes = ", ".join(proofs[name].classes)
        if holds is None:
            said = f"{name} is in both halves for {classes}; too many ways to count again here"
            yield Finding("cohorts.proof", said, Status.UNVERIFIED, where)
        elif not holds:
            said = f"{name} is in both halves for {classes}, and those classes would seat it together"
            yield Finding("cohorts.apart", said, where=where)
        else:
            said = f"{name} is in both halves: {classes} cannot seat everybody's siblings together"
            yield Finding("cohorts.apart", said, Status.ADVICE, where)


def _proof_holds(
    roster: Roster,
    seats: Seats,
    assigned: Assigned,
    enrolled: Mapping[str, Sequence[str]],
    proof: Apart,
) -> bool | None:
    """Return whether no halving of some classes keeps everybody together; None if it is too much to count."""
    of = assigned.cohorts.of
    sitting: dict[str, list[int]] = defaultdict(list)
    room = []
    for place, name in enumerate(proof.classes):
        cohorts = [of.get(pupil) for pupil in enrolled.get(name, ())]
        room.append(seats.of.get(name, 0) - cohorts.count("S"))
        for pupil, cohort in zip(enrolled.get(name, ()), cohorts, strict=True):
            if cohort in ("A", "B"):
                sitting[pupil].append(place)
    others = {one.bond for one in assigned.apart} - {proof.bond}
    reached = _reached(_loads(roster, sitting, len(room), others), room)
    if reached is None:
        return None
    total = [sum(place in mine for mine in sitting.values()) for place in range(len(room))]
    return not any(
        all(everybody - half <= most for everybody, half, most in zip(total, one, room, strict=True))
        for one in reached
    )


def _reached(groups: Iterable[tuple[int, ...]], room: Sequence[int]) -> set[tuple[int, ...]] | None:
    """Return every way in which one half can fill some classes; None where there are too many."""
    reached = {(0,) * len(room)}
    for loads in groups:
        more = {tuple(a + b for a, b in zip(one, loads, strict=True)) for one in reached}
        reached |= {one for one in more if all(a <= most for a, most in zip(one, room, strict=True))}
        if len(reached) > LARGEST:
            return None
    return reached


def _loads(
    roster: Roster, sitting: Mapping[str, Sequence[int]], size: int, parted: Iterable[str]
) -> Iterator[tuple[int, ...]]:
    """Yield how much each group that stays together weighs on each of some classes."""
    top: dict[str, str] = {}
    free = set(parted)
    joined: list[set[str]] = []
    for name, pupils in _bonds(roster):
        if name in free:
            continue
        mine = set(pupils)
        touching = [one for one in joined if one & mine] if name.startswith("service:") else []
        for one in touching:
            joined.remove(one)
            mine |= one
        joined.append(mine)
    for group in joined:
        top |= dict.fromkeys(group, min(group))
    groups: dict[str, list[int]] = defaultdict(lambda: [0] * size)
    for pupil, places in sitting.items():
        for place in places:
            groups[top.get(pupil, pupil)][place] += 1
    yield from (tuple(one) for one in groups.values())


def _uneven(roster: Roster, assigned: Assigned) -> Iterator[Finding]:
    """Yield, as advice, each grade of a school whose halves differ much."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for pupil in roster.pupils.values():
        cohort = assigned.cohorts.of.get(pupil.id)
        if cohort in ("A", "B"):
            found[pupil.school, pupil.grade][cohort] += 1
    for (school, grade), halves in found.items():
        both, less = halves.total(), min(halves["A"], halves["B"])
        if both >= FEW and both - 2 * less > UNEVEN * both:
            said = f"grade {grade} of school {school} has {halves['A']} pupils in A and {halves['B']} in B"
            yield Finding("cohorts.uneven", said, Status.ADVICE, (school, f"grade {grade}"))
