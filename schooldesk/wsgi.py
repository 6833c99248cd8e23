"""The web server's door. It does not open while one address has not said who may see it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schooldesk.settings")
application = get_wsgi_application()

from schooldesk import access  # noqa: E402 - the tables must be ready first

access.refuse_undeclared()
