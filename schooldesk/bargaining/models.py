# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""A bargaining table as it was taken in, what was worked out for it, and the sides' private limits.

Limits, questions and what was done with them belong to a side and to the mediator; nothing public is made
from these tables, and the desk's own trail of events does not know them.
"""

from __future__ import annotations

from django.db import models

from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager


class TableVersion(Scoped):
    """One edition of a table's files, kept whole; the newest of a table stands."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    table = models.SlugField(max_length=64)
    title = models.CharField(max_length=300)
    made = models.DateTimeField()
    who = models.CharField(max_length=150)
    files = models.JSONField()
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.table} of {self.district_id}, taken in {self.made:%Y-%m-%d}"


class Kind(models.TextChoices):
    """What can be worked out for a table."""

    CONSEQUENCES = "consequences", "Consequences"
    PACKAGES = "packages", "Packages of the disputed terms"


class Outcome(Scoped):
    """What was asked to be worked out for a table on one roster, and what came of it.

    `mark` tells a question from others: what was asked, of which roster, by which rules. The same question
    has one row, so that nothing is worked out twice. `done` of `due` steps tell how far it came. `body` is
    there once it is `finished`; `failed` says why it cannot be.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    table = models.SlugField(max_length=64, db_index=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    asked = models.JSONField()
    mark = models.CharField(max_length=32, default="")
    roster = models.BigIntegerField(default=0)
    who = models.CharField(max_length=150, default="")
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    failed = models.TextField(default="")
    done = models.IntegerField(default=0)
    due = models.IntegerField(default=0)
    body = models.BinaryField(default=b"")
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "table", "kind", "mark"], name="one_outcome_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.table}, {self.done} of {self.due}"


class Step(Scoped):
    """One result of a run under way, kept as it comes so that a killed run goes on."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=150)
    body = models.BinaryField()
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["outcome", "name"], name="one_step_a_name")]


class Limit(Scoped):
    """A side's private bound on a measure; only its own members and the mediator see it.

    One that was removed is kept, so that its side can put it back, until its side forgets it. `meant` tells
    what a number of words stood for when it was entered: a place in a list of values that may change.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    table = models.SlugField(max_length=64, db_index=False)
    side = models.CharField(max_length=64)
    measure = models.CharField(max_length=100)
    at_least = models.FloatField(null=True)
    at_most = models.FloatField(null=True)
    meant = models.CharField(max_length=64, blank=True, default="")
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    removed = models.DateTimeField(null=True)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "table", "side", "measure"], name="one_limit_a_measure"
            )
        ]

    def __str__(self) -> str:
        return f"a limit of {self.side}"


class Question(Scoped):
    """A side asked whether a common package exists; both sides see how often, the mediator the answer too."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    table = models.SlugField(max_length=64)
    side = models.CharField(max_length=64)
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    answer = models.BooleanField()
    objects = ScopedManager()


class Asking(Scoped):
    """How many questions each side of a table may ask, and whether the mediator has stopped them."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    table = models.SlugField(max_length=64, db_index=False)
    most = models.IntegerField()
    stopped = models.BooleanField(default=False)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "table"], name="one_rule_a_table")]


class SideEvent(Scoped):
    """What somebody did with a side's limits or the questions, stored in the same transaction as its effect.

    It says that it was done and by whom, never a number. It does not stand among the desk's events: planners,
    who are the employer's, read those, and a gap in their numbers would tell of a hidden one.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT)
    table = models.SlugField(max_length=64)
    side = models.CharField("whose it is; empty is the mediator's", max_length=64, blank=True)
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=60)
    at = models.DateTimeField()
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.what} at {self.table}"
