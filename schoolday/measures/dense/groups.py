"""Rates by group from dense answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from schoolday.measures.dense.rows import Flags, Table, chosen
from schoolday.measures.given import GROUPS, MeasuredYear
from schoolday.measures.portable import Cells


def by_pupil(answers: Mapping[str, Table]) -> dict[str, Table]:
    """Return for each rate the lines (pupil, part, whole, unknown), as ``by_pupil.sql`` does."""
    short, chronic = answers["short_days"], answers["chronic_absence"]
    weeks, services, live = (answers[name] for name in ("engagement_weeks", "service_minutes", "live_share"))
    bound, short = chosen(chronic, chronic[:, 5] != 3), chosen(short, short[:, 1] > 0)
    zero = np.zeros(len(live), np.int64)
    waiting = np.where(services[:, 5] > 0, services[:, 6], 0)
    return {
        "short_days": short[:, [0, 3, 1, 4]],
        "absent_days": chronic[:, [0, 2, 1, 3]],
        "chronic_absence": np.stack([bound[:, 0], bound[:, 5] == 1, bound[:, 5] >= 0, bound[:, 5] == 2], 1),
        "reengagement_weeks": _weeks(weeks[:, 0], weeks[:, 6]),
        "service_minutes_unaccounted": _summed(services[:, 1], services[:, 6], services[:, 2], waiting),
        "live_share": np.stack([live[:, 0], live[:, 1], live[:, 2], zero], 1),
        "planned_live_share": np.stack([live[:, 0], live[:, 3], live[:, 4], zero], 1),
        "given_of_planned": np.stack([live[:, 0], live[:, 2], live[:, 4], zero], 1),
    }


def _weeks(pupil: Table, state: Table) -> Table:
    """Return for each pupil of whom a rule speaks the weeks reached, all of them, and those that are open."""
    pupils = 1 + int(pupil.max(initial=-1))
    states = np.bincount(pupil << 2 | state, minlength=pupils << 2).reshape(-1, 4)
    bound = states[:, :3].sum(axis=1)
    who = np.flatnonzero(bound)
    return np.stack([who, states[who, 1], bound[who], states[who, 2]], 1)


def _summed(pupil: Table, *parts: Table | Flags) -> Table:
    """Return the sums of some columns for each pupil who has a line."""
    rows = np.bincount(pupil)
    sums = [np.bincount(pupil, part).astype(np.int64) for part in parts]
    who = np.flatnonzero(rows)
    return np.stack([who, *(one[who] for one in sums)], 1)


def by_groups(year: MeasuredYear, rates: Mapping[str, Table]) -> Iterator[Cells]:
    """Yield every rate by every group, as ``by_groups.sql`` does."""
    belonging = tuple(zip(*year.belonging, strict=True)) or ((),) * len(GROUPS)
    weights = {rate: _weights(lines) for rate, lines in rates.items()}
    for kind, of in zip(GROUPS, belonging, strict=True):
        names = sorted(set(of))
        place = {name: at for at, name in enumerate(names)}
        code = np.fromiter(map(place.__getitem__, of), np.int64, len(of))
        for rate, lines in rates.items():
            own = code[lines[:, 0]]
            sums = [np.bincount(own, one, len(names)).astype(np.int64).tolist() for one in weights[rate]]
            for name, at in place.items():
                if sums[0][at]:
                    yield (rate, kind, name, *(one[at] for one in sums))


def _weights(lines: Table) -> npt.NDArray[np.float64]:
    """Return a rate's columns as they are added up: pupils, affected, part, whole, unknown."""
    found = np.ones((5, len(lines)))
    found[1], found[2:] = lines[:, 1] > 0, lines[:, 1:].T
    return found
