"""Work samples: which recorded work somebody chose to be kept of a pupil, as the choices stand now.

A choice is never changed: another one replaces it by naming it, and one without an entry takes it back. What
was chosen follows its work: where the work's entry was corrected, the correction is the sample, and where the
work was withdrawn or turned out not to be handed in, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from schoolday.ledger.codes import KEPT, MISSING, WITHDRAWN
from schoolday.ledger.daily_study import Products
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.standing import standing

_KEPT = "kept_"
SUBJECTS = tuple(code.removeprefix(_KEPT) for code in KEPT)
"""The four subjects of which work is kept, and other work in their place that represents a schedule."""
OTHER = "other"
"""Work of no one of the four subjects."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One choice: which entry of work, as a sample of which subject, by whom and when.

    Parameters
    ----------
    id
        Its own name, so that sending it twice chooses once.
    entry
        The entry of the work; an empty string where the choice that it names is only taken back.
    subject
        One of `SUBJECTS`.
    by, at
        Who chose, and the moment, with its zone.
    replaces
        The choice in whose place it stands, or an empty string.
    """

    id: str
    entry: str
    subject: str
    by: str
    at: datetime
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A work sample as it stands: the entry of the work, its subject, and the choice.

    `sample` is None where the record itself says that the work is kept.
    """

    entry: Entry
    subject: str
    sample: Sample | None


def chosen(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """Return the choices that stand: neither replaced nor taken back."""
    known = list(samples)
    gone = {one.replaces for one in known if one.replaces}
    return tuple(one for one in known if one.entry and one.id not in gone)


def kept(entries: Iterable[Entry], samples: Iterable[Sample]) -> tuple[Kept, ...]:
    """Return the work samples of one pupil that stand, each work once.

    Parameters
    ----------
    entries
        The pupil's entries, corrected ones too, so that a choice can follow its work.
    samples
        The choices, in the order in which they were made.
    """
    listed = list(entries)
    works = {one.id: one for one in standing(listed) if is_work(one)}
    after = _after(listed)
    found: dict[str, Kept] = {
        one.id: Kept(one, one.code.removeprefix(_KEPT), None) for one in works.values() if one.code in KEPT
    }
    for sample in chosen(samples):
        work = works.get(_last(sample.entry, after))
        if work is not None:
            found[work.id] = Kept(work, sample.subject, sample)
    return tuple(sorted(found.values(), key=lambda one: (one.entry.day, one.entry.id)))


def lost(entries: Iterable[Entry], samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """Return the choices that stand and whose work no longer does."""
    there = {one.sample.id for one in kept(list(entries), list(samples)) if one.sample}
    return tuple(one for one in chosen(samples) if one.id not in there)


def as_entries(some: Iterable[Kept]) -> tuple[Entry, ...]:
    """Return work samples as entries whose code says of which subject they are kept."""
    return tuple(replace(one.entry, code=f"{_KEPT}{one.subject}") for one in some)


def is_work(entry: Entry) -> bool:
    """Whether an entry says that work was handed in, which can be a sample."""
    return entry.kind is EntryKind.WORK and entry.code not in (MISSING, WITHDRAWN)


def wanting(products: Products) -> tuple[int, tuple[str, ...]]:
    """Return how many samples a period still lacks, and the subjects of which it has none."""
    limit = products.verdict.clause.at_least if products.verdict.clause else None
    least = limit.for_(None) if limit else None
    number = max(0, int(least or 0) - (products.kept.value or 0))
    missing = [one for one in SUBJECTS if one != OTHER and one not in products.subjects]
    return number, tuple(missing if number else ())


def _after(entries: Sequence[Entry]) -> Mapping[str, str]:
    return dict(_named(entries))


def _named(entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    for one in sorted(entries, key=lambda one: (one.at, one.id)):
        if one.corrects:
            yield one.corrects, one.id


def _last(name: str, after: Mapping[str, str]) -> str:
    """Return the last correction of an entry; a circle of them ends where it began."""
    seen: set[str] = set()
    while name in after and name not in seen:
        seen.add(name)
        name = after[name]
    return name
