"""What everybody may see of pupils under conditions: no count that is of fewer than ten, or gives one away.

A year's counts are sums over the grades of schools that stand alike, and they change from week to week: less
another week's they are the count of those that changed. So a grade of a school with fewer than ten pupils is
left out of every public count. Whatever is added to or taken from whatever, on this page or another, is then
made of grades of ten and more. What is left out may not be had as the rest of a known total either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schoolday.conditions.preview import Group
from schooldesk.bargaining.outcomes.disclosure import SMALL, few


def told(groups: Iterable[Group], *, everything: bool) -> tuple[Group, ...]:
    """Return the grades of schools that a reader's counts are made of: all, or those open to everybody."""
    some = tuple(groups)
    if everything:
        return some
    out = [one for one in some if few(one.pupils)]
    rest = sorted((one for one in some if not few(one.pupils)), key=_size)
    while rest and _bare(out):
        out.append(rest.pop(0))
    closed = {(one.site.school, one.grade) for one in out}
    return tuple(one for one in some if (one.site.school, one.grade) not in closed)


def _size(one: Group) -> tuple[int, str, str]:
    return one.pupils, one.site.school, one.grade


def _bare(out: Sequence[Group]) -> bool:
    """Whether what is left out could be had as a rest: few in all, or so many ones or nines."""
    number = sum(one.pupils for one in out)
    small = all(few(one.pupils) for one in out)
    return few(number) or (bool(out) and small and number in {len(out), (SMALL - 1) * len(out)})
