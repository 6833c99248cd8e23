# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""PlanVersion, each school's Week, and the DayPlans of dates.

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
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"plan {self.pk} of {self.district_id}"


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
