"""Settings of the desk, read from the environment; safe as they stand.

SCHOOLDESK_VAR       the folder for the database and the secret key (``var``)
SCHOOLDESK_DATABASE  ``postgres://user:password@host:port/name``; SQLite in the folder if absent
SCHOOLDESK_HOSTS     the names it answers to, with commas between; only this machine if absent
SCHOOLDESK_HTTPS     1 where the outside is https (the default as soon as hosts are named), else 0
SCHOOLDESK_SECRET_KEY  the signing key; a file made at the first start if absent
SCHOOLDESK_ZONE      the time zone of what belongs to no district (``America/Los_Angeles``)
SCHOOLDESK_NOW       a fixed day and time in that zone, ``2020-09-08T07:45``, for demonstrations
SCHOOLDESK_RULES     the folder of rulebooks; the one that ships with schoolday if absent
"""

from __future__ import annotations

import os
from pathlib import Path

from schooldesk.setup import database, fixed, flag, secret_key, zone

BASE = Path(__file__).resolve().parent
VAR = Path(os.environ.get("SCHOOLDESK_VAR", "var")).resolve()

DEBUG = False
SECRET_KEY = secret_key(VAR)
_HOSTS = [host for host in os.environ.get("SCHOOLDESK_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = [*_HOSTS, "localhost", "127.0.0.1", "[::1]"]
HTTPS = flag("SCHOOLDESK_HTTPS", bool(_HOSTS))
ZONE = zone("SCHOOLDESK_ZONE")
NOW = fixed("SCHOOLDESK_NOW", ZONE)
RULES = os.environ.get("SCHOOLDESK_RULES", "")

ROOT_URLCONF = "schooldesk.urls"
WSGI_APPLICATION = "schooldesk.wsgi.application"
INSTALLED_APPS = [
    "schooldesk.people",
    "schooldesk.roster",
    "schooldesk.rules",
    "schooldesk.timetable",
    "schooldesk.day",
    "schooldesk.bargaining",
    "schooldesk.conditions",
    "schooldesk.emergency",
    "schooldesk.cohorts",
    "schooldesk.ledger",
    "schooldesk.ledger.sheets",
    "schooldesk.ledger.services",
    "schooldesk.ledger.study",
    "schooldesk.ledger.substitutes",
    "schooldesk.learning",
    "schooldesk.measures",
    "schooldesk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = ["schooldesk.middleware.Desk"]
TEMPLATES = [
    # The desk's own pages, in the reader's language; the admin's stay with Django's templates.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "environment": "schooldesk.words.environment",
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "schooldesk.words.spoken",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database(VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_AGE = 12 * 7 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
# whitenoise and the front web server compress and redirect; the desk itself speaks plain HTTP inside.
# Sessions, sign-in, messages and the check of forms stand inside schooldesk.middleware.Desk.
SILENCED_SYSTEM_CHECKS = [
    "security.W001",
    "security.W002",
    "security.W003",
    "security.W008",
    "admin.E408",
    "admin.E409",
    "admin.E410",
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
USE_I18N = True
LOCALE_PATHS = [BASE / "locale"]
USE_TZ = True
# Seconds between storing which pages families opened; 0 stores each at once.
LOOKS_EVERY = 2.0
TIME_ZONE = "UTC"

STATICFILES_DIRS = [BASE / "static"]
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_ROOT = BASE / "root"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_tokens": {"()": "schooldesk.setup.NoTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_tokens"]}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "schooldesk": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
