"""The press: sheets of the weekly record as one PDF, tagged for those who have it read aloud."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import typst

from schoolday.files.ledger.engine import beside
from schoolday.files.ledger.form import Sheet
from schoolday.files.ledger.words import WORDS


def pdf(sheets: Sequence[Sheet], language: str = "en") -> bytes:
    """Return sheets as a PDF; the same sheets give the same bytes, for no clock is asked.

    Parameters
    ----------
    sheets
        The sheets, each begun on a page of its own.
    language
        ``en`` or ``es``: that of the sheets.
    """
    given = {
        "title": sheets[0].title if sheets else WORDS[language]["title"],
        "language": language,
        "words": WORDS[language],
        "sheets": [asdict(one) for one in sheets],
    }
    made = typst.compile(beside("form.typ").encode(), sys_inputs={"given": json.dumps(given)})
    if not isinstance(made, bytes):
        raise TypeError("the press gave several files for one PDF")
    return made
