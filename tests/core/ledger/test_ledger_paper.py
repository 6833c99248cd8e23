"""The form that is signed: of a class or one pupil, in English or Spanish, tagged, with the seal's digest."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from schoolday.files.ledger.form import sheet
from schoolday.files.ledger.paper import pdf
from schoolday.files.ledger.seal import Sealed, Seals
from schoolday.files.ledger.words import WORDS
from schoolday.ledger.certify import certify
from schoolday.ledger.codes import CODES
from schoolday.ledger.entry import EntryKind
from tests.core.ledger.ledger_cases import FRIDAY_EVENING, book, sealed_weeks
from tests.core.ledger.test_ledger_records import study_entry, study_week

NAMES = {"ana": "Ana #1 *Ñandú*", "tess": "Tess Day", "maple": "Maple Elementary", "class": "Grade 3"}


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return sealed_weeks(tmp_path_factory.mktemp("seals"), 1)[1][1]


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_class_is_one_sheet_with_every_pupil_the_words_and_the_seal(sealed: Sealed) -> None:
    made = sheet(sealed, book(), names=NAMES)
    assert made is not None
    data = pdf([made])
    text = flat(text_of(data))
    for wanted in ("Weekly engagement record", "Ana #1 *Ñandú*", "bo", "cruz", "dee", "Maple Elementary",
                   "Signature of the teacher", "not verified", "180 / 70 / –", sealed.digest,
                   "California Education Code § 43504(e)", "what is not recorded here"):  # fmt: skip
        assert wanted in text, wanted
    assert made.entries == ()
    assert pdf([made]) == data


def test_one_pupils_sheet_has_the_entries_that_its_figures_are_made_from(sealed: Sealed) -> None:
    made = sheet(sealed, book(), names=NAMES, pupil="ana")
    assert made is not None
    assert [row[5] for row in made.entries] == ["a1w0", "a2w0", "late", "a5w0", "a6w0"]
    text = flat(text_of(pdf([made])))
    assert "08:30–10:00" in text
    assert "cruz" not in text
    assert sheet(sealed, book(), names=NAMES, pupil="nobody") is None


def test_a_class_of_several_is_printed_with_what_belongs_to_it(sealed: Sealed) -> None:
    made = sheet(sealed, book(), names=NAMES, section="class")
    assert made is not None
    assert dict(made.facts)["Class"] == "Grade 3"
    cruz = next(row for row in made.grid if row[0] == "cruz")
    assert cruz[4] == "– / – / –\nnot verified"  # The service of that day is none of the class's.
    assert sheet(sealed, book(), names=NAMES, section="other") is None


def test_a_version_says_which_seal_it_replaces(sealed: Sealed) -> None:
    made = sheet(sealed, book(), names={})
    assert made is not None
    assert dict(made.facts)["Replaces the seal"] == f"{sealed.head.names[:16]}…"


def test_the_form_is_in_spanish_as_well_word_for_word(sealed: Sealed) -> None:
    assert WORDS["es"].keys() == WORDS["en"].keys()
    assert {f"code_{code}" for known in CODES.values() for code in known - {""}} <= WORDS["en"].keys()
    made = sheet(sealed, book(), names=NAMES, language="es")
    assert made is not None
    text = flat(text_of(pdf([made], "es")))
    for wanted in ("Registro semanal de participación", "sin verificar", "Firma del docente", "Grados"):
        assert wanted in text, wanted


def test_the_pdf_is_tagged_titled_and_in_its_language(sealed: Sealed) -> None:
    made = sheet(sealed, book(), names=NAMES, language="es")
    assert made is not None
    reader = PdfReader(io.BytesIO(pdf([made, made], "es")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert reader.metadata is not None
    assert reader.metadata.title == "Registro semanal de participación"
    assert len(reader.pages) == 2


def test_a_week_of_independent_study_shows_the_sum_and_the_day_earned(tmp_path: Path) -> None:
    made = study_week(
        *(
            study_entry(f"w{n}", k, m)
            for n, (k, m) in enumerate(((EntryKind.WORK, 200), (EntryKind.JOINED, 30)))
        )
    )
    at = FRIDAY_EVENING.replace(year=2026)
    kept = Seals(tmp_path, "maple-union").seal(certify(made, book(), by="tess", at=at))
    found = sheet(kept, book(), names={})
    assert found is not None
    assert found.title == "Weekly record of independent study"
    assert found.grid[0][1] == "200 + 30 = 230\nof 230\none day"


def test_the_record_of_2020_says_of_each_day_whether_it_was_whole_and_which_kinds_were_given(
    sealed: Sealed,
) -> None:
    made = sheet(sealed, book(), names=NAMES)
    assert made is not None
    cells = [cell for row in made.grid[:-1] for cell in row[1:-1]]
    recorded = [cell for cell in cells if not cell.startswith("– / – / –")]
    words = ("whole day", "part of a day", "whole or part: not verified")
    assert all(cell.splitlines()[-1] in words for cell in recorded)
    assert {cell.splitlines()[-1] for cell in recorded} >= {"whole day"}
    assert made.grid[-1][:2] == ("Instruction, planned or given", "synchronous, asynchronous")
