"""The languages pages are shown in, as data, and the words, dates and times of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from babel.units import format_unit

CATALOGS = Path(__file__).resolve().parent.parent / "locale"
DOMAIN = "schooldesk"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages.

    `code` is a BCP 47 tag, `name` what its speakers call it, `direction` ``ltr`` or ``rtl``;
    `locale` is the Babel locale of its dates and times; `reviewed` says whether somebody who speaks
    it has read the translation; plural rules are in the head of its catalog.
    """

    code: str
    name: str
    direction: str
    locale: str
    reviewed: bool
    catalog: str = ""


LANGUAGES = (
    Language("en", "English", "ltr", "en_US", reviewed=True),
    Language("es", "Español", "ltr", "es_US", reviewed=False, catalog="es"),
    Language("ar", "العربية", "rtl", "ar", reviewed=False, catalog="ar"),
)
"""Every language offered; the first is the one that all others fall back to."""

OFFERED = tuple(language for language in LANGUAGES if language.code in ("en", "es"))
"""The languages to offer families now; Arabic waits until somebody who speaks it has read it."""

PSEUDO_RTL = Language("en-x-rtl", "English, right to left", "rtl", "en_US", reviewed=True)
"""English laid out from right to left: for testing layouts, never offered."""


def language(code: str) -> Language:
    """Return the language of a BCP 47 tag, by its first part; English where there is none of it."""
    if code == PSEUDO_RTL.code:
        return PSEUDO_RTL
    wanted = code.replace("_", "-").split("-")[0].lower()
    return next((one for one in LANGUAGES if one.code == wanted), LANGUAGES[0])


@lru_cache(maxsize=256)
def offered(code: str) -> Language:
    """Return the language to show a family in: its own where it is offered, else the first."""
    found = language(code)
    return found if found in OFFERED else OFFERED[0]


@lru_cache(maxsize=16)
def translations(catalog: str) -> NullTranslations:
    """Return the words of a catalog, compiled from its .po file when first asked for."""
    if not catalog:
        return NullTranslations()
    path = CATALOGS / catalog / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as source:
        messages = read_po(source, locale=catalog)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled, DOMAIN)


class Speech:
    """One language, speaking: words, dates, times and minutes. Get one with `speech`."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.locale = Locale.parse(language.locale)
        self._words = translations(language.catalog)
        self._clocks: dict[int, str] = {}
        self._bare: dict[int, str] = {}
        self._ranges: dict[tuple[int, int], str] = {}
        self._minutes: dict[tuple[int, str], str] = {}

    def say(self, message: str) -> str:
        """Return the translation of a message, or the message itself."""
        return str(self._words.gettext(message)) if message else ""

    def count(self, one: str, many: str, number: int) -> str:
        """Return the form of a message that fits a number."""
        return str(self._words.ngettext(one, many, number))

    def full_date(self, day: date) -> str:
        """Return a date in full: Tuesday, September 8, 2020."""
        return str(format_date(day, "full", locale=self.locale))

    def short_date(self, day: date) -> str:
        """Return a weekday and a day: Tue, Sep 8."""
        return str(
            format_date(day, "EEE, MMM d" if self.locale.language == "en" else "EEE d MMM", self.locale)
        )

    def day(self, day: date) -> str:
        """Return a date with its year and no weekday: September 8, 2020."""
        return str(format_date(day, "long", locale=self.locale))

    def clock(self, minute: int) -> str:
        """Return a minute of the day as a clock time: 9:30 AM."""
        found = self._clocks.get(minute)
        if found is None:
            found = str(format_time(_time(minute), "short", locale=self.locale))
            self._clocks[minute] = found = found.replace("\u202f", "\u00a0")
        return found

    def bare_clock(self, minute: int) -> str:
        """Return a clock time without AM or PM, to stand beside one that has it: 10:00."""
        found = self._bare.get(minute)
        if found is None:
            pattern = self.locale.time_formats["short"].pattern
            hours = "h:mm" if "h" in pattern else "H:mm"
            found = self._bare[minute] = str(format_time(_time(minute), hours, locale=self.locale))
        return found

    def range(self, start: int, end: int) -> str:
        """Return a stretch of the day: 9:30 – 10:00 AM."""
        found = self._ranges.get((start, end))
        if found is None:
            text = str(format_interval(_time(start), _time(end), "hm", locale=self.locale))
            self._ranges[start, end] = found = text.replace("\u202f", "\u00a0").replace("\u2009", " ")
        return found

    def minutes(self, number: int, length: str = "short") -> str:
        """Return a number of minutes, ``short`` (30 min) or ``long`` (30 minutes)."""
        found = self._minutes.get((number, length))
        if found is None:
            found = str(format_unit(number, "duration-minute", length, locale=self.locale))  # type: ignore[arg-type]
            self._minutes[number, length] = found
        return found


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


@lru_cache(maxsize=16)
def speech(language: Language) -> Speech:
    """Return the speech of a language; one for each, since it remembers what it has formatted."""
    return Speech(language)
