"""The files of a folder of learning, and their columns in the notation of the binding."""

from __future__ import annotations

from collections.abc import Mapping

from schoolday.files.sheets.columns import Column, columns

GRADEBOOK = (
    "categories",
    "lineItems",
    "results",
    "lineItemLearningObjectiveIds",
    "resultLearningObjectiveIds",
)
"""The OneRoster files that are read; their columns are the binding's, 1.1 or 1.2."""

ESSENTIALS, EXAMS, RECORDINGS = "essentials.csv", "exams.csv", "recordings.csv"
CONSENTS, VIEWINGS, ENTRIES, GROUPS = "consents.csv", "viewings.csv", "entries.csv", "groups.csv"

OWN: Mapping[str, tuple[Column, ...]] = {
    ESSENTIALS: columns("standard! grade! from:date! until:date by! source!"),
    EXAMS: columns("lineItemId:id>lineItems! chooser! by common grades standards:list items:integer"),
    RECORDINGS: columns(
        "recordingId:id! sectionId:id>sections! date:date! title! link:link! minutes:integer standards:list "
        "postedBy:id>staff! posted:date! keepUntil:date recorded! captions"
    ),
    CONSENTS: columns("personId:id>people! sectionId:id>sections given! by! date:date!"),
    VIEWINGS: columns(
        "pupilId:id>pupils! recordingId:id>recordings! date:date! minutes:integer certified:integer "
        "certifiedBy:id>staff"
    ),
}
"""schoolday's own files, each of which may be left out; ``entries.csv`` is the ledger's."""

UNIQUE: Mapping[str, tuple[str, ...]] = {
    EXAMS: ("lineItemId",),
    RECORDINGS: ("recordingId",),
}

GROUP_ROWS = columns(
    "group:integer! standard! day! start:clock! end:clock! teacherId:id>staff! pupilId:id>pupils! from:date! "
    "until:date!"
)
"""The columns of groups.csv: a row for each pupil of a group."""

NOBODY = "nobody"
"""What stands in ``recorded`` where no pupil is seen or heard."""
