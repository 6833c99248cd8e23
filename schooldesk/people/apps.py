"""The people room."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class PeopleConfig(AppConfig):
    """Registers the check that every address says who may see it."""

    name = "schooldesk.people"

    def ready(self) -> None:
        """Register the check."""
        from schooldesk.access import undeclared_urls  # noqa: PLC0415 - apps must be ready first

        register(undeclared_urls, Tags.security)
