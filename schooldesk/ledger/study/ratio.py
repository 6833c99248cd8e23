"""The ratio of pupils to teachers: what the district says of it, as typed and as kept, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from schoolday.ledger.study_ratio import Held, Ratio, RatioKind, held, largest_fixed
from schooldesk.ledger import filled
from schooldesk.ledger.study import models as tables
from schooldesk.ledger.study.earned import Year, year_of
from schooldesk.pages import Wrong
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

MOST = 300
"""Letters of a source."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Shown:
    """How the ratio stands on a date, what was said of it, who said so, and what the law allows."""

    held: Held
    stated: Ratio | None
    row: tables.Ratio | None
    year: Year
    largest: float | None


def shown(home: District, day: date) -> Shown:
    """Return how the ratio of a district's independent study stands on a date."""
    row = tables.Ratio.objects.order_by("-pk").first()
    stated = _value(row.body) if row else None
    year = year_of(home, day)
    # While weeks are still counted nobody knows the attendance, and it is not taken as less.
    known = held(year.days, 0 if year.waiting else year.taught, stated, rulebook(), day)
    return Shown(known, stated, row, year, largest_fixed(rulebook(), day))


def _value(body: Mapping[str, str]) -> Ratio | None:
    if not body:
        return None
    teachers = Fraction(body["teachers"]) if body["teachers"] else None
    kind, pupils = RatioKind(body["allowed"]), Fraction(body["pupils"])
    return Ratio(kind, pupils, body["source"], teachers, body["teachers_source"])


def typed(form: Mapping[str, Any], day: date) -> dict[str, str]:
    """Return what was typed of a district's ratio.

    Raises
    ------
    Wrong
        If a number or a source is missing or will not do.
    """
    allowed = RatioKind(filled.choice(form, "allowed", [one.value for one in RatioKind]))
    pupils = _number(form, "pupils")
    largest = largest_fixed(rulebook(), day)
    if allowed is RatioKind.FIXED and (largest is None or pupils > Fraction(largest)):
        said = _("A fixed ratio is at most %(most)s by the law of that date; write that or a lower one.")
        raise Wrong("pupils", said, {"most": "–" if largest is None else f"{largest:g}"})
    source = _text(form, "source")
    teachers = str(form.get("teachers", "")).strip() and _written(_number(form, "teachers"))
    return {
        "allowed": allowed.value, "pupils": _written(pupils), "source": source, "teachers": teachers,
        "teachers_source": _text(form, "teachers_source") if teachers else "",
    }  # fmt: skip


def _written(number: Fraction) -> str:
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def _number(form: Mapping[str, Any], field: str) -> Fraction:
    text = str(form.get(field, "")).strip().replace(",", ".")
    whole, _dot, part = text.partition(".")
    plain = text.isascii() and whole.isdecimal() and (not part or part.isdecimal()) and len(text) < 10
    if not plain or Fraction(f"{whole}.{part or '0'}") <= 0:
        raise Wrong(field, _("Write a number above zero, such as 25 or 24.5."))
    return Fraction(f"{whole}.{part or '0'}")


def _text(form: Mapping[str, Any], field: str) -> str:
    found = " ".join(str(form.get(field, "")).split())
    if not found:
        raise Wrong(field, _("Say where the number is written: a document with its date and page."))
    if len(found) > MOST:
        raise Wrong(field, _("Write at most %(most)s letters."), {"most": str(MOST)})
    return found
