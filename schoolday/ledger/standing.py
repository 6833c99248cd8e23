"""Which entries stand: those that no other corrects; and what is wrong with how they correct each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from schoolday.ground.finding import Finding
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.codes import faults as own_faults
from schoolday.ledger.entry import Entry


@dataclass(frozen=True)
class Taken:
    """What came of entries that were sent: the new ones, those that were there, and what is wrong.

    With any finding nothing is to be stored.
    """

    new: tuple[Entry, ...]
    again: tuple[Entry, ...]
    findings: tuple[Finding, ...]


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that stand, in their order: not corrected, and no withdrawals.

    A correction of a stranger (another pupil's or school's entry) corrects nothing and does not stand itself.
    Where two correct one entry, the one entered last stands; of a circle of corrections none does. `faults`
    names each of them, and no week is certified while there is any.
    """
    known = {entry.id: entry for entry in entries}
    gone = {entry.corrects for entry in known.values() if not _is_stranger(entry, known)}
    gone |= {entry.id for entry in known.values() if _is_stranger(entry, known)}
    for rivals in _rivals(known):
        gone |= {entry.id for entry in rivals[:-1]}
    return tuple(entry for entry in known.values() if entry.id not in gone and entry.code != WITHDRAWN)


def chains(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Return entries with what corrects them, each from the one entered first to the one that counts now.

    A chain that ends in a withdrawal is one too. Where two correct one entry, the one entered last goes on.
    """
    known = {entry.id: entry for entry in entries}
    last = {one.corrects: one for one in sorted(known.values(), key=lambda one: (one.at, one.id))}
    found = []
    for entry in known.values():
        if entry.corrects not in known:
            chain = [entry]
            while (after := last.get(chain[-1].id)) is not None and after not in chain:
                chain.append(after)
            found.append(tuple(chain))
    return tuple(found)


def faults(entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """Return what is wrong with entries: each by itself, and how they correct each other."""
    listed = list(entries)
    known: dict[str, Entry] = {}
    found: list[Finding] = []
    for entry in listed:
        if known.setdefault(entry.id, entry) != entry:
            found.append(_differs(entry, known[entry.id]))
        found.extend(own_faults(entry))
    found.extend(_misdirected(known))
    found.extend(_circles(known))
    for rivals in _rivals(known):
        ids = " and ".join(entry.id for entry in rivals)
        said = f"{ids} each correct entry {rivals[0].corrects}; the one entered last counts."
        mend = "correct the one that is wrong by naming it, or withdraw it"
        found.append(_fault("ledger.corrected_twice", rivals[-1], said, mend))
    return tuple(found)


def take(stored: Collection[Entry], sent: Iterable[Entry]) -> Taken:
    """Return what sending some entries comes to: an id sent again with the same content is nothing new."""
    known = {entry.id: entry for entry in stored}
    new: dict[str, Entry] = {}
    again: list[Entry] = []
    for entry in sent:
        if entry.id in known or new.get(entry.id) == entry:
            again.append(entry)
        else:
            new.setdefault(entry.id, entry)
            if new[entry.id] != entry:
                again.append(entry)
    # A fault that was stored before is told with the week; it is no fault of what is sent now.
    before = set(faults(known.values()))
    after = faults([*known.values(), *again, *new.values()])
    return Taken(tuple(new.values()), tuple(again), tuple(one for one in after if one not in before))


def _is_stranger(entry: Entry, known: Mapping[str, Entry]) -> bool:
    other = known.get(entry.corrects)
    return other is not None and (other.pupil, other.school) != (entry.pupil, entry.school)


def _rivals(known: Mapping[str, Entry]) -> Iterator[list[Entry]]:
    """Yield the entries that correct one and the same entry, the one entered last at the end."""
    of = defaultdict(list)
    for entry in known.values():
        if entry.corrects in known and not _is_stranger(entry, known):
            of[entry.corrects].append(entry)
    for rivals in of.values():
        if len(rivals) > 1:
            yield sorted(rivals, key=lambda entry: (entry.at, entry.id))


def _misdirected(known: Mapping[str, Entry]) -> Iterator[Finding]:
    for entry in known.values():
        if entry.corrects and entry.corrects not in known:
            said = f"Entry {entry.id} corrects {entry.corrects}, which nobody entered."
            yield _fault("ledger.corrects_nothing", entry, said, "name an entry that is there, or none")
        elif _is_stranger(entry, known):
            other = known[entry.corrects]
            said = f"Entry {entry.id} of pupil {entry.pupil} corrects {other.id}, which is of {other.pupil}"
            said += "." if entry.school == other.school else " at another school."
            mend = "withdraw the entry of the other pupil, and enter this one anew"
            yield _fault("ledger.stranger", entry, said, mend)


def _circles(known: Mapping[str, Entry]) -> Iterator[Finding]:
    seen: set[str] = set()
    for start in known:
        path: dict[str, None] = {}
        here = start
        while here in known and here not in seen and here not in path:
            path[here] = None
            here = known[here].corrects
        if here in path:
            ids = list(path)[list(path).index(here) :]
            said = f"{', '.join(ids)} correct each other in a circle, so none of them stands."
            yield _fault("ledger.circle", known[here], said, "enter what happened anew")
        seen.update(path)


def _differs(entry: Entry, other: Entry) -> Finding:
    said = f"Entry {entry.id} was entered before by {other.by} with another content; it is not changed."
    mend = "enter a correction with an id of its own that names it"
    return _fault("ledger.same_id", entry, said, mend)


def _fault(code: str, entry: Entry, said: str, mend: str) -> Finding:
    where = (f"pupil {entry.pupil}", entry.day.isoformat(), f"entry {entry.id}")
    return Finding(code, said, where=where, mend=mend)
