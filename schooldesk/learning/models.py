# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""What was entered about learning, and the small groups that were asked for.

Every row belongs to an entry, which is undone whole and can be put back; a later row of the same name stands.
"""

from __future__ import annotations

from django.db import models

from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager


class How(models.TextChoices):
    """How an entry came to the desk."""

    TYPED = "typed", "Entered by hand"
    FILES = "files", "Taken in from files"


class Entry(Scoped):
    """What somebody entered at once, of one section or of several (then `section` is empty).

    `once` is the form's own name, by which sending it twice enters it once; an assessment that was entered on
    the record with results has the name of its step there, and is undone with it.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="+")
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    how = models.CharField(max_length=5, choices=How.choices)
    what = models.CharField(max_length=20)
    section = models.CharField(max_length=64, blank=True)
    rows = models.IntegerField(default=0)
    withdrawn = models.DateTimeField(null=True)
    once = models.CharField(max_length=64, blank=True)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["district", "once"], name="learning_once")]

    def __str__(self) -> str:
        return f"entry {self.pk} of {self.district_id}"


class _Entered(Scoped):
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        abstract = True


class Mark(_Entered):
    """A standard that the district calls essential in a grade, on dates."""

    standard = models.CharField(max_length=64)
    grade = models.CharField(max_length=2)
    first = models.DateField()
    last = models.DateField(null=True)
    by = models.CharField(max_length=150)
    source = models.CharField(max_length=300)


class Exam(_Entered):
    """An exam in one section; the last of a code stands. `common` names it in all sections that take it."""

    code = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    section = models.CharField(max_length=64)
    day = models.DateField()
    standards = models.JSONField(default=list)
    chooser = models.CharField(max_length=8)
    by = models.CharField(max_length=150, blank=True)
    common = models.CharField(max_length=150, blank=True)
    grades = models.JSONField(default=list)
    items = models.IntegerField(null=True)
    most = models.FloatField(null=True)
    least = models.FloatField(default=0.0)

    class Meta(_Entered.Meta):
        indexes = [
            models.Index(fields=["district", "section"], name="exam_section"),
            models.Index(fields=["district", "code"], name="exam_code"),
        ]


class Score(_Entered):
    """A result; the last of an exam, pupil and standard stands. A `share` of null is unknown, never zero."""

    exam = models.CharField(max_length=200)
    pupil = models.CharField(max_length=64)
    day = models.DateField()
    share = models.FloatField(null=True)
    grading = models.CharField(max_length=20)
    standard = models.CharField(max_length=64, blank=True)

    class Meta(_Entered.Meta):
        indexes = [
            models.Index(fields=["district", "pupil"], name="score_pupil"),
            models.Index(fields=["district", "exam"], name="score_exam"),
        ]


class Recording(_Entered):
    """A lesson's recording: where it is, who is in it, until when it is kept, when it was taken down."""

    code = models.CharField(max_length=200)
    section = models.CharField(max_length=64)
    day = models.DateField()
    title = models.CharField(max_length=300)
    link = models.CharField(max_length=500)
    minutes = models.IntegerField(null=True)
    standards = models.JSONField(default=list)
    posted_by = models.CharField(max_length=64)
    posted = models.DateField()
    keep_until = models.DateField(null=True)
    recorded = models.JSONField(default=list)
    captions = models.JSONField(default=list)
    down = models.DateTimeField(null=True)

    class Meta(_Entered.Meta):
        indexes = [models.Index(fields=["district", "section"], name="recording_section")]


class Consent(_Entered):
    """A person's word, or a parent's for a pupil, on being recorded; an empty section is all of them."""

    person = models.CharField(max_length=64)
    section = models.CharField(max_length=64, blank=True)
    given = models.BooleanField()
    by = models.CharField(max_length=150)
    day = models.DateField()

    class Meta(_Entered.Meta):
        indexes = [models.Index(fields=["district", "person"], name="consent_person")]


class Viewing(_Entered):
    """That a pupil watched, and the time value of it that a member of staff certified."""

    recording = models.CharField(max_length=200)
    pupil = models.CharField(max_length=64)
    day = models.DateField()
    minutes = models.IntegerField(null=True)
    certified = models.IntegerField(null=True)
    certified_by = models.CharField(max_length=64, blank=True)

    class Meta(_Entered.Meta):
        indexes = [models.Index(fields=["district", "recording"], name="viewing_recording")]


class Grouping(Scoped):
    """Small groups that were asked for at a school, and what came of it once it is `finished`.

    `taught` is the teacher who asked: then it is of their own pupils, and they alone take the groups. `used`
    says since when the groups meet; only these are counted.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="+")
    school = models.CharField(max_length=64)
    taught = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    first = models.DateField()
    last = models.DateField()
    minutes = models.IntegerField()
    load = models.IntegerField()
    subject = models.CharField(max_length=40, blank=True)
    roster = models.BigIntegerField()
    who = models.CharField(max_length=150)
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    failed = models.TextField(default="")
    body = models.BinaryField(default=b"")
    used = models.DateTimeField(null=True)
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"small groups of {self.school} from {self.first}"
