"""Standards: what pupils are to learn, by a framework, and which of them a district calls essential."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from schoolday.ground.finding import Finding, Status


@dataclass(frozen=True, slots=True)
class Standard:
    """One statement of what a pupil is to know or do.

    Parameters
    ----------
    id
        Its UUID in small letters, as CASE and OneRoster name it.
    code, statement
        The code that people use (``CCSS.Math.Content.3.OA.A.1``) and its words; either may be empty.
    subject, grades
        Its subject in the framework's word, and the grades it is for; none where nobody says.
    parent
        The id of the standard that it is a part of, or an empty string.
    first, last
        The dates on which it is in use, where the framework says so.
    """

    id: str
    code: str
    statement: str = ""
    subject: str = ""
    grades: tuple[str, ...] = ()
    parent: str = ""
    uri: str = ""
    framework: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def name(self) -> str:
        """Its code, or its id where it has none."""
        return self.code or self.id

    def stands(self, day: date) -> bool:
        """Whether it is in use on a date."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Framework:
    """Standards by id, with the notice that has to be shown wherever they are.

    A framework may be put together of several (`together`), so that one search goes through all.
    """

    id: str
    title: str
    standards: Mapping[str, Standard]
    notice: str = ""

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The id behind each code and address; a code that two standards share names neither."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self.standards.values():
            for name in filter(None, (one.code, one.uri, *_short(one.code))):
                found[name.casefold()].add(one.id)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.standards.values():
            if one.parent:
                found[one.parent].append(one.id)
        return {parent: tuple(ids) for parent, ids in found.items()}

    def find(self, name: str) -> Standard | None:
        """Return the standard of a code, an id (with or without dashes) or an address, or None."""
        name = name.strip()
        known = self._names.get(name.casefold()) or uuid_of(name)
        return self.standards.get(known) if known else None

    def within(self, standard: str) -> tuple[str, ...]:
        """Return a standard and all its parts, parts of parts included."""
        found = [standard]
        for one in found:
            found += [part for part in self._parts.get(one, ()) if part not in found]
        return tuple(found)

    def above(self, standard: str) -> Iterator[str]:
        """Yield a standard and all that it is a part of; a ring of parents ends where it began."""
        seen: set[str] = set()
        while standard and standard not in seen:
            yield standard
            seen.add(standard)
            one = self.standards.get(standard)
            standard = one.parent if one else ""


def together(frameworks: Sequence[Framework]) -> Framework:
    """Return one framework of several; of two standards with one id the first stands."""
    found: dict[str, Standard] = {}
    for framework in frameworks:
        found = {**framework.standards, **found}
    notices = dict.fromkeys(one.notice for one in frameworks if one.notice)
    title = " and ".join(one.title for one in frameworks)
    return Framework("+".join(one.id for one in frameworks), title, found, "\n\n".join(notices))


def uuid_of(text: str) -> str:
    """Return a UUID in the one way in which it is written here; an empty string if it is none."""
    try:
        return str(UUID(text.strip()))
    except ValueError:
        return ""


def _short(code: str) -> Iterator[str]:
    """Yield the shorter ways in which teachers write a Common Core code: ``3.OA.A.1``, ``RL.3.1``."""
    for head in ("CCSS.Math.Content.", "CCSS.Math.", "CCSS.ELA-Literacy."):
        if code.startswith(head):
            yield code.removeprefix(head)


@dataclass(frozen=True, slots=True)
class Essential:
    """A district's word that a standard is essential in a grade, from a date on, and who said so where."""

    district: str
    standard: str
    grade: str
    first: date
    last: date | None
    by: str
    source: str

    def stands(self, day: date) -> bool:
        """Whether it holds on a date."""
        return self.first <= day and (self.last is None or day <= self.last)


def essential_on(
    marks: Iterable[Essential], framework: Framework, day: date, *, district: str, grade: str = "",
    subject: str = "",
) -> tuple[Standard, ...]:  # fmt: skip
    """Return a district's essential standards on a date, in one grade and subject where they are named."""
    ids = dict.fromkeys(
        one.standard
        for one in marks
        if one.district == district and one.stands(day) and grade in ("", one.grade)
    )
    found = (framework.standards[one] for one in ids if one in framework.standards)
    return tuple(one for one in found if subject.casefold() in ("", one.subject.casefold()))


def check_essentials(marks: Sequence[Essential], framework: Framework) -> list[Finding]:
    """Return what is odd about a district's marks: another grade's, out of use, or said twice."""
    found: list[Finding] = []
    seen: dict[tuple[str, str, str], list[Essential]] = defaultdict(list)
    for one in marks:
        standard = framework.standards.get(one.standard)
        if standard is not None:
            found += _odd(one, standard)
        before = seen[one.district, one.standard, one.grade]
        name = standard.name if standard else one.standard
        found += [_twice(one, name) for other in before if _meet(one, other)][:1]
        before.append(one)
    return found


def _odd(one: Essential, standard: Standard) -> Iterator[Finding]:
    where = (f"grade {one.grade}", standard.name)
    if standard.grades and one.grade not in standard.grades:
        grades = ", ".join(standard.grades)
        said = f"{standard.name} is marked for grade {one.grade}; its framework has it in {grades}"
        yield Finding("learning.essential_grade", said, Status.ADVICE, where, mend="see whether it is meant")
    if not standard.stands(one.first):
        said = f"{standard.name} is not in use on {one.first}, from which it is marked as essential"
        yield Finding("learning.essential_unused", said, where=where, mend="mark the one that took its place")


def _twice(one: Essential, name: str) -> Finding:
    said = f"{name} is marked twice for grade {one.grade} on the same dates"
    return Finding(
        "learning.essential_twice", said, where=(f"grade {one.grade}", name), mend="take one out, or end it"
    )


def _meet(one: Essential, other: Essential) -> bool:
    return (other.last is None or one.first <= other.last) and (one.last is None or other.first <= one.last)
