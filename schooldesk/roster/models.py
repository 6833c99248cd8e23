# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""District, its roster's versions, and the rows of one version.

Rows name each other by the roster's own ids within one version, so that a version is loaded in bulk and
switched to in one short step. A household's number is the desk's own and outlives every version.
"""

from __future__ import annotations

from django.db import models

from schooldesk.scope import Scoped, ScopedManager


class District(models.Model):
    """A district; the one table that every scope starts from."""

    id = models.SlugField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200)
    places = models.JSONField(default=list)
    timezone = models.CharField(max_length=64)
    roster = models.ForeignKey(
        "RosterVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    plan = models.ForeignKey(
        "timetable.PlanVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    def __str__(self) -> str:
        return self.name


class RosterVersion(Scoped):
    """One import of a roster; `rest` holds the calendar, bells, contracts and rooms."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    made = models.DateTimeField()
    whole = models.BooleanField(default=False)
    rest = models.JSONField(default=dict)
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"roster {self.pk} of {self.district_id}"


class Household(Scoped):
    """The number under which the desk knows a household, the same through every version."""

    number = models.BigAutoField(primary_key=True)
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    sourced = models.CharField(max_length=64)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "sourced"], name="one_number_a_household")]

    def __str__(self) -> str:
        return f"household {self.sourced}"


class _Row(Scoped):
    # Every table has indexes that begin with the version. One of the version alone misled SQLite into walking
    # through a whole district for one household, and cost each import a third index.
    version = models.ForeignKey(RosterVersion, on_delete=models.CASCADE, db_index=False)
    sourced = models.CharField(max_length=64)
    objects = ScopedManager("version__district")

    class Meta(Scoped.Meta):
        abstract = True

    @property
    def district_id(self) -> str:
        """The district that its version belongs to."""
        return str(self.version.district_id)


class Home(_Row):
    """A household in one version: its language, devices and connection."""

    number = models.BigIntegerField(db_index=True)
    language = models.CharField(max_length=35)
    devices = models.IntegerField(null=True)
    connection = models.CharField(max_length=20, blank=True)

    class Meta(_Row.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "sourced"], name="home_once")]


class School(_Row):
    """A school."""

    name = models.CharField(max_length=200)
    grades = models.JSONField(default=list)
    code = models.CharField(max_length=64, blank=True)

    class Meta(_Row.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "sourced"], name="school_once")]

    def __str__(self) -> str:
        return str(self.name)


class Pupil(_Row):
    """A pupil and the household it lives in; `place` is its order among the household's pupils."""

    given = models.CharField(max_length=200)
    family = models.CharField(max_length=200)
    grade = models.CharField(max_length=2)
    school = models.CharField(max_length=64)
    birth = models.DateField(null=True)
    groups = models.JSONField(default=list)
    home = models.CharField(max_length=64, blank=True)
    place = models.IntegerField(default=0)

    class Meta(_Row.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "sourced"], name="pupil_once")]
        indexes = [
            models.Index(fields=["version", "home"], name="pupil_home"),
            models.Index(fields=["version", "school"], name="pupil_school"),
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class StaffMember(_Row):
    """A teacher, provider or principal of the roster."""

    given = models.CharField(max_length=200)
    family = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    schools = models.JSONField(default=list)
    credential = models.CharField(max_length=200, blank=True)

    class Meta(_Row.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "sourced"], name="staff_once")]

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class Section(_Row):
    """A course taught to a roster."""

    school = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    grades = models.JSONField(default=list)
    course = models.CharField(max_length=64, blank=True)
    link = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=64)

    class Meta(_Row.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "sourced"], name="section_once")]

    def __str__(self) -> str:
        return str(self.title)


class _Bond(Scoped):
    version = models.ForeignKey(RosterVersion, on_delete=models.CASCADE, db_index=False)
    objects = ScopedManager("version__district")

    class Meta(Scoped.Meta):
        abstract = True

    @property
    def district_id(self) -> str:
        """The district that its version belongs to."""
        return str(self.version.district_id)


class Enrollment(_Bond):
    """A pupil in a section, from and until."""

    section = models.CharField(max_length=64)
    pupil = models.CharField(max_length=64)
    first = models.DateField(null=True)
    last = models.DateField(null=True)

    class Meta(_Bond.Meta):
        indexes = [
            models.Index(fields=["version", "pupil"], name="enrollment_pupil"),
            models.Index(fields=["version", "section"], name="enrollment_section"),
        ]


class Teaching(_Bond):
    """A teacher of a section."""

    section = models.CharField(max_length=64)
    staff = models.CharField(max_length=64)
    primary = models.BooleanField(default=True)

    class Meta(_Bond.Meta):
        indexes = [
            models.Index(fields=["version", "staff"], name="teaching_staff"),
            models.Index(fields=["version", "section"], name="teaching_section"),
        ]


class Service(_Row):
    """Minutes promised to a pupil."""

    pupil = models.CharField(max_length=64)
    kind = models.CharField(max_length=100)
    minutes = models.IntegerField()
    times = models.IntegerField()
    provider = models.CharField(max_length=64)
    group = models.CharField(max_length=64, blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    place = models.CharField(max_length=64)

    class Meta(_Row.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "sourced"], name="service_once")]
        indexes = [
            models.Index(fields=["version", "pupil"], name="service_pupil"),
            models.Index(fields=["version", "provider"], name="service_provider"),
        ]
