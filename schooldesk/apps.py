"""The admin's application, with the desk's own site."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    """Makes the desk's site the default one."""

    default_site = "schooldesk.site.DeskAdmin"
