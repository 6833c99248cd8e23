# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""PlanVersion, each school's Week, the DayPlans of dates, and the Moves from one plan to another.

A week and a day's plans are kept whole, as the JSON of the core's own values: no page asks for a part.
"""

from __future__ import annotations

from django.db import models

from schooldesk.roster.models import District, RosterVersion
from schooldesk.scope import Scoped, ScopedManager


class PlanVersion(Scoped):
    """One plan of a district, made for one version of its roster."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    roster = models.ForeignKey(RosterVersion, on_delete=models.CASCADE)
    made = models.DateTimeField()
    day = models.DateField()
    seed = models.BigIntegerField(default=0)
    whole = models.BooleanField(default=False)
    way = models.CharField(max_length=20, default="distance")
    cohorts = models.BinaryField(default=b"")
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"plan {self.pk} of {self.district_id}"


class Move(Scoped):
    """A change from one plan to another that keeps most of it: made school by school, adopted, taken back.

    `first` is the first date under the new plan. `figures` counts for each school what moves and whom it
    touches; `broken` the hard findings of the new plan in its first week. Once adopted, dates from `first` on
    follow it, and those before stay under the plan they were published with.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    before = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    after = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    why = models.TextField()
    steps = models.IntegerField(default=0)
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    done = models.IntegerField(default=0)
    due = models.IntegerField(default=0)
    finished = models.DateTimeField(null=True)
    failed = models.TextField(default="")
    broken = models.IntegerField(default=0)
    figures = models.JSONField(default=dict)
    adopted = models.DateTimeField(null=True)
    adopted_by = models.CharField(max_length=150, default="")
    withdrawn = models.DateTimeField(null=True)
    published = models.BooleanField(default=True)
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"move of {self.district_id} from {self.first}"


class Week(Scoped):
    """One school's week: the question and the answer."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE)
    school = models.CharField(max_length=64)
    body = models.BinaryField()
    objects = ScopedManager("version__district")

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "school"], name="week_once")]

    @property
    def district_id(self) -> str:
        """The district that its version belongs to."""
        return str(self.version.district_id)


class DayPlans(Scoped):
    """The plans of minutes of one date, for every grade and kind of class, as a list of JSON plans."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE)
    day = models.DateField()
    body = models.BinaryField()
    objects = ScopedManager("version__district")

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="day_plans_once")]

    @property
    def district_id(self) -> str:
        """The district that its version belongs to."""
        return str(self.version.district_id)
