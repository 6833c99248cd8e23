"""The standing roster, for planners to look at."""

from __future__ import annotations

from django.contrib import admin

from schooldesk.looking import LookingAtPupils, LookingAtRoster
from schooldesk.roster.models import Home, Pupil, School, Section, Service, StaffMember


@admin.register(School)
class SchoolAdmin(LookingAtRoster):
    """Schools."""

    list_display = ("name", "sourced", "grades")


@admin.register(StaffMember)
class StaffMemberAdmin(LookingAtRoster):
    """Teachers, providers and principals."""

    list_display = ("family", "given", "role", "schools")
    search_fields = ("family", "given", "sourced")


@admin.register(Section)
class SectionAdmin(LookingAtRoster):
    """Sections."""

    list_display = ("title", "school", "subject", "kind")
    search_fields = ("title", "sourced")


@admin.register(Home)
class HomeAdmin(LookingAtPupils):
    """Households."""

    list_display = ("sourced", "number", "language", "devices", "connection")
    search_fields = ("sourced",)


@admin.register(Pupil)
class PupilAdmin(LookingAtPupils):
    """Pupils."""

    list_display = ("family", "given", "grade", "school")
    search_fields = ("family", "given", "sourced")


@admin.register(Service)
class ServiceAdmin(LookingAtPupils):
    """Services owed."""

    list_display = ("sourced", "kind", "minutes", "times", "provider")
    search_fields = ("sourced", "pupil")
