"""Groups in one walk: the largest first, then room made for those left over. The search starts from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from schoolday.learning.groups import Question, SmallGroup, Time

Taken = Mapping[str, list[SmallGroup]]
"""The groups that each person is in so far."""


def first_fit(question: Question) -> tuple[SmallGroup, ...]:
    """Return groups of a walk, after which whoever has two gives a seat to one who has none."""
    found: list[SmallGroup] = []
    taken: dict[str, list[SmallGroup]] = defaultdict(list)
    left = dict(question.able)
    while left:
        rank = {key: len(_still(question, key, left[key], taken)) for key in left}
        key = max(left, key=lambda one: (rank[one], one))
        if rank[key] < question.sizes.least:
            break
        teacher = _teacher(question, key[0], taken)
        if not teacher:
            del left[key]
            continue
        pupils = _still(question, key, left[key], taken)[: question.sizes.most]
        group = SmallGroup(len(found) + 1, key[1], key[0], teacher, tuple(sorted(pupils)))
        found.append(group)
        for who in (teacher, *pupils):
            taken[who].append(group)
    return _given_up(question, found)


def _still(question: Question, key: tuple[Time, str], some: Iterable[str], taken: Taken) -> list[str]:
    """Return the pupils who may still join a group, those in none first."""
    can = [
        pupil
        for pupil in some
        if len(taken[pupil]) < question.sizes.a_week
        and all(one.time.day != key[0].day and one.standard != key[1] for one in taken[pupil])
    ]
    return sorted(can, key=lambda pupil: (len(taken[pupil]), pupil))


def _teacher(question: Question, time: Time, taken: Taken) -> str:
    can = [
        teacher
        for teacher, free in question.teachers.items()
        if time in free
        and len(taken[teacher]) < question.load
        and not any(one.time.meets(time) for one in taken[teacher])
    ]
    return min(can, key=lambda teacher: (len(taken[teacher]), teacher), default="")


def _given_up(question: Question, groups: list[SmallGroup]) -> tuple[SmallGroup, ...]:
    """Return groups in which a pupil of none has the seat of one of several, or a free one."""
    found = list(groups)
    for pupil in sorted(question.needs):
        number = _numbers(found)
        if pupil in number:
            continue
        for place, group in enumerate(found):
            if group.standard not in question.needs[pupil] or group.time not in question.free.get(pupil, ()):
                continue
            several = [one for one in group.pupils if number[one] > 1]
            full = len(group.pupils) >= question.sizes.most
            if not full or several:
                stay = [one for one in group.pupils if not full or one != several[0]]
                found[place] = replace(group, pupils=tuple(sorted([*stay, pupil])))
                break
    return tuple(found)


def _numbers(groups: Iterable[SmallGroup]) -> dict[str, int]:
    """Return in how many groups each pupil of any is."""
    number: dict[str, int] = {}
    for one in groups:
        for pupil in one.pupils:
            number[pupil] = number.get(pupil, 0) + 1
    return number
