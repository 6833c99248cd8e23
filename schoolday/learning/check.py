"""The check of groups, apart from the search: sizes, needs, free times, and what is in the way on dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from schoolday.ground.finding import Finding
from schoolday.learning.groups import Grouping, Question, SmallGroup
from schoolday.timetable.meeting import SchoolDay


def check_grouping(question: Question, grouping: Grouping) -> list[Finding]:
    """Return every fault of some groups, and of what is said to be proved of them."""
    found: list[Finding] = []
    for group in grouping.groups:
        found += _group(question, group)
    found += _people(question, grouping.groups)
    helped = len({pupil for one in grouping.groups for pupil in one.pupils})
    met = sum(len(one.pupils) for one in grouping.groups)
    honest = helped == grouping.helped and helped <= grouping.bound <= max(question.most_pupils, helped)
    # Groups without a fault of their own cannot meet more than can be met: then the count is wrong.
    if not honest or (not found and met > question.most_needs):
        said = f"{helped} pupils are in a group; {grouping.helped} of at most {grouping.bound} are said to be"
        found.append(Finding("learning.group_proof", said, where=("groups",)))
    return found


def _group(question: Question, group: SmallGroup) -> Iterator[Finding]:
    where, sizes = (f"group {group.number}",), question.sizes
    size = len(set(group.pupils))
    if not sizes.least <= size <= sizes.most or size != len(group.pupils):
        said = f"group {group.number} has {size} pupils; {sizes.least} to {sizes.most} are allowed"
        yield Finding(
            "learning.group_size", said, where=where, value=float(size), limit=float(sizes.most),
            unit="pupils", clauses=sizes.clauses, mend="make the groups again",
        )  # fmt: skip
    for pupil in group.pupils:
        if group.standard not in question.needs.get(pupil, ()):
            said = f"pupil {pupil} is in group {group.number} and does not need its standard"
            yield Finding("learning.group_need", said, where=(*where, f"pupil {pupil}"))
        if group.time not in question.free.get(pupil, frozenset()):
            said = f"pupil {pupil} is not free when group {group.number} meets"
            yield Finding("learning.group_time", said, where=(*where, f"pupil {pupil}"))
    if group.time not in question.teachers.get(group.teacher, frozenset()):
        said = f"teacher {group.teacher} is not free when group {group.number} meets"
        yield Finding("learning.group_time", said, where=(*where, f"teacher {group.teacher}"))


def _people(question: Question, groups: Iterable[SmallGroup]) -> Iterator[Finding]:
    pupils: dict[str, list[SmallGroup]] = defaultdict(list)
    teachers: dict[str, list[SmallGroup]] = defaultdict(list)
    for one in groups:
        teachers[one.teacher].append(one)
        for pupil in one.pupils:
            pupils[pupil].append(one)
    for pupil, mine in pupils.items():
        days, standards = Counter(one.time.day for one in mine), Counter(one.standard for one in mine)
        if len(mine) > question.sizes.a_week or max(days.values()) > 1 or max(standards.values()) > 1:
            said = f"pupil {pupil} is in {len(mine)} groups: too many, or two on one day or of one standard"
            yield Finding("learning.group_twice", said, where=(f"pupil {pupil}",))
    for teacher, mine in teachers.items():
        meet = any(a.time.meets(b.time) for i, a in enumerate(mine) for b in mine[:i])
        if meet or len(mine) > question.load:
            said = (
                f"teacher {teacher} has {len(mine)} groups, two of them at once, or more than {question.load}"
            )
            yield Finding("learning.group_twice", said, where=(f"teacher {teacher}",))


def check_date(groups: Iterable[SmallGroup], school_day: SchoolDay) -> list[Finding]:
    """Return what lies in the way of groups on a date: meetings of their pupils or of their teacher."""
    today = [one for one in groups if one.time.day == school_day.day.weekday()]
    found = []
    for meeting in school_day.meetings:
        for group in today:
            if not meeting.span.meets(group.time.span):
                continue
            people = [f"pupil {one}" for one in group.pupils if one in meeting.pupils]
            people += [f"teacher {group.teacher}"] if group.teacher in meeting.teachers else []
            for who in people:
                said = f"{who} has {meeting.title} at {meeting.span} when group {group.number} meets"
                where = (f"group {group.number}", who, school_day.day.isoformat())
                mend = "move the group, or leave it out on this date"
                found.append(Finding("learning.group_date", said, where=where, mend=mend))
    return found
