# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""Rounds of choices, families' answers, a round's files, the cohorts made of them, and what is told."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager, ScopedQuerySet


class Round(Scoped):
    """A time in which families choose a program; one that was taken back is kept, so that it can be put back.

    `programs` are those offered; `otherwise` is that of a pupil for whom nobody answers.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    opens = models.DateField()
    closes = models.DateField()
    programs = models.JSONField(default=list)
    otherwise = models.CharField(max_length=20)
    who = models.CharField(max_length=150)
    made = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"choices of {self.district_id}, {self.opens} to {self.closes}"


class Kind(models.TextChoices):
    """What a file of a round holds."""

    CHOICES = "choices", "Choices taken on paper"
    SEATS = "seats", "Seats of the classes"
    PHASES = "phases", "Phases of the return"


class RoundFile(Scoped):
    """A file that a planner sent in for a round.

    Of seats and phases the newest that was not taken back stands; of choices every one that was not does.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    rows = models.IntegerField()
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    objects = ScopedManager()


class _KeptRows(ScopedQuerySet):
    """Rows that are added and never changed."""

    def update(self, **_: Any) -> NoReturn:  # noqa: ANN401
        """Refuse: a later answer replaces an earlier one, and both are kept."""
        raise TypeError("answers are added and never changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("answers are added and never removed")


class _KeptManager(ScopedManager):
    rows = _KeptRows


class Answer(Scoped):
    """What a family chose for a child, and who said it; never changed: the last of a pupil stands.

    `by` is empty where the family's link said it, else the one who called or signed; `who` is the staff who
    wrote it down then. `file` is the file of paper answers that it stood in, if any: with the file it is
    taken back. `said` is when it was said, where that is not the day of `at`; the last one said stands.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, db_index=False)
    household = models.BigIntegerField()
    pupil = models.CharField(max_length=64)
    program = models.CharField(max_length=20)
    wish = models.CharField(max_length=1, blank=True)
    beside = models.CharField(max_length=64, blank=True, default="")
    by = models.CharField(max_length=150, blank=True)
    who = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    said = models.DateField(null=True)
    file = models.ForeignKey(RoundFile, on_delete=models.PROTECT, null=True, related_name="answers")
    objects = _KeptManager()

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["round", "household"], name="answer_household")]

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Add it; an answer that is there already is not changed."""
        if not self._state.adding:
            raise TypeError("answers are added and never changed")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401
        """Refuse."""
        raise TypeError("answers are added and never removed")


class Announced(Scoped):
    """The seed that a round's draw is made with, told to everybody before it; the newest counts."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE)
    seed = models.BigIntegerField()
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"seed {self.seed} of {self.district_id}"


class Making(Scoped):
    """Cohorts that a planner asked for: of which answers, seats and roster, and what came of them.

    `last_answer` is the last answer that counts, `files` are those of paper answers that do. `reason` says
    why another seed than the announced one is drawn with. `made` holds the cohorts as soon as there are any,
    so that a killed run need not make them again; `body` all of the result once it is `finished`.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE)
    seats = models.ForeignKey(RoundFile, on_delete=models.PROTECT, related_name="+")
    last_answer = models.BigIntegerField(default=0)
    files = models.JSONField(default=list)
    roster = models.BigIntegerField()
    day = models.DateField()
    seed = models.BigIntegerField()
    reason = models.TextField(blank=True, default="")
    first = models.JSONField(default=list)
    who = models.CharField(max_length=150)
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    failed = models.TextField(default="")
    done = models.IntegerField(default=0)
    due = models.IntegerField(default=0)
    made = models.BinaryField(default=b"")
    body = models.BinaryField(default=b"")
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"cohorts of {self.district_id}, {self.done} of {self.due}"


class Publication(Scoped):
    """Cohorts, and the phases of the return with them, told to families; the newest not taken back stands."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    making = models.ForeignKey(Making, on_delete=models.PROTECT, related_name="+")
    phases = models.ForeignKey(RoundFile, on_delete=models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    objects = ScopedManager()
