"""The ratio of pupils to teachers: what the district says of it, as typed and as kept, and how it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from schoolday.ledger.study_parts import SPANS, Key, Part, narrowed, parts
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
    """How the ratio stands on a date, what was said of it, who said so, what the law allows, and its parts.

    `parts` add up to the whole; `said` are the teachers of each school and span, as far as they were entered.
    """

    held: Held
    stated: Ratio | None
    row: tables.Ratio | None
    year: Year
    largest: float | None
    parts: tuple[Part, ...]
    said: Mapping[Key, Fraction]

    @property
    def asked(self) -> list[Key]:
        """The schools and spans whose teachers are asked for: those with pupils, and those entered before."""
        there = {(one.school, one.span) for one in self.parts if one.span}
        return sorted(there | self.said.keys(), key=lambda key: (key[0], SPANS.index(key[1])))


def shown(home: District, day: date, schools: Collection[str] | None = None) -> Shown:
    """Return how the ratio of a district's independent study stands, its parts by some schools or by all."""
    row = tables.Ratio.objects.order_by("-pk").first()
    stated = _value(row.body) if row else None
    year = year_of(home, day)
    # While weeks are still counted nobody knows the attendance, and it is not taken as less.
    known = held(year.days, 0 if year.waiting else year.taught, stated, rulebook(), day)
    said = _said(row.body) if row else {}
    # While weeks are still counted the parts are no more known than the whole is.
    made = () if year.waiting else parts(year.by, year.taught, said, stated.teachers if stated else None)
    narrow = made if schools is None else narrowed(made, schools)
    return Shown(known, stated, row, year, largest_fixed(rulebook(), day), narrow, said)


def _said(body: Mapping[str, Any]) -> dict[Key, Fraction]:
    return {(school, span): Fraction(number) for school, span, number in body.get("parts", ())}


def _value(body: Mapping[str, Any]) -> Ratio | None:
    if not body:
        return None
    teachers = Fraction(body["teachers"]) if body["teachers"] else None
    kind, pupils = RatioKind(body["allowed"]), Fraction(body["pupils"])
    return Ratio(kind, pupils, body["source"], teachers, body["teachers_source"])


def typed(form: Mapping[str, Any], day: date, schools: Collection[str]) -> dict[str, Any]:
    """Return what was typed of a district's ratio, and of the teachers of its schools.

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
    teachers = str(form.get("teachers", "")).strip() and written(_number(form, "teachers"))
    return {
        "allowed": allowed.value, "pupils": written(pupils), "source": source, "teachers": teachers,
        "teachers_source": _text(form, "teachers_source") if teachers else "",
        "parts": _parts(form, teachers, schools),
    }  # fmt: skip


def field(school: str, span: str) -> str:
    """Return the name of the field of a school's and span's teachers."""
    return f"teachers-{span}-{school}"


def _parts(form: Mapping[str, Any], teachers: str, schools: Collection[str]) -> list[list[str]]:
    """Return the teachers of schools and spans as typed; they cannot be more than all together."""
    keys = [(school, span) for school in schools for span in SPANS if form.get(field(school, span))]
    found = [[*key, written(_number(form, field(*key)))] for key in keys]
    if found and not teachers:
        raise Wrong("teachers", _("Write how many teachers there are in all, too."))
    whole, some = Fraction(teachers or 0), sum(Fraction(row[2]) for row in found)
    if some > whole:
        said = _(
            "The schools’ teachers come to %(some)s, and all together are %(whole)s. Correct one of them."
        )
        raise Wrong("parts", said, {"some": written(Fraction(some)), "whole": written(whole)})
    return found


def written(number: Fraction) -> str:
    """Return a number as it is typed and kept: 24.5."""
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
