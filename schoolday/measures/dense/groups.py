"""Rates by group from dense answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from schoolday.measures.dense.rows import Flags, Table, chosen
from schoolday.measures.given import GROUPS, MeasuredYear
from schoolday.measures.portable import Cells


def by_pupil(answers: Mapping[str, Table]) -> dict[str, Table]:
    """Return for each rate the lines (pupil, part, whole, unknown), as ``by_pupil.sql`` does."""
    short, chronic = answers["short_days"], answers["chronic_absence"]
    weeks, services, live = (answers[name] for name in ("engagement_weeks", "service_minutes", "live_share"))
    bound, short = chosen(chronic, chronic[:, 5] != 3), chosen(short, short[:, 1] > 0)
    told = weeks[:, 6] != 3
    pupil, state = weeks[told, 0], weeks[told, 6]
    zero, ones = np.zeros(len(live), np.int64), np.ones(len(pupil), bool)
    waiting = np.where(services[:, 5] > 0, services[:, 6], 0)
    return {
        "short_days": short[:, [0, 3, 1, 4]],
        "absent_days": chronic[:, [0, 2, 1, 3]],
        "chronic_absence": np.stack([bound[:, 0], bound[:, 5] == 1, bound[:, 5] >= 0, bound[:, 5] == 2], 1),
        "reengagement_weeks": _summed(pupil, state == 1, ones, state == 2),
        "service_minutes_unaccounted": _summed(services[:, 1], services[:, 6], services[:, 2], waiting),
        "live_share": np.stack([live[:, 0], live[:, 1], live[:, 2], zero], 1),
        "planned_live_share": np.stack([live[:, 0], live[:, 3], live[:, 4], zero], 1),
        "given_of_planned": np.stack([live[:, 0], live[:, 2], live[:, 4], zero], 1),
    }


def _summed(pupil: Table, *parts: Table | Flags) -> Table:
    """Return the sums of some columns for each pupil who has a line."""
    rows = np.bincount(pupil)
    sums = [np.bincount(pupil, part).astype(np.int64) for part in parts]
    who = np.flatnonzero(rows)
    return np.stack([who, *(one[who] for one in sums)], 1)


def by_groups(year: MeasuredYear, rates: Mapping[str, Table]) -> Iterator[Cells]:
    """Yield every rate by every group, as ``by_groups.sql`` does."""
    belonging = tuple(zip(*year.belonging, strict=True)) or ((),) * len(GROUPS)
    for kind, of in zip(GROUPS, belonging, strict=True):
        names = sorted(set(of))
        place = {name: at for at, name in enumerate(names)}
        code = np.fromiter(map(place.__getitem__, of), np.int64, len(of))
        for rate, lines in rates.items():
            own = code[lines[:, 0]]
            columns = (np.ones(len(own)), lines[:, 1] > 0, lines[:, 1], lines[:, 2], lines[:, 3])
            sums = [np.bincount(own, column, len(names)).astype(np.int64).tolist() for column in columns]
            for name, at in place.items():
                if sums[0][at]:
                    yield (rate, kind, name, *(one[at] for one in sums))
