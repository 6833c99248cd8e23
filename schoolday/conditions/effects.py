"""What steps of rules do to a school: which ways of being there they open, and which they close.

The books say when a step is taken; this is the one place that says what it opens or closes.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Opening(StrEnum):
    """A way of being taught that conditions may open or close."""

    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    SMALL_GROUPS = "small_groups"
    OUTDOORS = "outdoors"
    DISTANCE = "distance"


CLASSES = frozenset({Opening.IN_PERSON, Opening.HYBRID})
"""What the framework of 2020-21 calls in-person instruction: whole classes, or their cohorts."""
CAMPUS = CLASSES | {Opening.SMALL_GROUPS, Opening.OUTDOORS}
"""Everything that happens on a campus. Distance learning needs none, and nothing closes it."""

OPENS: Mapping[str, frozenset[Opening]] = {
    "may_reopen": CLASSES,
    "may_stay_open": CLASSES,
}
"""For each step that opens something: what. While a rule with one stands, classes are closed till opened."""

CLOSES: Mapping[str, frozenset[Opening]] = {
    "close_campus": CAMPUS,
    "close_school": CAMPUS,
    "close_district": CAMPUS,
    "keep_indoors": frozenset({Opening.OUTDOORS}),
}
"""For each step that closes something: what. In guidance it advises and closes nothing."""
