"""The press for work samples: one pupil's samples of a year, by period, as a PDF to be signed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import typst

from schoolday.files.ledger.engine import beside


@dataclass(frozen=True)
class Part:
    """One period: its title, a row for each sample (subject, day, work, minutes, who chose), what lacks."""

    title: str
    rows: tuple[tuple[str, str, str, str, str], ...]
    said: str


@dataclass(frozen=True)
class SampleSheet:
    """A pupil's work samples as they are printed: plain texts only, in the language that is named."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, str, str, str, str]
    parts: tuple[Part, ...]
    source: str
    signatures: tuple[str, str, str, str]


def samples_pdf(sheet: SampleSheet) -> bytes:
    """Return a sheet as a PDF; the same sheet gives the same bytes, for no clock is asked."""
    made = typst.compile(beside("samples.typ").encode(), sys_inputs={"given": json.dumps(asdict(sheet))})
    if not isinstance(made, bytes):
        raise TypeError("the press gave several files for one PDF")
    return made
